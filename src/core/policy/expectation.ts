/** What a text must be. Everything is anchored at both ends: an expectation that a longer name can meet protects nothing. */

import { fail } from '../errors/index.ts';

export type Expectation =
  /** This text and no other. */
  | { readonly kind: 'exact'; readonly value: string }
  /** This path, or one below it: whole segments, so that `…/acme` is no part of `…/acme-evil`. */
  | { readonly kind: 'path'; readonly value: string }
  /** A pattern: `*` is any run of characters but `/`, `**` any run at all, everything else is itself. */
  | { readonly kind: 'glob'; readonly value: string };

export function exactly(value: string): Expectation {
  return { kind: 'exact', value: demand(value) };
}

/** A path and what is below it; a slash at its end makes no difference. A URL needs its host: below `https:` is everybody. */
export function pathWithin(value: string): Expectation {
  const path = value.replace(/\/+$/, '');
  if (/^[A-Za-z][A-Za-z0-9+.-]*:$/.test(path)) fail('POLICY_INVALID', `the path ${JSON.stringify(value)} has no host`);
  return { kind: 'path', value: demand(path) };
}

/** A pattern, or an exact text if there is no `*` in it. */
export function matching(value: string): Expectation {
  return demand(value).includes('*') ? { kind: 'glob', value } : { kind: 'exact', value };
}

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

/** For people. */
export function describeExpectation({ kind, value }: Expectation): string {
  return kind === 'exact' ? value : kind === 'path' ? `${value} or below it` : `${value} (a pattern)`;
}

function demand(value: string): string {
  return value === '' ? fail('POLICY_INVALID', 'an expectation is empty') : value;
}

/** By the places in the text at which the pattern so far may end: the time is text × stars, whatever the pattern. */
function matchesGlob(pattern: string, text: string): boolean {
  let ends: readonly boolean[] = Array.from({ length: text.length + 1 }, (_, at) => at === 0);
  for (const piece of pattern.split(/(\*+)/)) {
    ends = piece.startsWith('*') ? afterStars(text, ends, piece.length > 1) : afterText(text, ends, piece);
  }
  return ends[text.length] === true;
}

function afterText(text: string, ends: readonly boolean[], piece: string): readonly boolean[] {
  return ends.map((_, at) => ends[at - piece.length] === true && text.startsWith(piece, at - piece.length));
}

function afterStars(text: string, ends: readonly boolean[], overSlashes: boolean): readonly boolean[] {
  let reached = false;
  return ends.map((end, at) => {
    reached = end || (reached && (overSlashes || text[at - 1] !== '/'));
    return reached;
  });
}
