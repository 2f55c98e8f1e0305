/** Converts bundles of earlier versions to version 0.3, without signing, and compares what two bundles prove. */
import { type Digest } from '../crypto/index.ts';
import type { Bundle } from './bundle.ts';
/**
 * Returns a bundle as one of version 0.3: with the certificate of the signer alone, and with the digest of the artifact.
 *
 * @param digest that the signature was verified for; `undefined` if it is not known, and for statements, which name their subjects
 * @throws CountersignError `BUNDLE_UNSUPPORTED` if a log entry has no inclusion proof, which this version requires
 */
export declare function upgradeBundle({ signer, logEntries, timestamps, content }: Bundle, digest: Digest | undefined): Bundle;
/**
 * Returns the first part in which a bundle does not prove what an older one proves; `undefined` if it proves the same. It may have an
 * inclusion proof or a message digest where the older one has none.
 */
export declare function differentPart(older: Bundle, newer: Bundle): string | undefined;
