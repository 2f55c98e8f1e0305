/** Checkpoints (C2SP tlog-checkpoint): the state of a log, as a signed note. */
import { type PublicKey } from '../crypto/public-key.ts';
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
    /** The names of the log in a note: the host of its address, with and without the port. */
    readonly names: readonly string[];
    /** The whole key id; a note has its first four bytes. */
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
 * Lines of others (witnesses, or other keys of the log) are ignored.
 *
 * @throws CountersignError `CHECKPOINT_INVALID`
 */
export declare function verifyCheckpoint(checkpoint: Checkpoint, key: CheckpointKey): Promise<void>;
