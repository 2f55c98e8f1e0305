/** Reads YAML by the tables in this folder. Errors name the line and the column. */
import { type KeyTable, type ListShape, type MapShape, type Shape, type SwitchShape, type TextShape, type TextSyntax } from './shape.ts';
/** A text, with its place in the file, counted from 1. */
export interface PlacedText {
    readonly value: string;
    readonly line: number;
}
/** The value that a shape describes. */
export type Read<Form extends Shape> = Form extends TextShape ? PlacedText : Form extends SwitchShape ? boolean : Form extends ListShape<infer Item> ? readonly Read<Item>[] : Form extends MapShape<infer Keys> ? ReadMap<Keys> & ReadShort<Form> : never;
type ReadMap<Keys extends KeyTable> = {
    readonly line: number;
} & {
    readonly [Key in keyof Keys as Keys[Key] extends {
        required: true;
    } ? Key : never]: Read<Keys[Key]['shape']>;
} & {
    readonly [Key in keyof Keys as Keys[Key] extends {
        required: true;
    } ? never : Key]?: Read<Keys[Key]['shape']>;
};
type ReadShort<Form> = Form extends {
    short: {
        key: infer Key extends string;
    };
} ? {
    readonly [Name in Key]?: PlacedText;
} : unknown;
/** A key of a mapping with its value. */
export interface Entry {
    readonly key: unknown;
    readonly value: unknown;
}
/** A name that is not one of those that are known. {@link withSuggestion} turns it into an error with a suggestion. */
export declare class UnknownName extends Error {
    readonly place: string;
    readonly given: string;
    readonly known: readonly string[];
    readonly remedy: string;
    constructor(message: string, place: string, given: string, known: readonly string[], remedy: string);
}
export declare class YamlReader {
    #private;
    /** @throws CountersignError `POLICY_INVALID` for invalid YAML, `LIMIT_EXCEEDED` */
    constructor(text: string, path: string);
    get root(): unknown;
    /** Reads the value of a shape. */
    read<const Form extends Shape>(node: unknown, name: string, shape: Form): Read<Form>;
    /** Reads a mapping, and checks its keys. */
    entries(node: unknown, name: string, shape: MapShape): ReadonlyMap<string, Entry>;
    /** Returns the entries of a mapping by their keys. */
    keysOf(node: unknown, what: string): ReadonlyMap<string, Entry>;
    /** Returns the items of a list. One text may stand for a list of texts. */
    items(node: unknown, name: string, { of }: ListShape): readonly unknown[];
    switch(node: unknown, name: string): boolean;
    text(node: unknown, name: string, syntax: TextSyntax): PlacedText;
    refuse(node: unknown, message: string, remedy?: string): never;
    line(node: unknown): number;
    placeOf(node: unknown): string;
}
/**
 * Runs a reader. If it finds an unknown name, the error suggests the known one that is nearest.
 *
 * @throws CountersignError `POLICY_INVALID`
 */
export declare function withSuggestion<Value>(read: () => Value): Promise<Value>;
/** Refuses a file that is nested so deeply that the parser, which is recursive, could exhaust the memory. */
export declare function demandShallow(text: string, path: string): void;
export {};
