/** Checkpoints (C2SP tlog-checkpoint): what a log commits to, as a signed note. */
import { type PublicKey } from '../crypto/index.ts';
import { type SignedNote } from './signed-note.ts';
export interface Checkpoint {
    readonly origin: string;
    readonly size: bigint;
    /** 32 bytes */
    readonly rootHash: Uint8Array;
    readonly note: SignedNote;
}
/** The key that signs a log's checkpoints. */
export interface CheckpointKey {
    /** The names that it may have in a note: the host of the log's address, without its port or with it. */
    readonly names: readonly string[];
    /** The whole key id, of which the note has the first four bytes. */
    readonly keyId: Uint8Array;
    readonly publicKey: PublicKey;
}
/**
 * Reads a checkpoint. No signature is verified.
 *
 * @throws CountersignError `CHECKPOINT_INVALID`
 */
export declare function readCheckpoint(envelope: string): Checkpoint;
/**
 * Checks that a log signed a checkpoint: a line with the log's name and key id must be there and verify.
 * Lines of others (witnesses, or the log's other keys) are passed over.
 *
 * @throws CountersignError `CHECKPOINT_INVALID`
 */
export declare function verifyCheckpoint(checkpoint: Checkpoint, key: CheckpointKey): Promise<void>;
