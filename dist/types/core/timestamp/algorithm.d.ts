/** The AlgorithmIdentifiers of RFC 3161 and CMS that name a hash (RFC 5754, section 2) or a signature over one. */
import type { HashAlgorithm } from '../crypto/index.ts';
import { type DerReader } from '../encoding/index.ts';
/** Reads a hash's AlgorithmIdentifier; the parameters are absent or NULL. */
export declare function readHashAlgorithm(reader: DerReader): HashAlgorithm;
export declare function encodeHashAlgorithm(algorithm: HashAlgorithm): Uint8Array;
