/** The language of the tables that describe a policy file. The reader, the JSON schema and the documentation are derived from them. */
/** The form of a value. */
export type Shape = TextShape | SwitchShape | ListShape | MapShape;
/** A text. It is read as the file has it: `on` and `0042` are texts. */
export interface TextShape {
    readonly kind: 'text';
    readonly syntax: TextSyntax;
}
export interface TextSyntax {
    /** The value in errors and in the documentation, with its article: `a repository`. */
    readonly what: string;
    /** The form to use, as a sentence. */
    readonly remedy: string;
    /** The pattern of valid texts, for the flag `u`. It takes linear time. Without a pattern or names, any text is valid. */
    readonly pattern?: string;
    /** The only valid texts, if there are few. */
    readonly names?: readonly string[];
    /** The other types that readers of YAML may take the text for: an ID for a number, and a label for anything. */
    readonly otherwise?: 'integer' | 'any';
}
/** `true` or `false`. */
export interface SwitchShape {
    readonly kind: 'switch';
}
export interface ListShape<Item extends TextShape | MapShape = TextShape | MapShape> {
    readonly kind: 'list';
    readonly of: Item;
}
export interface MapShape<Keys extends KeyTable = KeyTable> {
    readonly kind: 'map';
    /** The mapping in errors: `a watched repository`. */
    readonly what: string;
    /** A key in errors: `a key of a watched repository`. */
    readonly key: string;
    readonly keys: Keys;
    /** Keys of which exactly one is required. */
    readonly exactlyOne?: readonly string[];
    /** Keys of which at least one is required. */
    readonly atLeastOne?: readonly string[];
    /** Keys that are valid only with another one. */
    readonly onlyWith?: Readonly<Record<string, string>>;
    /** A text in place of the mapping, which stands for the value of a key. */
    readonly short?: {
        readonly key: string;
        readonly syntax: TextSyntax;
    };
}
/** The keys of a mapping, in the order of the documentation. */
export type KeyTable = Readonly<Record<string, KeyRow>>;
export interface KeyRow {
    readonly shape: Shape;
    /** The description, as a sentence. */
    readonly about: string;
    readonly required?: true;
}
/** The limits on policy files. */
export declare const fileLimits: {
    /** Characters of a file: 1 MiB. */
    readonly file: number;
    /** UTF-16 code units of a text. */
    readonly text: 4096;
    /** Brackets within brackets. */
    readonly nesting: 50;
    /** Columns of indentation. */
    readonly indentation: 200;
    /** Items of all lists of `watch`. */
    readonly watched: 100000;
};
export declare function text(syntax: TextSyntax): TextShape;
export declare function list<const Item extends TextShape | MapShape>(of: Item): ListShape<Item>;
export declare const onOrOff: SwitchShape;
