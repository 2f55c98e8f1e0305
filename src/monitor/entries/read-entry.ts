/** Reads what an entry claims. */

import type { LogProtocol } from '../log/index.ts';
import { readCertificateEntry } from './certificate-entry.ts';
import { type EntryClaims, entryLimits } from './claims.ts';
import { memberOf, textIn } from './json.ts';
import { Problems } from './problems.ts';
import { rekorReader } from './rekor-entry.ts';

/**
 * Reads the claims of an entry, which are untrusted text. It never throws: what cannot be read is recorded as a problem, and the rest is
 * returned. It reads only what an entry holds itself; nothing is decompressed, verified or fetched.
 *
 * @param bytes the content of the leaf, as in `EntryBatch`
 */
export function readEntry(protocol: LogProtocol, bytes: Uint8Array): EntryClaims {
  const entry = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const problems = new Problems();
  if (protocol === 'rekor-v1' || protocol === 'rekor-v2') return readRekorEntry(protocol, entry, problems);
  const read = readCertificateEntry(entry, problems);
  return read === undefined
    ? unknown(undefined, undefined, entry, problems)
    : { ...read, problems: problems.of(entry) };
}

function readRekorEntry(protocol: 'rekor-v1' | 'rekor-v2', entry: Buffer, problems: Problems): EntryClaims {
  const text = entry.toString('utf8');
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    problems.add('MALFORMED', 'the entry', 'not JSON');
    return unknown(undefined, undefined, entry, problems);
  }
  const [kind, version] = [textIn(body, 'kind'), textIn(body, 'apiVersion')];
  const reader = kind === undefined || version === undefined ? undefined : rekorReader(protocol, kind, version);
  if (reader === undefined || version === undefined) {
    problems.add('UNKNOWN_KIND', 'the entry', 'a kind or version that is not supported');
    return unknown(kind, version, entry, problems);
  }
  if (!isCanonical(body, text)) problems.add('AMBIGUOUS', 'the entry', 'not canonical JSON');
  const { signers, digests } = reader.read(memberOf(body, 'spec'), problems);
  return { type: 'signature', kind: reader.kind, version, signers, digests, problems: problems.of(entry) };
}

/**
 * Reports whether a log writes JSON so. A member that occurs twice makes the text longer: one reader takes the first, and another the last.
 * The order of members is not compared, which changes no value.
 */
function isCanonical(body: unknown, text: string): boolean {
  // Stands for bytes that are no UTF-8.
  if (text.includes('\ufffd')) return false;
  try {
    return JSON.stringify(body).length === text.length;
  } catch {
    // Nested too deeply.
    return false;
  }
}

function unknown(
  kind: string | undefined,
  version: string | undefined,
  entry: Buffer,
  problems: Problems,
): EntryClaims {
  const cut = (text: string | undefined): string | undefined => text?.slice(0, entryLimits.text);
  return { type: 'unknown', kind: cut(kind), version: cut(version), problems: problems.of(entry) };
}
