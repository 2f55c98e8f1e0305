/** Verifier keys (C2SP signed-note): the keys of logs and witnesses, as they are published. */
import { type MlDsaKey, type NoteKey, type WitnessKey } from './cosignature.ts';
/** A verifier key, by the type of its signatures. */
export type VerifierKey = PublicNoteKey | MlDsaKey;
/**
 * A key that signs notes (`ed25519`, `ecdsa`), cosigns them with a time (`ed25519-cosignature`), or signs tree heads of certificate logs
 * (`rfc6962`).
 */
export interface PublicNoteKey extends NoteKey {
    readonly type: 'ed25519' | 'ecdsa' | 'ed25519-cosignature' | 'rfc6962';
}
/**
 * Reads a verifier key of any type that is verified.
 *
 * @param owner for errors: `log`, `witness`
 * @throws CountersignError `KEY_INVALID`, `KEY_UNSUPPORTED`
 */
export declare function readVerifierKey(text: string, owner: string): VerifierKey;
/** Reports whether a key is one of a witness: its cosignatures state a time. */
export declare function isWitnessKey(key: VerifierKey): key is WitnessKey;
/** Returns a text that two verifier keys have in common only if they are the same key, whatever their names. */
export declare function verifierKeyText(key: VerifierKey): string;
