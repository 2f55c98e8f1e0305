/** Step 6: transparency logs that hold an entry about this very signature. */
import type { Bundle } from '../../bundle/bundle.ts';
import type { Policy } from '../../policy/policy.ts';
import { type TransparencyLog } from '../../trust/trusted-root.ts';
import { type TrustedRoot } from '../../trust/trusted-root.ts';
import type { Artifact } from '../artifact.ts';
import { type Checked } from '../criterion.ts';
import type { Signer } from '../signer.ts';
import type { VerifiedTime } from './times.ts';
export interface VerifiedLogEntry {
    readonly log: TransparencyLog;
    readonly logIndex: bigint;
    /** The size of the tree in which the entry is proven to be; `undefined` if the log has only promised to include it. */
    readonly treeSize: bigint | undefined;
    /** The witnesses of the policy that have cosigned the checkpoint of that tree. */
    readonly witnesses: readonly string[];
}
/** Prepares the step for one artifact, and starts the signatures of the checkpoints. Entries about a statement are verified once. */
export declare function logStep(bundle: Bundle, trust: TrustedRoot, policy: Policy): (artifact: Artifact) => (signer: Signer | undefined, times: readonly VerifiedTime[] | undefined) => Promise<Checked<readonly VerifiedLogEntry[]>>;
