/**
 * Addresses of workflows in certificates: `https://github.com/owner/name/.github/workflows/file.yml@refs/heads/main`.
 *
 * The name of a file may have an `@` in it, and so may a ref: `release.yml@evil.yml@refs/heads/main` is the file `release.yml@evil.yml`,
 * which must not meet a pattern for `release.yml`.
 *
 * Fulcio percent-encodes the address that a certificate names, and not those in its claims. Policies may have either form.
 */

import { goUrl, plainUrl } from '../encoding/index.ts';
import { type Expectation, meets } from './expectation.ts';

const commit = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/**
 * Reports whether an address meets an expectation, as it is or as the plain text that Fulcio encodes so. A pattern with an `@` is matched
 * in two parts, the path and the ref, each with its own: no star runs over the first `@`, and what is behind it must be a whole ref or a
 * commit.
 */
export function meetsAddress(expectation: Expectation, address: string): boolean {
  const plain = plainUrl(address);
  return meetsText(expectation, address) || (plain !== undefined && meetsText(expectation, plain));
}

/** Reports whether a value meets an expectation in any of its forms: as it is, plain or encoded. For values that are refused. */
export function meetsInAnyForm(expectation: Expectation, value: string): boolean {
  return [value, plainUrl(value), goUrl(value)].some((form) => form !== undefined && meets(expectation, form));
}

function meetsText(expectation: Expectation, address: string): boolean {
  const { kind, value } = expectation;
  const pattern = splitAtRef(value);
  if (kind !== 'glob' || pattern === undefined) return meets(expectation, address);
  const found = splitAtRef(address);
  return (
    found !== undefined &&
    (found.ref.startsWith('refs/') || commit.test(found.ref)) &&
    meets({ kind, value: pattern.path }, found.path) &&
    meets({ kind, value: pattern.ref }, found.ref)
  );
}

function splitAtRef(address: string): { readonly path: string; readonly ref: string } | undefined {
  const at = address.indexOf('@');
  return at === -1 ? undefined : { path: address.slice(0, at), ref: address.slice(at + 1) };
}
