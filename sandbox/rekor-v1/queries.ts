/** The queries of Rekor v1 (rekor, openapi.yaml): SearchLogQuery for entries, SearchIndex for their UUIDs. */

import type { JsonValue } from '../../src/core/encoding/index.ts';
import { refuseParameter, refuseRekor } from '../http/index.ts';
import { checkProposedEntry } from './proposed-entry.ts';
import { memberAt, readJson } from './spec.ts';
import { readVerifier } from './verifier.ts';

/** The maximum number of entries in one query. */
const maxQueries = 10;

const uuidForm = /^(?:[0-9a-fA-F]{64}|[0-9a-fA-F]{80})$/;
const hashForm = /^(?:(?:sha512:)?[0-9a-fA-F]{128}|(?:sha256:)?[0-9a-fA-F]{64}|(?:sha1:)?[0-9a-fA-F]{40})$/;
const hashNames: Readonly<Record<number, string>> = { 40: 'sha1', 64: 'sha256', 128: 'sha512' };

export interface EntryQuery {
  readonly uuids: readonly string[];
  /** The bodies of entries, in the form in which the log stores them. */
  readonly bodies: readonly Uint8Array[];
  readonly indices: readonly number[];
}

/** @throws Refusal 400, 422 */
export function readEntryQuery(request: Uint8Array): EntryQuery {
  const query = readQuery(request, 'entry');
  const uuids = listOf(query, 'entryUUIDs').map((uuid) =>
    typeof uuid === 'string' && uuidForm.test(uuid) ? uuid : refuseForm('entryUUIDs', 'a UUID'),
  );
  const indices = listOf(query, 'logIndexes').map((index) =>
    typeof index === 'number' && Number.isSafeInteger(index) && index >= 0
      ? index
      : refuseForm('logIndexes', 'an index'),
  );
  const entries = listOf(query, 'entries');
  if (uuids.length + indices.length + entries.length > maxQueries) {
    refuseRekor(422, `more than max allowed ${maxQueries} entries in request`);
  }
  return { uuids, indices, bodies: entries.map((entry) => checkProposedEntry(entry).body) };
}

/** @throws Refusal 400, 422 */
export function readIndexQuery(request: Uint8Array): {
  readonly keys: readonly string[];
  readonly operator: 'and' | 'or';
} {
  const query = readQuery(request, 'query');
  const operator = textOf(query, 'operator', /^(?:and|or)$/, 'one of [and or]') === 'and' ? 'and' : 'or';
  const hash = textOf(query, 'hash', hashForm, 'a hash');
  const subject = textOf(query, 'subject', /^.{0,512}$/s, 'at most 512 chars long');
  const email = textOf(query, 'email', /^[^@\s]+@[^@\s]+$/, 'of type email');
  const named = hash === undefined || hash.includes(':') ? hash : `${hashNames[hash.length]}:${hash}`;
  const keys = [named, publicKeyHash(query), email, subject];
  return { operator, keys: keys.flatMap((key) => (key === undefined ? [] : [key.toLowerCase()])) };
}

function publicKeyHash(query: JsonValue): string | undefined {
  const key = memberAt(query, 'publicKey');
  if (key === undefined) return undefined;
  if (textOf(key, 'format') !== 'x509') refuseForm('publicKey.format', 'x509: the sandbox knows no other');
  return readVerifier(textOf(key, 'content') ?? '').hash;
}

function readQuery(request: Uint8Array, name: string): JsonValue {
  if (request.length === 0) refuseParameter(602, `${name} in body is required`);
  return readJson(request, () => refuseRekor(400, `parsing ${name} body from "" failed, because invalid character`));
}

function listOf(query: JsonValue, name: string): readonly JsonValue[] {
  const list = memberAt(query, name);
  if (list === undefined) return [];
  return Array.isArray(list) && list.length > 0 ? list : refuseForm(name, 'a list of at least 1 item');
}

/** Returns a string of this form; `undefined` if it is missing or empty. */
function textOf(value: JsonValue, name: string, form = /^/, described = ''): string | undefined {
  const text = memberAt(value, name);
  if (text === undefined || text === '') return undefined;
  if (typeof text !== 'string') refuseForm(name, 'of type string');
  return form.test(text) ? text : refuseForm(name, described);
}

function refuseForm(name: string, form: string): never {
  return refuseParameter(605, `${name} in body should be ${form}`);
}
