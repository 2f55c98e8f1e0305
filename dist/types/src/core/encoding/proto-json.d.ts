/**
 * Reads the JSON form of protocol buffers (proto3 JSON mapping) that Sigstore's bundles, roots and answers use:
 * lowerCamelCase or snake_case names, 64-bit integers as strings or numbers, a missing member equal to the default value.
 */
import { type ErrorCode } from '../errors/codes.ts';
import { type JsonLimits } from './json.ts';
/** The members of a message: the shape of a message, or of each message in a list; `true` for other values. */
export interface ProtoShape {
    readonly [member: string]: ProtoShape | true;
}
/** One place in a message, with its path, so that each error says where it is. */
export declare class ProtoField {
    #private;
    readonly path: string;
    private constructor();
    /** Reads a document. Every error in it, now or later, has this code. */
    static parse(input: string | Uint8Array, code: ErrorCode, what: string, limits?: Partial<JsonLimits>): ProtoField;
    get present(): boolean;
    /** Returns a member of this message; an absent one if the message is absent. */
    field(name: string): ProtoField;
    /** Returns the items of a repeated field; none if it is absent. */
    list(max: number): readonly ProtoField[];
    /** Demands that this message, and each message in it, has no members but those of the shape, by either of their names. */
    demandShape(shape: ProtoShape): void;
    /** Returns a string; empty if absent. */
    string(): string;
    /** Returns a string that must be present and not empty. */
    text(): string;
    boolean(): boolean;
    /** Returns a non-negative 64-bit integer, written as a string of digits or a safe number; 0 if absent. */
    uint64(): bigint;
    /** Returns a non-negative integer that a number can hold exactly; 0 if absent. */
    safeInteger(): number;
    /**
     * Returns bytes, written in base64 of the standard or the URL-safe alphabet, as protojson takes it: with or without padding, also in
     * lines. No signature covers the text; signatures cover the bytes.
     */
    bytes(): Uint8Array<ArrayBuffer>;
    /** Returns bytes that must be present and not empty. */
    data(): Uint8Array<ArrayBuffer>;
    /** Returns an enum value, written as its name or number; `undefined` for one that is not in the table. */
    enum<T extends string>(table: Readonly<Record<T, number>>): T | undefined;
    /** Returns a point in time (RFC 3339), or `undefined` if absent. */
    time(): Date | undefined;
    fail(problem: string): never;
}
