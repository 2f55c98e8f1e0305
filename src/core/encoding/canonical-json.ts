/** JSON Canonicalization Scheme (RFC 8785). */

import { isWellFormed } from './bytes.ts';
import type { JsonValue } from './json.ts';

/** Returns the canonical text of a value: members sorted by UTF-16 code units, no white space. */
export function canonicalJson(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => `${quoted(name)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  if (typeof value === 'string') return quoted(value);
  // ECMAScript's own serialisation of strings and numbers is what RFC 8785, sections 3.2.2.2 and 3.2.2.3, prescribe.
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError('JSON has no infinities');
  return JSON.stringify(value);
}

function quoted(text: string): string {
  if (!isWellFormed(text)) throw new RangeError('JSON has no lone surrogates');
  return JSON.stringify(text);
}
