/** Cosignatures of witnesses (C2SP tlog-cosignature), who sign that they have seen a log grow to a checkpoint, and when. */
import { type PublicKey } from '../crypto/public-key.ts';
import type { Checkpoint } from './checkpoint.ts';
/** A key that signs notes under a name. */
export interface NoteKey {
    readonly name: string;
    /** The first four bytes of the key's id. */
    readonly keyHint: Uint8Array;
    readonly publicKey: PublicKey;
}
/** A key of ML-DSA-44 (FIPS 204), which cosigns checkpoints with a time. */
export interface MlDsaKey {
    readonly type: 'ml-dsa-44';
    readonly name: string;
    readonly keyHint: Uint8Array;
    /** 1312 bytes */
    readonly raw: Uint8Array;
}
/** A key of a witness. */
export type WitnessKey = (NoteKey & {
    readonly type: 'ed25519-cosignature';
}) | MlDsaKey;
/**
 * Returns the number of witnesses. Keys of one name are one witness, and so are names of one key: either way one party signs.
 */
export declare function countWitnesses(witnesses: readonly WitnessKey[]): number;
/** The parts of a verifier key (C2SP signed-note, "Verifier keys"). */
export interface VerifierKeyParts {
    readonly name: string;
    /** As it is written: four bytes in hexadecimal. */
    readonly keyId: string;
    /** The type of the key's signatures, and the key. */
    readonly bytes: Uint8Array;
}
/**
 * Splits a verifier key: `<name>+<key ID>+<base64 of type and key>`. The base64 may contain further plus signs.
 *
 * @param owner for errors: `witness`
 * @throws CountersignError `KEY_INVALID`
 */
export declare function splitVerifierKey(text: string, owner: string): VerifierKeyParts;
/**
 * Returns the key ID of a verifier key, after comparing it with the hash of the name and what identifies the key.
 *
 * @throws CountersignError `KEY_INVALID`
 */
export declare function checkKeyId({ name, keyId }: VerifierKeyParts, hashed: Uint8Array, owner: string): Uint8Array;
/** Returns the Ed25519 key of these 32 bytes. */
export declare function readEd25519Key(raw: Uint8Array): PublicKey;
/** Returns the ML-DSA-44 key of these bytes. */
export declare function readMlDsaKey(raw: Uint8Array): Uint8Array;
/**
 * Reads the verifier key of a witness.
 *
 * @throws CountersignError `KEY_INVALID`, `KEY_UNSUPPORTED`
 */
export declare function readWitnessKey(text: string): WitnessKey;
/**
 * Reports whether a witness has cosigned a checkpoint. A cosignature that does not verify is an error, unlike a missing one, whose
 * witness may not have seen the checkpoint yet.
 *
 * @throws CountersignError `CHECKPOINT_INVALID`
 */
export declare function isCosignedBy(checkpoint: Checkpoint, witness: WitnessKey): Promise<boolean>;
/** Reports whether a cosignature is valid. It begins with its time. */
export declare function isSigned(checkpoint: Checkpoint, witness: WitnessKey, cosignature: Uint8Array): Promise<boolean>;
