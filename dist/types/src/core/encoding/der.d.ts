/**
 * A strict reader of DER (ITU-T X.690): definite, minimal lengths; minimal integers and object identifiers; nothing trailing.
 *
 * Only what X.509, CMS and RFC 3161 need. Tags are of the one-byte form. Whatever has two encodings in BER has one here,
 * so that bytes covered by a signature cannot be varied without being noticed.
 */
/** Tags of the universal class, in their DER form (SEQUENCE and SET constructed). */
export declare const tags: {
    readonly boolean: 1;
    readonly integer: 2;
    readonly bitString: 3;
    readonly octetString: 4;
    readonly null: 5;
    readonly objectIdentifier: 6;
    readonly utf8String: 12;
    readonly sequence: 48;
    readonly set: 49;
    readonly printableString: 19;
    readonly ia5String: 22;
    readonly utcTime: 23;
    readonly generalizedTime: 24;
};
/** Returns the tag of a context-specific element: `[number]`. */
export declare function contextTag(number: number, form: 'primitive' | 'constructed'): number;
export interface DerElement {
    readonly tag: number;
    /** Tag, length and contents. */
    readonly der: Uint8Array;
    readonly contents: Uint8Array;
}
/** Reads the elements of one byte string, in order. Views into the input, no copies. */
export declare class DerReader {
    #private;
    constructor(bytes: Uint8Array);
    get done(): boolean;
    /** Returns the tag of the next element, or `undefined` at the end. */
    get nextTag(): number | undefined;
    /** Reads the next element, whatever its tag. */
    any(): DerElement;
    /** Reads the next element, which must have this tag. */
    element(tag: number): DerElement;
    /** Reads the next element if it has this tag. */
    optional(tag: number): DerElement | undefined;
    sequence(): DerReader;
    set(): DerReader;
    boolean(): boolean;
    /** Reads the contents of an INTEGER: two's complement, minimal. */
    integerBytes(): Uint8Array;
    /** Reads a non-negative INTEGER. */
    unsigned(): bigint;
    /** Reads an OBJECT IDENTIFIER, in dotted form. */
    oid(): string;
    octetString(): Uint8Array;
    /** Reads the bytes of a BIT STRING of whole bytes. */
    bitString(): Uint8Array;
    /** Reads the numbers of the bits that are set in a named-bit BIT STRING (X.690, 11.2.2: no trailing zero bits). */
    namedBits(): ReadonlySet<number>;
    utf8String(): string;
    null(): void;
    /** Reads a `Time` of X.509 (RFC 5280, section 4.1.2.5): UTCTime from 1950 to 2049, else GeneralizedTime, whole seconds, `Z`. */
    time(): Date;
    /** Reads a GeneralizedTime: `YYYYMMDDHHMMSS[.fraction]Z`, the fraction without trailing zeros. */
    generalizedTime(): Date;
    /** Demands that nothing follows. */
    end(): void;
}
/** Reads one element that is the whole of the bytes, and all of it: `readDer(bytes, (der) => der.oid())`. */
export declare function readDer<T>(bytes: Uint8Array, read: (der: DerReader) => T): T;
/** Reads the elements of a SEQUENCE that is the whole of the bytes, and all of them. */
export declare function readSequence<T>(bytes: Uint8Array, read: (der: DerReader) => T): T;
