/** Signatures on images from before cosign had bundles: over a document that names the image, and not over the image. */
import type { Bundle } from '../bundle/bundle.ts';
import { type Digest } from '../crypto/digest.ts';
import type { Policy } from '../policy/policy.ts';
import type { TrustedRoot } from '../trust/trusted-root.ts';
import { type Examination } from './examination.ts';
/**
 * Examines a signature over a document as {@link examine} examines one over an artifact, and checks that the document is about the image.
 *
 * @param bundle the signature; a bundle that holds a statement is refused
 * @param document the bytes that were signed
 * @param image the digest of the image's manifest or index
 * @throws CountersignError `POLICY_INVALID` if the policy is invalid
 */
export declare function examineSimpleSigning(bundle: Bundle, document: Uint8Array, image: Digest, trust: TrustedRoot, policy: Policy, now: Date): Promise<Examination>;
