/** Expectations of a text. All are anchored at both ends: an expectation that a longer name can meet protects nothing. */

import { fail } from '../errors/index.ts';

export type Expectation =
  /** This text and no other. */
  | { readonly kind: 'exact'; readonly value: string }
  /** This path, or one below it: whole segments, so that `…/acme` is not a part of `…/acme-evil`. */
  | { readonly kind: 'path'; readonly value: string }
  /** A pattern: `*` is any run of characters but `/`, `**` any run at all, everything else is itself. */
  | { readonly kind: 'glob'; readonly value: string };

/**
 * Returns an expectation of exactly this text.
 *
 * @example
 * meets(exactly('main'), 'main-2'); // → false
 */
export function exactly(value: string): Expectation {
  return { kind: 'exact', value: demand(value) };
}

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
export function pathWithin(value: string): Expectation {
  const path = value.replace(/\/+$/, '');
  if (/^[A-Za-z][A-Za-z0-9+.-]*:$/.test(path)) fail('POLICY_INVALID', `the URL ${JSON.stringify(value)} has no host`);
  return { kind: 'path', value: demand(path) };
}

/**
 * Returns an expectation by a pattern, or of an exact text if it has no `*`.
 *
 * @example
 * meets(matching('refs/tags/v*'), 'refs/tags/v1.2.3'); // → true
 * meets(matching('refs/tags/v*'), 'refs/tags/v1/evil'); // → false
 */
export function matching(value: string): Expectation {
  return demand(value).includes('*') ? { kind: 'glob', value } : { kind: 'exact', value };
}

/** Reports whether a text meets an expectation. */
export function meets({ kind, value }: Expectation, text: string): boolean {
  switch (kind) {
    case 'exact':
      return text === value;
    case 'path':
      return text === value || text.startsWith(`${value}/`);
    case 'glob':
      return matchesGlob(value, text);
  }
}

/** Returns a text for people. */
export function describeExpectation({ kind, value }: Expectation): string {
  return kind === 'exact' ? value : kind === 'path' ? `${value} or a path below it` : `${value} (a pattern)`;
}

function demand(value: string): string {
  return value === '' ? fail('POLICY_INVALID', 'an expected value is empty') : value;
}

/** Matches by the set of places in the text at which the pattern so far may end: it takes time text × pattern, whatever they are. */
function matchesGlob(pattern: string, text: string): boolean {
  let ends = new Uint8Array(text.length + 1);
  ends[0] = 1;
  for (const piece of pattern.split(/(\*+)/)) {
    if (piece.startsWith('*')) spread(text, ends, piece.length > 1);
    else if (piece !== '') ends = afterText(text, ends, piece);
  }
  return ends[text.length] === 1;
}

function afterText(text: string, ends: Uint8Array, piece: string): Uint8Array<ArrayBuffer> {
  const after = new Uint8Array(ends.length);
  for (let at = piece.length; at < ends.length; at++) {
    const start = at - piece.length;
    if (ends[start] === 1 && text.startsWith(piece, start)) after[at] = 1;
  }
  return after;
}

function spread(text: string, ends: Uint8Array, overSlashes: boolean): void {
  for (let at = 1; at < ends.length; at++) {
    if (ends[at - 1] === 1 && (overSlashes || text[at - 1] !== '/')) ends[at] = 1;
  }
}
