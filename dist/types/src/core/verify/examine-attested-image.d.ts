/**
 * Signatures on the attestation manifest of an image, as BuildKit makes one for each platform: the signature is over the manifest, which
 * names its statements by their digests, and the statements are about the image.
 */
import type { Bundle } from '../bundle/bundle.ts';
import { type Digest } from '../crypto/digest.ts';
import { type Policy } from '../policy/policy.ts';
import type { TrustedRoot } from '../trust/trusted-root.ts';
import { type Examination } from './examination.ts';
import { type VerifiedContent } from './steps/content.ts';
/** An attestation manifest. The caller has held the statements to the digests that the manifest names, and the manifest to its own. */
export interface AttestationManifest {
    readonly digest: Digest;
    readonly statements: readonly Uint8Array[];
}
/** A statement about an image. */
export type AttestedStatement = Extract<VerifiedContent, {
    kind: 'dsse-envelope';
}>;
/**
 * Reads the statements of an attestation manifest, each of which must be about the image. The author of the index decides which
 * manifest it lists for which image, so that only the statements bind them.
 *
 * @throws CountersignError `STATEMENT_INVALID`; `ARTIFACT_MISMATCH` if a statement is about something else, or there is none
 */
export declare function readAttestedStatements({ digest, statements }: AttestationManifest, image: Digest): readonly AttestedStatement[];
/**
 * Examines a signature on an attestation manifest as {@link examine} examines one on an artifact, and checks that all statements of the
 * manifest are about the image. Expectations of the content apply to these statements: one of them must meet all.
 *
 * @param bundle the signature: a statement of the type that `cosign sign` writes, or one over a document
 * @param document the bytes that were signed, in cosign's older layout
 * @param image the digest of the image's manifest
 * @throws CountersignError `POLICY_INVALID` if the policy is invalid
 */
export declare function examineAttestedImage(bundle: Bundle, document: Uint8Array | undefined, manifest: AttestationManifest, image: Digest, trust: TrustedRoot, policy: Policy, now: Date): Promise<Examination>;
