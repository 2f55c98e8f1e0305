/** JSON Canonicalization Scheme (RFC 8785). */
import type { JsonValue } from './json.ts';
/** Returns the canonical text of a value: members sorted by UTF-16 code units, no white space. */
export declare function canonicalJson(value: JsonValue): string;
