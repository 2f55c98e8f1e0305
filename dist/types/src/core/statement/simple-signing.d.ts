/** Simple signing documents (containers/image, "atomic container signature"), which cosign signed in place of an image before it had bundles. */
import { type Digest } from '../crypto/index.ts';
export interface SimpleSigning {
    /** The name that the signer gave the image. It may be empty, and proves nothing about a registry. */
    readonly dockerReference: string;
    /** The digest of the image's manifest or index. */
    readonly manifestDigest: Digest;
}
/**
 * Reads a document. Unknown members of `critical` are refused, as the format demands; `optional` is ignored.
 *
 * @throws CountersignError `STATEMENT_INVALID`
 */
export declare function readSimpleSigning(document: Uint8Array): SimpleSigning;
