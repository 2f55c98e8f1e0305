/**
 * Reads the JSON form of protocol buffers (proto3 JSON mapping) that Sigstore's bundles, roots and answers use:
 * lowerCamelCase or snake_case names, 64-bit integers as strings or numbers, a missing member equal to the default value.
 */
import { type ErrorCode } from '../errors/index.ts';
import { type JsonLimits } from './json.ts';
/** The members of a message: `true` for what is no message, the shape of a message, or of each in a list, else. */
export interface ProtoShape {
    readonly [member: string]: ProtoShape | true;
}
/** One place in a message, which knows its path, so that each failure says where it was. */
export declare class ProtoField {
    #private;
    readonly path: string;
    private constructor();
    /** Reads a document; every failure in it, now or later, has this code. */
    static parse(input: string | Uint8Array, code: ErrorCode, what: string, limits?: Partial<JsonLimits>): ProtoField;
    get present(): boolean;
    /** A member of this message. Absent if the message is. */
    field(name: string): ProtoField;
    /** The items of a repeated field; none if it is absent. */
    list(max: number): readonly ProtoField[];
    /** Demands that this message, and each message in it, has no members but those of the shape, by either of their names. */
    demandShape(shape: ProtoShape): void;
    /** A string; empty if absent. */
    string(): string;
    /** A string that is there and not empty. */
    text(): string;
    boolean(): boolean;
    /** A non-negative 64-bit integer, as a string of digits or a safe number; 0 if absent. */
    uint64(): bigint;
    /**
     * Bytes in base64 of the standard or the URL-safe alphabet, as protojson takes it: with or without padding, also in lines. The text
     * of a message is under no signature; what it stands for is.
     */
    bytes(): Uint8Array<ArrayBuffer>;
    /** Bytes that are there and not empty. */
    data(): Uint8Array<ArrayBuffer>;
    /** An enum value by its name or number; `undefined` for one that is not in the table. */
    enum<T extends string>(table: Readonly<Record<T, number>>): T | undefined;
    /** A point in time (RFC 3339), or `undefined` if absent. */
    time(): Date | undefined;
    fail(problem: string): never;
}
