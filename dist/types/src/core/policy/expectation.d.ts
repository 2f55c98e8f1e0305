/** Expectations of a text. All are anchored at both ends: an expectation that a longer name can meet protects nothing. */
export type Expectation = 
/** This text and no other. */
{
    readonly kind: 'exact';
    readonly value: string;
}
/** This path, or one below it: whole segments, so that `…/acme` is not a part of `…/acme-evil`. */
 | {
    readonly kind: 'path';
    readonly value: string;
}
/** A pattern: `*` is any run of characters but `/`, `**` any run at all, everything else is itself. */
 | {
    readonly kind: 'glob';
    readonly value: string;
};
/**
 * Returns an expectation of exactly this text.
 *
 * @example
 * meets(exactly('main'), 'main-2'); // → false
 */
export declare function exactly(value: string): Expectation;
/**
 * Returns an expectation of a path, or of one below it. A slash at its end makes no difference. A URL needs a host: every URL is below
 * `https:`.
 *
 * @throws CountersignError `POLICY_INVALID` for an empty path, or a URL without a host
 *
 * @example
 * const expected = pathWithin('https://github.com/example/');
 * meets(expected, 'https://github.com/example/app'); // → true
 * meets(expected, 'https://github.com/example-evil/app'); // → false
 */
export declare function pathWithin(value: string): Expectation;
/**
 * Returns an expectation by a pattern, or of an exact text if it has no `*`.
 *
 * @example
 * meets(matching('refs/tags/v*'), 'refs/tags/v1.2.3'); // → true
 * meets(matching('refs/tags/v*'), 'refs/tags/v1/evil'); // → false
 */
export declare function matching(value: string): Expectation;
/** Reports whether a text meets an expectation. */
export declare function meets({ kind, value }: Expectation, text: string): boolean;
/** Returns a text for people. */
export declare function describeExpectation({ kind, value }: Expectation): string;
