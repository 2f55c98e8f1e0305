/** Signed notes (C2SP signed-note): a text and the signatures below it. */
export interface NoteSignature {
    readonly name: string;
    /** The first four bytes of the key id. */
    readonly keyHint: Uint8Array;
    readonly signature: Uint8Array;
}
export interface SignedNote {
    /** The text with its final newline: what the signatures cover. */
    readonly text: string;
    readonly signatures: readonly NoteSignature[];
}
/**
 * Reads a signed note. No signature is verified. A repeated line counts as one signature.
 *
 * @throws CountersignError `CHECKPOINT_INVALID`
 */
export declare function readSignedNote(note: string): SignedNote;
/** Returns the bytes that the signatures of a note cover. */
export declare function signedBytes(note: SignedNote): Uint8Array;
