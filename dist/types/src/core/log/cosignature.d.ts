/** Cosignatures of witnesses (C2SP tlog-cosignature), who sign that they have seen a log grow to a checkpoint, and when. */
import { type PublicKey } from '../crypto/index.ts';
import type { Checkpoint } from './checkpoint.ts';
/** A key that signs notes under a name. */
export interface NoteKey {
    readonly name: string;
    /** The first four bytes of the key's id. */
    readonly keyHint: Uint8Array;
    readonly publicKey: PublicKey;
}
/**
 * Returns the number of witnesses. Keys of one name are one witness, and so are names of one key: either way one party signs.
 */
export declare function countWitnesses(witnesses: readonly NoteKey[]): number;
/**
 * Reads a witness's key as it is published (C2SP signed-note, "Verifier keys"): `<name>+<hint>+<base64 of type and key>`.
 *
 * @throws CountersignError `KEY_INVALID`, `KEY_UNSUPPORTED`
 */
export declare function readWitnessKey(text: string): NoteKey;
/**
 * Reports whether a witness has cosigned a checkpoint. A cosignature that does not verify is an error, unlike a missing one, whose
 * witness may not have seen the checkpoint yet.
 *
 * @throws CountersignError `CHECKPOINT_INVALID`
 */
export declare function isCosignedBy(checkpoint: Checkpoint, witness: NoteKey): Promise<boolean>;
