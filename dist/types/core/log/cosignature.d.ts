/** Witnesses (C2SP tlog-cosignature): who has seen a log grow to a checkpoint, and signs for that with a time. */
import { type PublicKey } from '../crypto/index.ts';
import type { Checkpoint } from './checkpoint.ts';
/** A key that signs notes under a name. */
export interface NoteKey {
    readonly name: string;
    /** The first four bytes of its id. */
    readonly keyHint: Uint8Array;
    readonly publicKey: PublicKey;
}
/**
 * Returns how many witnesses these are. Keys of one name are one witness, and so are names of one key: either way one party signs.
 */
export declare function countWitnesses(witnesses: readonly NoteKey[]): number;
/**
 * Reads a witness's key as it is published (C2SP signed-note, "Verifier keys"): `<name>+<hint>+<base64 of type and key>`.
 *
 * @throws CountersignError `KEY_INVALID`, `KEY_UNSUPPORTED`
 */
export declare function readWitnessKey(text: string): NoteKey;
/**
 * Whether a witness has cosigned a checkpoint. A cosignature that is there and does not verify is an error: it is not that of a
 * witness who has not seen it yet.
 *
 * @throws CountersignError `CHECKPOINT_INVALID`
 */
export declare function isCosignedBy(checkpoint: Checkpoint, witness: NoteKey): Promise<boolean>;
