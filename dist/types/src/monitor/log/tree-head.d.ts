import type { TreeState } from '../../core/log/consistency.ts';
export type { TreeState } from '../../core/log/consistency.ts';
/** A state that the log signed. Only a function that verified the signature and the origin returns one. */
export interface TreeHead extends TreeState {
    readonly origin: string;
    /**
     * The signed note, byte for byte: the evidence. A tree head of RFC 6962 is written as the note of its static-ct form (signature type 5),
     * which has the same signed bytes.
     */
    readonly note: Uint8Array;
    /** The time that the log signed (CT), or the latest time of a verified cosignature; `undefined` without either. */
    readonly time: Date | undefined;
    /** True if the log signed that it is frozen (rekor-tiles: the extension line "Log frozen — <date>"). */
    readonly frozen: boolean;
}
