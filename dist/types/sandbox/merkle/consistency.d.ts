/** Verifies consistency proofs (RFC 9162, section 2.1.4.2). */
/** A tree, by its size and its root. */
export interface TreeState {
    readonly size: number;
    readonly root: Uint8Array;
}
/** Reports whether a proof shows that the second tree, which is not smaller, begins with the first. */
export declare function isConsistent(first: TreeState, second: TreeState, proof: readonly Uint8Array[]): boolean;
