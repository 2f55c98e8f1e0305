/** OLPC's canonical JSON, which TUF signs (TUF specification, section 4.2). It is not RFC 8785. */

import type { JsonValue } from '../../src/core/encoding/index.ts';

/** Encodes JSON with sorted members, without white space, with integers only, and with only `"` and `\` escaped in strings. */
export function olpcJson(value: JsonValue): string {
  if (typeof value === 'string') return `"${value.replace(/["\\]/g, '\\$&')}"`;
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new RangeError(`${value} is not an integer`);
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(olpcJson).join(',')}]`;
  const members = Object.entries(value)
    .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map(([name, member]) => `${olpcJson(name)}:${olpcJson(member)}`);
  return `{${members.join(',')}}`;
}
