/**
 * Addresses of workflows in certificates: `https://github.com/owner/name/.github/workflows/file.yml@refs/heads/main`.
 *
 * The name of a file may have an `@` in it, and so may a ref: `release.yml@evil.yml@refs/heads/main` is the file `release.yml@evil.yml`,
 * which must not meet a pattern for `release.yml`.
 */
import { type Expectation } from './expectation.ts';
/**
 * Reports whether an address meets an expectation. A pattern with an `@` is matched in two parts, the path and the ref, each with its
 * own: no star runs over the first `@`, and what is behind it must be a whole ref or a commit.
 */
export declare function meetsAddress(expectation: Expectation, address: string): boolean;
