import type { EntryRule, Observation, RuleContext } from './rule.ts';
import { everything, parseSignerValue } from './scopes.ts';
import { digestText, signedAt, signerName } from './signer.ts';
import { firstVerdict, observed } from './verdicts.ts';
import type { WatchedEntry, WatchedSigner } from './watched-entry.ts';

/** The digests of an empty file. */
const emptyFiles: ReadonlySet<string> = new Set([
  'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  'sha384:38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da274edebfe76f65fbd51ad2f14898b95b',
  'sha512:cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e',
]);

/** Notices a digest that two unrelated owners sign. */
export const twoOwners: EntryRule = {
  about: 'entries',
  id: 'P15',
  name: 'two-owners',
  version: 1,
  severity: 'note',
  reason: 'An artifact that someone else signs too may be passed off as theirs, or come from a stolen build.',
  condition:
    'After 30 days or 200 entries, a digest that one owner signed is signed by another one. Observed once for each owner.',
  falseAlarms:
    'Registries and distributions that sign again. Common files, such as licenses. Empty files are left out.',
  needs: [],
  learns: true,
  check(entry, context) {
    const signers = entry.signers.filter((signer) => signer.kind === 'key' || signer.isIssued !== false);
    return firstVerdict(signers, (signer) => otherOwner(entry, signer, context));
  },
};

function otherOwner(entry: WatchedEntry, signer: WatchedSigner, { history }: RuleContext): Observation | undefined {
  if (!history.isLearned(everything, signedAt(entry, signer))) return undefined;
  const { name, owner } = signerName(signer);
  for (const digest of entry.digests.map(digestText)) {
    if (emptyFiles.has(digest)) continue;
    const earlier = history.values('signers-of-digest', digest).flatMap(({ value }) => parseSignerValue(value) ?? []);
    const [first] = earlier;
    if (first === undefined || earlier.some((one) => one.owner === owner)) continue;
    return observed({
      title: `${name} signed what ${first.name} signed before`,
      reason: `Both signatures are over ${digest}, and the signers have different owners: ${owner} and ${first.owner}.`,
      remedy: 'Check whether the other owner redistributes the artifact.',
    });
  }
  return undefined;
}
