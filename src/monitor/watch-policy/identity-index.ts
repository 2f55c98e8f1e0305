/** Finds the watched identities that a name meets. Letter case does not matter. */

import { plainUrl } from '../../core/encoding/index.ts';
import { matchesGlob } from './glob.ts';
import type { WatchedIdentity } from './watch-policy.ts';

/**
 * Identities by what a name that meets them has for certain: the whole name, its first segments, or its domain. A search reads a few parts
 * of the name, however many identities there are.
 */
export class IdentityIndex {
  readonly #whole = new Map<string, WatchedIdentity[]>();
  /** Segments and patterns, by whole segments at the beginning of the name. */
  readonly #beginnings = new Map<string, WatchedIdentity[]>();
  /** Patterns, by the text after the last `@` or `!`. */
  readonly #domains = new Map<string, WatchedIdentity[]>();
  /** The number of segments of the longest beginning. */
  #depth = 0;

  constructor(identities: readonly WatchedIdentity[]) {
    for (const identity of identities) this.#add(identity);
  }

  #add(identity: WatchedIdentity): void {
    const value = identity.value.toLowerCase();
    const beginning = identity.match === 'segment' ? value.replace(/[/@]+$/, '') : fixedSegments(value);
    if (identity.match === 'exact') put(this.#whole, value, identity);
    else if (beginning === '') put(this.#domains, domainOf(value), identity);
    else {
      put(this.#beginnings, beginning, identity);
      this.#depth = Math.max(this.#depth, [...beginning].filter((character) => isEnd(character)).length + 1);
    }
  }

  /** Returns the identities that a name meets, whatever their issuers are. Most names meet none. */
  find(name: string): readonly WatchedIdentity[] | undefined {
    const lower = name.toLowerCase();
    const found = this.#search(lower);
    if (!name.includes('%')) return found;
    // Fulcio percent-encodes names that policies state plainly.
    const plain = plainUrl(name);
    const more = plain === undefined ? undefined : this.#search(plain.toLowerCase());
    return more === undefined ? found : [...new Set([...(found ?? []), ...more])];
  }

  #search(name: string): readonly WatchedIdentity[] | undefined {
    const whole = this.#whole.get(name);
    if (this.#beginnings.size === 0 && this.#domains.size === 0) return whole;
    const found = whole === undefined ? [] : [...whole];
    if (this.#domains.size > 0) this.#collect(this.#domains.get(domainOf(name)), name, found);
    // The beginnings that end at a segment; the parser lets none through that have fewer than a scheme and a host.
    for (let at = 0, depth = 0; this.#beginnings.size > 0 && depth <= this.#depth && at <= name.length; depth++) {
      while (at < name.length && !isEnd(name[at])) at++;
      this.#collect(this.#beginnings.get(name.slice(0, at)), name, found);
      at++;
    }
    return found.length === 0 ? undefined : found;
  }

  #collect(candidates: readonly WatchedIdentity[] | undefined, name: string, found: WatchedIdentity[]): void {
    for (const each of candidates ?? [])
      if (each.match === 'segment' || meetsPattern(each.value.toLowerCase(), name)) found.push(each);
  }
}

function put(map: Map<string, WatchedIdentity[]>, key: string, identity: WatchedIdentity): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [identity]);
  else known.push(identity);
}

function isEnd(character: string | undefined): boolean {
  return character === '/' || character === '@';
}

/** Returns the whole segments of a pattern before its first star; empty if it begins with a segment that has one. */
function fixedSegments(pattern: string): string {
  const star = pattern.search(/[*?]/);
  const fixed = star === -1 ? pattern : pattern.slice(0, star);
  return fixed.slice(0, Math.max(0, fixed.lastIndexOf('/'), fixed.lastIndexOf('@')));
}

function domainOf(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('@'), name.lastIndexOf('!')) + 1);
}

/** Matches the path and the ref apart: a file can have an `@` in its name, and no star runs over the first one. */
function meetsPattern(pattern: string, name: string): boolean {
  const [ofPattern, ofName] = [pattern.indexOf('@'), name.indexOf('@')];
  if (ofPattern === -1) return matchesGlob(pattern, name);
  return (
    ofName !== -1 &&
    matchesGlob(pattern.slice(0, ofPattern), name.slice(0, ofName)) &&
    matchesGlob(pattern.slice(ofPattern), name.slice(ofName))
  );
}
