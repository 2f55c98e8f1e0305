import type { EntryRule, Observation, RuleContext } from './rule.ts';
import { everything, parseSignerValue, repositoryScope, signerValue } from './scopes.ts';
import {
  digestText,
  isGitHubJob,
  ownSigners,
  sameName,
  signedAt,
  signerName,
  workflowAt,
  workflowOf,
} from './signer.ts';
import { firstVerdict, observed } from './verdicts.ts';
import type { CertifiedSigner, WatchedEntry, WatchedSigner } from './watched-entry.ts';

/** Notices signers that have not signed before. */
export const firstSigner: EntryRule = {
  about: 'entries',
  id: 'P11',
  name: 'first-signer',
  version: 1,
  severity: 'note',
  reason: 'A stolen account or a new path to a signature shows as a signer that has not signed before.',
  condition:
    'After 30 days or 200 entries, a signer that the watch has never seen signs a digest that others signed before, or for an own repository. An alert if the policy watches the digest, or if a known name appears with another OIDC issuer. New workflows of the repository are left to P04, and those of other owners to P27.',
  falseAlarms: 'Migrations to another workflow, issuer or CI system.',
  needs: [],
  learns: true,
  check: (entry, context) =>
    firstVerdict(knownCertificates(entry), (signer) => {
      const isNew = context.history.values('signers', signerValue(signer)).length === 0;
      if (!isNew || !context.history.isLearned(everything, signedAt(entry, signer))) return undefined;
      return (
        otherIssuer(signer, context) ??
        signerOfDigest(entry, signer, context) ??
        signerOfRepository(entry, signer, context)
      );
    }),
};

/** Returns the signers of an entry, without certificates that no authority issued. */
function knownCertificates({ signers }: WatchedEntry): readonly WatchedSigner[] {
  return signers.filter((signer) => signer.kind === 'key' || signer.isIssued !== false);
}

function otherIssuer(signer: WatchedSigner, { history }: RuleContext): Observation | undefined {
  const { issuer, name } = signerName(signer);
  const issuers = issuer === '' ? [] : history.values('issuers-of-name', name).map(({ value }) => value);
  if (issuers.length === 0 || issuers.includes(issuer)) return undefined;
  return observed({
    severity: 'alert',
    title: `${name} signed with an identity of ${issuer}`,
    reason: `The earlier identities with this name were of ${issuers.join(', ')}. Another issuer can give the same name to someone else.`,
    remedy: 'Ask the signer whether they use this issuer. State the issuer next to the identity in the policy.',
  });
}

function signerOfDigest(
  { digests }: WatchedEntry,
  signer: WatchedSigner,
  { history, policy }: RuleContext,
): Observation | undefined {
  const digest = digests.map(digestText).find((one) => history.values('signers-of-digest', one).length > 0);
  if (digest === undefined) return undefined;
  const watched = policy.digests.find(({ value }) => value === digest);
  const { name } = signerName(signer);
  const earlier = history
    .values('signers-of-digest', digest)
    .map(({ value }) => parseSignerValue(value)?.name ?? 'a signer with a long name');
  return observed({
    ...(watched !== undefined && { severity: 'alert' }),
    title: `${name} signs ${watched?.label ?? digest} for the first time`,
    reason: `The digest ${digest} was signed before by ${earlier.join(', ')}. The watch has not seen this signer before.`,
    remedy: 'Check whether the signer may sign this artifact.',
  });
}

/** Notices reusable workflows of the owner, and jobs of CI systems other than GitHub Actions. */
function signerOfRepository(entry: WatchedEntry, signer: WatchedSigner, context: RuleContext): Observation | undefined {
  const own = ownSigners(entry, context).find((one) => one.signer === signer);
  if (own === undefined || isLeftToOthers(own.signer, context)) return undefined;
  const scope = repositoryScope(own.signer);
  if (!context.history.isLearned(scope, signedAt(entry, signer))) return undefined;
  const { name } = signerName(signer);
  return observed({
    title: `${name} signs for the first time`,
    reason: 'The watch has learned the signers of the repository, and has not seen this one before.',
    remedy: 'Check who added the signer.',
  });
}

/** Reports whether P04 or P27 notices the workflow. */
function isLeftToOthers(signer: CertifiedSigner, { policy }: RuleContext): boolean {
  const called = workflowAt(signer.claims.buildSignerUri);
  const caller = workflowOf(signer);
  if (!isGitHubJob(signer, policy) || called === undefined || caller === undefined) return false;
  const isOwn = sameName(called.repository, caller.repository) && called.path === caller.path;
  return isOwn || !sameName(called.repository.split('/')[0], caller.repository.split('/')[0]);
}
