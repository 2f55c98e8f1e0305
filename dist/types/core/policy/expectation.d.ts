/** What a text must be. Everything is anchored at both ends: an expectation that a longer name can meet protects nothing. */
export type Expectation = 
/** This text and no other. */
{
    readonly kind: 'exact';
    readonly value: string;
}
/** This path, or one below it: whole segments, so that `…/acme` is no part of `…/acme-evil`. */
 | {
    readonly kind: 'path';
    readonly value: string;
}
/** A pattern: `*` is any run of characters but `/`, `**` any run at all, everything else is itself. */
 | {
    readonly kind: 'glob';
    readonly value: string;
};
export declare function exactly(value: string): Expectation;
/** A path and what is below it; a slash at its end makes no difference. A URL needs its host: below `https:` is everybody. */
export declare function pathWithin(value: string): Expectation;
/** A pattern, or an exact text if there is no `*` in it. */
export declare function matching(value: string): Expectation;
export declare function meets({ kind, value }: Expectation, text: string): boolean;
/** For people. */
export declare function describeExpectation({ kind, value }: Expectation): string;
