import type { EntryRule, Verdict } from './rule.ts';
import { digestText, hour, ownSigners, repositoryName, signedAt } from './signer.ts';
import { observed } from './verdicts.ts';

/** Receipts are stored after the release has been signed. */
const settling = hour;

/** Compares the digest of a signature with the receipts of the repository. */
export const foreignDigest: EntryRule = {
  about: 'entries',
  id: 'P02',
  name: 'foreign-digest',
  version: 1,
  severity: 'alert',
  reason: 'A signature with an own identity over an artifact that no release contains was made by someone else.',
  condition:
    'The policy names `receipts`, and none of the digests of an entry of an own repository is in them an hour after it was signed. The digests of payloads and of their pre-authentication encodings are computed from the bundles.',
  falseAlarms:
    'Receipts that are stored late. Attestations whose bundles are not kept, such as those of SBOMs or of the images of single platforms.',
  needs: ['receipts'],
  learns: false,
  check(entry, context): Verdict | undefined {
    const [own] = ownSigners(entry, context);
    const { receipts } = context.facts;
    if (own === undefined || entry.type !== 'signature' || receipts.kind === 'absent') return undefined;
    if (receipts.kind === 'unknown')
      return { kind: 'undecided', reason: `the receipts cannot be read: ${receipts.reason}` };
    const digests = entry.digests.map(digestText);
    if (digests.some((digest) => receipts.value.digests.has(digest))) return undefined;
    const until = new Date(signedAt(entry, own.signer).getTime() + settling);
    if (context.now < until)
      return { kind: 'pending', until, reason: 'the digest of a new signature is not in the receipts yet' };
    return observed({
      title: `${repositoryName(own.signer)} signed a digest that is not in its receipts`,
      reason: `The entry is about ${digests.join(', ') || 'no readable digest'}. The receipts have ${receipts.value.digests.size} digests, and not this one.`,
      remedy:
        'If the signature is from a release, add its receipt or bundles to the folder. Otherwise treat the artifact as malicious.',
    });
  },
};
