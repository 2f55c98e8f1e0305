/** Writes DER: each function returns one whole element, so that structures read as they are specified. */
type Bytes = Uint8Array<ArrayBuffer>;
declare function element(tag: number, ...contents: readonly Uint8Array[]): Bytes;
/** Writes unsigned big-endian bytes as an INTEGER: leading zeros dropped, one put before a set top bit. */
declare function unsigned(bytes: Uint8Array): Bytes;
export declare const der: {
    readonly element: typeof element;
    readonly sequence: (...elements: readonly Uint8Array[]) => Bytes;
    /** SET OF: the elements in ascending order of their encodings (X.690, 11.6). */
    readonly set: (...elements: readonly Uint8Array[]) => Bytes;
    readonly boolean: (value: boolean) => Bytes;
    readonly integer: (value: bigint | number) => Bytes;
    readonly unsigned: typeof unsigned;
    readonly oid: (oid: string) => Bytes;
    readonly octetString: (bytes: Uint8Array) => Bytes;
    readonly bitString: (bytes: Uint8Array) => Bytes;
    /** A named-bit BIT STRING of the bits with these numbers, trailing zero bits left out. */
    readonly namedBits: (...bits: readonly number[]) => Bytes;
    readonly null: () => Bytes;
    readonly utf8String: (text: string) => Bytes;
    readonly printableString: (text: string) => Bytes;
    /** UTCTime from 1950 to 2049, else GeneralizedTime (RFC 5280, section 4.1.2.5). */
    readonly time: (time: Date) => Bytes;
    readonly generalizedTime: (time: Date) => Bytes;
    /** `[number] EXPLICIT`, or an implicitly tagged constructed element. */
    readonly context: (number: number, ...contents: readonly Uint8Array[]) => Bytes;
    /** An implicitly tagged primitive element. */
    readonly contextPrimitive: (number: number, contents: Uint8Array) => Bytes;
};
export {};
