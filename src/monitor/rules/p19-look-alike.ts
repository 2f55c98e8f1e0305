import type { LookAlike, NameKind } from '../look-alikes/index.ts';
import { spelledRepository } from '../watch-policy/index.ts';
import { isOutsiderTrigger } from './p06-dangerous-trigger.ts';
import type { EntryRule, RuleContext, Verdict } from './rule.ts';
import { everything, parseSignerValue } from './scopes.ts';
import { raised, type WatchSeverity } from './severity.ts';
import { digestText, issuedSigners, ownerOf, ownSigners, repositoryOf, signedAt } from './signer.ts';
import { firstVerdict, observed } from './verdicts.ts';
import type { CertifiedSigner, WatchedEntry } from './watched-entry.ts';

/** Look-alikes with a lower score are not reported. */
const noteScore = 0.3;

/** Finds signers with names that look like those of the policy. */
export const lookAlike: EntryRule = {
  about: 'entries',
  id: 'P19',
  name: 'look-alike',
  version: 1,
  severity: 'alert',
  reason: 'A name that is easily mistaken for a known one passes the eyes of people, and patterns that are too wide.',
  condition:
    'The owner, repository, workflow, e-mail address or domain of a signer looks like a name of the policy, with a score of at least 0.6 (alert) or 0.3 (note). A step more if the owner signs for the first time after the watch has learned, outsiders can cause the trigger, or the digest is one of the policy, of its receipts, or of an earlier signature of its owners.',
  falseAlarms:
    'Names of other people that happen to be similar; the score is the measured share of imitations. Names of the same owner id are never reported. Forks are reported only if their owner is similar.',
  needs: [],
  learns: false,
  check(entry, context) {
    const own = new Set(ownSigners(entry, context).map(({ signer }) => signer));
    return firstVerdict(issuedSigners(entry), (signer) =>
      own.has(signer) ? undefined : checkNames(entry, signer, context),
    );
  },
};

interface Candidate {
  readonly kind: NameKind;
  readonly name: string;
}

/** Returns the names of a signer that may imitate others. */
function candidatesOf(signer: CertifiedSigner, { host }: RuleContext['policy']): readonly Candidate[] {
  const repository = repositoryOf(signer);
  const owner = ownerOf(signer);
  return [
    ...(repository === undefined
      ? []
      : [
          {
            kind: 'repo' as const,
            name: spelledRepository(repository.host, repository.name),
          },
        ]),
    ...(owner === undefined || repository?.host !== host ? [] : [{ kind: 'owner' as const, name: owner }]),
    ...signer.names.flatMap(({ kind, value }): readonly Candidate[] => {
      if (kind === 'uri') return [{ kind: 'workflow', name: value }];
      if (kind === 'dns') return [{ kind: 'domain', name: value }];
      if (kind !== 'email') return [];
      return [
        { kind: 'email', name: value },
        { kind: 'domain', name: value.slice(value.lastIndexOf('@') + 1) },
      ];
    }),
  ];
}

function checkNames(entry: WatchedEntry, signer: CertifiedSigner, context: RuleContext): Verdict | undefined {
  const ownerId = signer.claims.sourceRepositoryOwnerIdentifier;
  let best: { readonly name: string; readonly found: LookAlike } | undefined;
  for (const { kind, name } of candidatesOf(signer, context.policy)) {
    const found = context.lookAlikes.find({ kind, name, ownerId });
    if (found !== undefined && found.score > (best?.found.score ?? 0)) best = { name, found };
  }
  if (best === undefined || best.found.score < noteScore) return undefined;
  const { found, name } = best;
  const signs = secondSigns(entry, signer, context);
  const severity: WatchSeverity = found.alert ? 'alert' : 'note';
  const target = found.target ?? 'another name';
  return observed({
    severity: raised(severity, signs.length === 0 ? 1 : 2),
    title: `${name} looks like ${target}`,
    reason: `${found.reason} ${capital(found.difference)} (rule ${found.rule}, score ${found.score}).${signs.map((sign) => ` ${sign}`).join('')}`,
    remedy: 'Check what the signer publishes, and report an imitation to the host of its repository.',
  });
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** Returns the other signs of an imitation, as sentences. */
function secondSigns(
  entry: WatchedEntry,
  signer: CertifiedSigner,
  { history, policy, facts }: RuleContext,
): readonly string[] {
  const { sourceRepositoryOwnerIdentifier: ownerId, buildTrigger } = signer.claims;
  const signs: string[] = [];
  const isFirst = ownerId !== undefined && !history.values('owners', everything).some(({ value }) => value === ownerId);
  if (isFirst && history.isLearned(everything, signedAt(entry, signer)))
    signs.push('The watch has not seen the owner before.');
  if (isOutsiderTrigger(buildTrigger)) signs.push(`The run was started by ${buildTrigger}, which outsiders can cause.`);
  const { receipts } = facts;
  const owners = new Set(ownerNames(policy).map((name) => `${policy.host}/${name.toLowerCase()}`));
  const isOurs = entry.digests
    .map(digestText)
    .some(
      (digest) =>
        policy.digests.some(({ value }) => value === digest) ||
        (receipts.kind === 'known' && receipts.value.digests.has(digest)) ||
        history
          .values('signers-of-digest', digest)
          .some(({ value }) => owners.has(parseSignerValue(value)?.owner ?? '')),
    );
  if (isOurs) signs.push('The digest is that of an artifact that the policy watches.');
  return signs;
}

function ownerNames({ owners, repositories }: RuleContext['policy']): readonly string[] {
  return [...owners.map(({ name }) => name), ...repositories.map(({ name }) => name.split('/')[0] ?? '')];
}
