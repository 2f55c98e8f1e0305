/** The verifier: everything that a client must check (Sigstore client specification, section 4), in that order. */
import type { Bundle } from '../bundle/bundle.ts';
import { type Policy } from '../policy/policy.ts';
import type { TrustedRoot } from '../trust/trusted-root.ts';
import type { Artifact } from './artifact.ts';
import { type Examination, type Verdict } from './examination.ts';
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
export declare function verify(bundle: Bundle, artifact: Artifact, trust: TrustedRoot, policy: Policy, now: Date): Promise<Verdict>;
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
export declare function examine(bundle: Bundle, artifact: Artifact, trust: TrustedRoot, policy: Policy, now: Date): Promise<Examination>;
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
export declare function examiner(bundle: Bundle, trust: TrustedRoot, policy: Policy, now: Date): (artifact: Artifact) => Promise<Examination>;
