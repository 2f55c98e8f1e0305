/** PEM, strictly (RFC 7468, section 3): 64 columns out; in, any line length, one label, nothing between the blocks. */
export declare function encodePem(label: string, der: Uint8Array): string;
/** Matches one block or more. */
type Blocks = readonly [Uint8Array<ArrayBuffer>, ...Uint8Array<ArrayBuffer>[]];
/**
 * Returns the DER of each block of a PEM text, in order.
 *
 * @throws CountersignError `PEM_INVALID` for another label, text outside the blocks, or no block
 */
export declare function decodePem(label: string, text: string): Blocks;
export {};
