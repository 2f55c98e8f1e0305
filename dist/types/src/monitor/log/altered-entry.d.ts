/** A bundle of entries as a log served it, and the hashes of the entries that the tree has in its place. */
export interface ServedBundle {
    /** The index of its first entry. */
    readonly first: number;
    readonly bytes: Uint8Array;
    /** The hashes of the leaves, which are proven to be in the tree. */
    readonly hashes: readonly Uint8Array[];
}
export interface ServedEntry {
    readonly index: number;
    /** The content of the leaf, as the log served it. */
    readonly bytes: Uint8Array;
    /** The hash of the leaf that is proven to be in the tree; `undefined` for a log that does not serve it. */
    readonly expected: Uint8Array | undefined;
}
/**
 * What a log served in place of an entry of its tree: the `cause` of the error `ENTRY_ALTERED`. No signature covers it, so it proves
 * nothing.
 */
export declare class AlteredEntry {
    /** The first entry that differs; `undefined` if the bundle cannot be split into entries. */
    readonly entry: ServedEntry | undefined;
    /** `undefined` for a log that serves entries one by one. */
    readonly bundle: ServedBundle | undefined;
    constructor(served: {
        readonly entry?: ServedEntry;
        readonly bundle?: ServedBundle;
    });
}
