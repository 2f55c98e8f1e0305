/** Recognises texts that are given in place of the path of a file. */
export interface UnlikePath {
    readonly what: string;
    readonly remedy: string;
}
/** Returns what a text is, if it is a URL or, where `/` separates folders, looks like a path of Windows, and what to write instead. */
export declare function unlikePath(text: string, separator?: "/" | "\\"): UnlikePath | undefined;
