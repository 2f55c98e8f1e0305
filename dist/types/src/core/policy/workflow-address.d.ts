/**
 * Addresses of workflows in certificates: `https://github.com/owner/name/.github/workflows/file.yml@refs/heads/main`.
 *
 * The name of a file may have an `@` in it, and so may a ref: `release.yml@evil.yml@refs/heads/main` is the file `release.yml@evil.yml`,
 * which must not meet a pattern for `release.yml`.
 *
 * Fulcio percent-encodes the address that a certificate names, and not those in its claims. Policies may have either form.
 */
import { type Expectation } from './expectation.ts';
/**
 * Reports whether an address meets an expectation, as it is or as the plain text that Fulcio encodes so. A pattern with an `@` is matched
 * in two parts, the path and the ref, each with its own: no star runs over the first `@`, and what is behind it must be a whole ref or a
 * commit.
 */
export declare function meetsAddress(expectation: Expectation, address: string): boolean;
/** Reports whether a value meets an expectation in any of its forms: as it is, plain or encoded. For values that are refused. */
export declare function meetsInAnyForm(expectation: Expectation, value: string): boolean;
