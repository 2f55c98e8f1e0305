/** Simple signing documents (containers/image, "atomic container signature"): what cosign signed in place of an image before it had bundles. */
import { type Digest } from '../crypto/index.ts';
export interface SimpleSigning {
    /** What the signer called the image; it may be empty, and proves nothing about a registry. */
    readonly dockerReference: string;
    /** Of the image's manifest or index. */
    readonly manifestDigest: Digest;
}
/**
 * Reads a document. What `critical` holds beyond what is known is refused, as the format demands; `optional` is the signer's own.
 *
 * @throws CountersignError `STATEMENT_INVALID`
 */
export declare function readSimpleSigning(document: Uint8Array): SimpleSigning;
