/** Signed notes (C2SP signed-note) and the checkpoints written on them (C2SP tlog-checkpoint). */
import { type MlDsaKey } from '../pki/ml-dsa-key.ts';
import { type SigningKey } from '../pki/signing-key.ts';
import type { Clock } from '../sources.ts';
/** A key, and the name under which it signs notes. */
export interface NoteSigner<Key extends SigningKey | MlDsaKey = SigningKey | MlDsaKey> {
    readonly name: string;
    /** The log's id in a trusted root, whose first four bytes are the key id in a note. */
    readonly keyHash: Uint8Array;
    readonly key: Key;
    /** Returns what follows the key id, for a note of this text. */
    sign(text: Uint8Array): Uint8Array;
}
/** Creates the signer of a log. An Ed25519 key is hashed with its name and type, an ECDSA key alone, as Sigstore does it. */
export declare function noteSigner(name: string, key: SigningKey): NoteSigner<SigningKey>;
/** Creates a witness: an Ed25519 or ML-DSA-44 key that cosigns checkpoints (C2SP tlog-cosignature). */
export declare function witness<Key extends SigningKey | MlDsaKey>(name: string, key: Key, clock: Clock): NoteSigner<Key>;
/** Returns the verifier key of a witness or a log (C2SP signed-note). */
export declare function verifierKey({ name, keyHash, key }: NoteSigner): string;
export declare function namedKeyHash(name: string, type: number, key: Uint8Array): Uint8Array;
/** Signs a text, which must end with a newline. */
export declare function signNote(text: string, signers: readonly NoteSigner[]): string;
export declare function signatureLine({ name, keyHash }: Pick<NoteSigner, 'name' | 'keyHash'>, signature: Uint8Array): string;
/** A line below the text of a note. */
export interface NoteLine {
    readonly name: string;
    readonly keyId: Uint8Array;
    readonly signature: Uint8Array;
}
/**
 * Splits a note into its text and its signatures.
 *
 * @throws RangeError if it is not a note; CountersignError `BASE64_INVALID`
 */
export declare function readNote(note: string): {
    readonly text: string;
    readonly lines: readonly NoteLine[];
};
export interface Checkpoint {
    readonly origin: string;
    readonly size: number;
    readonly root: Uint8Array;
    /** The lines after the root, without newlines. */
    readonly extensionLines: readonly string[];
}
export declare function checkpointText({ origin, size, root, extensionLines }: Checkpoint): string;
/**
 * Reads the text of a checkpoint.
 *
 * @throws RangeError if it is not a checkpoint's
 */
export declare function readCheckpointText(text: Uint8Array): Checkpoint;
