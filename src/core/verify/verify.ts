/** The verifier: everything that a client must check (Sigstore client specification, section 4), in that order. */

import type { Bundle } from '../bundle/index.ts';
import { checkPolicy, type Policy, type PredicateCheck, predicateChecks } from '../policy/index.ts';
import type { TrustedRoot } from '../trust/index.ts';
import type { Artifact } from './artifact.ts';
import { conclude, type Examination, type Verdict } from './examination.ts';
import { ageStep } from './steps/age.ts';
import { claimedSigner, signerStep } from './steps/certificate.ts';
import { contentStep } from './steps/content.ts';
import { identityStep } from './steps/identity.ts';
import { logStep } from './steps/log.ts';
import { predicateStep } from './steps/predicate.ts';
import { timesStep } from './steps/times.ts';
import { transparencyStep } from './steps/transparency.ts';

/**
 * Verifies that the signer named by the policy signed the artifact. Opens no file and no socket.
 *
 * @param now the present, to refuse times in the future; a bundle never expires
 * @returns everything that was proven
 * @throws CountersignError with the code of the first check that fails
 *
 * @example
 * const bundle = readBundle(await readFile('app.tar.gz.sigstore.json'));
 * const trust = readTrustedRoot(await readFile('trusted_root.json'));
 * const artifact = artifactOfBytes(await readFile('app.tar.gz'));
 * const policy = exactIdentity(
 *   'https://github.com/example/app/.github/workflows/release.yml@refs/heads/main',
 *   'https://token.actions.githubusercontent.com',
 * );
 * const { signer } = await verify(bundle, artifact, trust, policy, new Date());
 * signer.kind; // → 'identity'
 */
export async function verify(
  bundle: Bundle,
  artifact: Artifact,
  trust: TrustedRoot,
  policy: Policy,
  now: Date,
): Promise<Verdict> {
  const { verdict, failure } = await examine(bundle, artifact, trust, policy, now);
  if (failure !== undefined) throw failure;
  return verdict;
}

/**
 * Examines a bundle as {@link verify} does, and reports every criterion: those that failed and those that hold. A failure is returned,
 * and not thrown.
 *
 * @throws CountersignError `POLICY_INVALID` if the policy is invalid
 *
 * @example
 * const { criteria } = await examine(bundle, artifact, trust, policy, new Date());
 * criteria.filter(({ outcome }) => outcome === 'pass').map(({ name }) => name).slice(0, 2); // → ['time', 'certificate']
 */
export function examine(
  bundle: Bundle,
  artifact: Artifact,
  trust: TrustedRoot,
  policy: Policy,
  now: Date,
): Promise<Examination> {
  return examiner(bundle, trust, policy, now)(artifact);
}

/**
 * Returns a function that examines one bundle against one artifact after another, as {@link examine} does. What does not depend on the
 * artifact is examined once.
 *
 * @throws CountersignError `POLICY_INVALID` if the policy is invalid, when the first artifact is examined
 *
 * @example
 * const examineArtifact = examiner(bundle, trust, policy, new Date());
 * const examinations = [await examineArtifact(artifact), await examineArtifact(artifactOfBytes(message))];
 * examinations.map(({ failure }) => failure?.code); // → [undefined, 'ARTIFACT_MISMATCH']
 */
export function examiner(
  bundle: Bundle,
  trust: TrustedRoot,
  policy: Policy,
  now: Date,
): (artifact: Artifact) => Promise<Examination> {
  let stepsFor: ReturnType<typeof prepare> | undefined;
  return async (artifact) => {
    checkPolicy(policy);
    stepsFor ??= prepare(bundle, trust, policy, now, await predicateChecks(policy.content.predicate ?? []));
    const step = stepsFor(artifact);

    const times = await step.times();
    const signer = await step.signer(times.proven);
    const transparency = await step.transparency(signer.proven);
    const identity = await step.identity(signer.proven);
    const content = await step.content(signer.proven);
    const log = await step.log(signer.proven, times.proven);
    const predicate = await step.predicate(content.proven, identity.proven);

    const proofs = [times, signer, transparency, identity, content, log].flatMap((checked) => checked.criteria);
    const criteria = [...proofs, ...predicate, ...(await step.age(identity.proven))];
    return conclude(criteria, {
      signer: identity.proven,
      times: times.proven,
      signedCertificateTimestamps: transparency.proven,
      logEntries: log.proven,
      content: content.proven,
    });
  };
}

/** Returns the steps for an artifact. What does not depend on the artifact is verified once for all of them. */
function prepare(bundle: Bundle, trust: TrustedRoot, policy: Policy, now: Date, checks: readonly PredicateCheck[]) {
  const claimed = claimedSigner(bundle, trust, policy);
  const shared = {
    times: timesStep(bundle, trust, policy, now),
    signer: signerStep(bundle, trust, policy, claimed),
    transparency: transparencyStep(trust, policy, now, claimed),
    identity: identityStep(policy),
    age: ageStep(policy, now),
    predicate: predicateStep(policy, checks, now),
  };
  const content = contentStep(bundle, policy, claimed);
  const log = logStep(bundle, trust, policy);
  return (artifact: Artifact) => ({ ...shared, content: content(artifact), log: log(artifact) });
}
