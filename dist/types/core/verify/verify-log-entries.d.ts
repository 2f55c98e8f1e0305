/** Step 5: that transparency logs hold an entry about this very signature. */
import type { Bundle } from '../bundle/index.ts';
import type { Certificate } from '../certificate/index.ts';
import type { Digest } from '../crypto/index.ts';
import { type TransparencyLog, type TrustedRoot } from '../trust/index.ts';
export interface VerifiedLogEntry {
    readonly log: TransparencyLog;
    readonly logIndex: bigint;
    /** The size of the tree in which the entry is proven to be. */
    readonly treeSize: bigint;
}
/**
 * Verifies every entry of a bundle; one that does not verify is an error, even if others do.
 *
 * @param needed how many distinct logs must hold an entry
 */
export declare function verifyLogEntries(bundle: Bundle, artifact: Digest, certificate: Certificate, trust: TrustedRoot, times: readonly Date[], needed: number): Promise<readonly VerifiedLogEntry[]>;
