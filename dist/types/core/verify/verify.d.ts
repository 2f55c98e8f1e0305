/** The verifier: all that a client must check (Sigstore client specification, section 4), in that order. */
import type { Bundle } from '../bundle/index.ts';
import { type PublicKey } from '../crypto/index.ts';
import { CountersignError } from '../errors/index.ts';
import { type Policy } from '../policy/index.ts';
import type { TrustedRoot } from '../trust/index.ts';
import { type Artifact } from './artifact.ts';
import { type Criterion } from './criterion.ts';
import { type VerifiedTime } from './establish-times.ts';
import { type VerifiedIdentity } from './match-identity.ts';
import { type VerifiedContent } from './verify-content.ts';
import { type VerifiedLogEntry } from './verify-log-entries.ts';
import { type VerifiedSct } from './verify-scts.ts';
/** What was proven. There is no verdict that says no: what is not proven throws. */
export interface Verdict {
    readonly signer: VerifiedSigner;
    readonly times: readonly VerifiedTime[];
    readonly signedCertificateTimestamps: readonly VerifiedSct[];
    readonly logEntries: readonly VerifiedLogEntry[];
    readonly content: VerifiedContent;
}
export type VerifiedSigner = {
    readonly kind: 'identity';
    readonly identity: VerifiedIdentity;
    /** The window in which the certificate was valid. */
    readonly certificateValidity: {
        readonly notBefore: Date;
        readonly notAfter: Date;
    };
} | {
    readonly kind: 'key';
    readonly publicKey: PublicKey;
};
/** All that was looked at, whatever came of it. */
export interface Report {
    readonly criteria: readonly Criterion[];
    readonly result: {
        readonly verdict: Verdict;
    } | {
        readonly failure: CountersignError;
    };
}
/**
 * Verifies that the signer whom the policy names signed the artifact. Opens no file and no socket.
 *
 * @param now the present, for what claims to be from the future; a bundle stays good for ever
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
 */
export declare function verify(bundle: Bundle, artifact: Artifact, trust: TrustedRoot, policy: Policy, now: Date): Promise<Verdict>;
/**
 * The same, with a line for each criterion, of what failed as of what holds. What was found wrong is in the report, and not thrown.
 *
 * @throws CountersignError `POLICY_INVALID` for a policy that is none
 */
export declare function examine(bundle: Bundle, artifact: Artifact, trust: TrustedRoot, policy: Policy, now: Date): Promise<Report>;
/**
 * Examines one bundle against artifact after artifact, as {@link examine} does: what does not depend on the artifact is examined once.
 *
 * @throws CountersignError `POLICY_INVALID` for a policy that is none, when the first artifact is examined
 */
export declare function examiner(bundle: Bundle, trust: TrustedRoot, policy: Policy, now: Date): (artifact: Artifact) => Promise<Report>;
