/** What Rekor v1 can be asked (rekor, openapi.yaml): a SearchLogQuery for entries, a SearchIndex for their UUIDs. */

import { type JsonValue, parseJson } from '../../src/core/encoding/index.ts';
import { refuseParameter, refuseRekor } from '../http/index.ts';
import { memberAt } from './member.ts';
import { checkProposedEntry } from './proposed-entry.ts';
import { readVerifier } from './verifier.ts';

/** How many entries one may ask for at once, all in all. */
const maxQueries = 10;

const uuidShape = /^(?:[0-9a-fA-F]{64}|[0-9a-fA-F]{80})$/;
const hashShape = /^(?:(?:sha512:)?[0-9a-fA-F]{128}|(?:sha256:)?[0-9a-fA-F]{64}|(?:sha1:)?[0-9a-fA-F]{40})$/;
const hashNames: Readonly<Record<number, string>> = { 40: 'sha1', 64: 'sha256', 128: 'sha512' };

export interface EntryQuery {
  readonly uuids: readonly string[];
  /** Entries as they would be stored. */
  readonly bodies: readonly Uint8Array[];
  readonly indices: readonly number[];
}

/** @throws Refusal 400, 422 */
export function readEntryQuery(request: Uint8Array): EntryQuery {
  const query = readQuery(request, 'entry');
  const uuids = listAt(query, 'entryUUIDs').map((uuid) =>
    typeof uuid === 'string' && uuidShape.test(uuid) ? uuid : refuseForm('entryUUIDs', 'a UUID'),
  );
  const indices = listAt(query, 'logIndexes').map((index) =>
    typeof index === 'number' && Number.isSafeInteger(index) && index >= 0
      ? index
      : refuseForm('logIndexes', 'an index'),
  );
  const entries = listAt(query, 'entries');
  if (uuids.length + indices.length + entries.length > maxQueries) {
    refuseRekor(422, `more than max allowed ${maxQueries} entries in request`);
  }
  return { uuids, indices, bodies: entries.map((entry) => checkProposedEntry(entry).body) };
}

export interface IndexQuery {
  /** As entries are found by them. */
  readonly keys: readonly string[];
  readonly operator: 'and' | 'or';
}

/** @throws Refusal 400, 422 */
export function readIndexQuery(request: Uint8Array): IndexQuery {
  const query = readQuery(request, 'query');
  const operator = textOf(query, 'operator') ?? 'or';
  if (operator !== 'and' && operator !== 'or') refuseForm('operator', 'one of [and or]');
  const hash = textOf(query, 'hash');
  if (hash !== undefined && !hashShape.test(hash)) refuseForm('hash', 'a hash');
  const subject = textOf(query, 'subject');
  if (subject !== undefined && subject.length > 512) refuseForm('subject', 'at most 512 chars long');
  const email = textOf(query, 'email');
  if (email !== undefined && !/^[^@\s]+@[^@\s]+$/.test(email)) refuseForm('email', 'of type email');
  const keys = [hash === undefined ? undefined : withAlgorithm(hash), publicKeyHash(query), email, subject];
  return { operator, keys: keys.flatMap((key) => (key === undefined ? [] : [key.toLowerCase()])) };
}

function withAlgorithm(hash: string): string {
  return hash.includes(':') ? hash : `${hashNames[hash.length] ?? 'sha256'}:${hash}`;
}

function publicKeyHash(query: JsonValue): string | undefined {
  const key = memberAt(query, 'publicKey');
  if (key === undefined) return undefined;
  const format = textOf(key, 'format');
  if (format !== 'x509') refuseForm('publicKey.format', 'x509: the sandbox knows no other');
  return readVerifier(textOf(key, 'content') ?? '').hash;
}

function readQuery(request: Uint8Array, name: string): JsonValue {
  if (request.length === 0) refuseParameter(602, `${name} in body is required`);
  try {
    return parseJson(request);
  } catch {
    refuseRekor(400, `parsing ${name} body from "" failed, because invalid character`);
  }
}

function listAt(query: JsonValue, name: string): readonly JsonValue[] {
  const list = memberAt(query, name);
  if (list === undefined) return [];
  return Array.isArray(list) && list.length > 0 ? list : refuseForm(name, 'a list of at least 1 item');
}

function textOf(value: JsonValue, name: string): string | undefined {
  const text = memberAt(value, name);
  if (text === undefined || text === '') return undefined;
  return typeof text === 'string' ? text : refuseForm(name, 'of type string');
}

function refuseForm(name: string, form: string): never {
  return refuseParameter(605, `${name} in body should be ${form}`);
}
