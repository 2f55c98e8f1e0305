/** Reads the key or certificate of a signature. */

import { hash } from 'node:crypto';
import { tags } from '../../core/encoding/index.ts';
import { attempt, readCertificateClaims } from './certificate-claims.ts';
import { type EntrySigner, entryLimits } from './claims.ts';
import { DerCursor, MalformedDer } from './der-cursor.ts';
import { memberOf, textIn } from './json.ts';
import type { Problems } from './problems.ts';

/** Returns a signer with a certificate, DER. */
export function certificateSigner(der: Buffer, part: string, problems: Problems): EntrySigner {
  return {
    kind: 'certificate',
    certificate: readCertificateClaims(der, `the certificate of ${part}`, problems),
  };
}

/** Returns a signer with a key, DER. */
function keySigner(spki: Buffer, part: string, problems: Problems): EntrySigner {
  attempt(problems, `the key of ${part}`, () => {
    if (!new DerCursor(spki).read(tags.sequence).done) throw new MalformedDer('unexpected data after the end');
  });
  return { kind: 'public-key', keyHash: hash('sha256', spki) };
}

/** Returns the signer of a `Verifier` of Rekor v2: a certificate or a key, DER. */
export function readVerifier(verifier: unknown, part: string, problems: Problems): EntrySigner | undefined {
  const certificate = base64In(memberOf(verifier, 'x509Certificate'), 'rawBytes', part, problems);
  const key = base64In(memberOf(verifier, 'publicKey'), 'rawBytes', part, problems);
  if (certificate !== undefined && key !== undefined)
    problems.add('AMBIGUOUS', part, 'both a certificate and a public key');
  if (certificate !== undefined) return certificateSigner(certificate, part, problems);
  if (key !== undefined) return keySigner(key, part, problems);
  problems.add('MALFORMED', part, 'neither a certificate nor a public key');
  return undefined;
}

/** Returns the signer of a key of Rekor v1: base64 of a text in one of several formats. */
export function readKeyText(content: unknown, part: string, problems: Problems): EntrySigner | undefined {
  if (typeof content !== 'string' || content === '') {
    problems.add('MALFORMED', part, 'no key');
    return undefined;
  }
  if (content.length > entryLimits.key * (4 / 3)) {
    problems.add('LIMIT', part, `a key of ${content.length} characters`);
    return { kind: 'other', format: 'unknown', keyHash: hash('sha256', content) };
  }
  const bytes = decoded(content, part, problems);
  // ASCII in all of these formats.
  const text = bytes.toString('latin1');
  const pem = firstBlock(text);
  if (pem?.label === 'CERTIFICATE') return certificateSigner(decodedPem(pem.base64), part, problems);
  if (pem?.label === 'PUBLIC KEY') return keySigner(decodedPem(pem.base64), part, problems);
  const format = formatOf(text, pem?.label);
  if (format === 'unknown') problems.add('MALFORMED', part, 'a key of an unknown format');
  return { kind: 'other', format, keyHash: hash('sha256', bytes) };
}

const begin = '-----BEGIN ';
const dashes = '-----';

/** Returns the first block of PEM: of a chain of certificates, the signer's. */
function firstBlock(text: string): { readonly label: string; readonly base64: string } | undefined {
  const start = text.indexOf(begin);
  if (start === -1) return undefined;
  const labelEnd = text.indexOf(dashes, start + begin.length);
  if (labelEnd === -1) return undefined;
  const label = text.slice(start + begin.length, labelEnd);
  const end = text.indexOf(`${dashes}END ${label}${dashes}`, labelEnd);
  return end === -1 ? undefined : { label, base64: text.slice(labelEnd + dashes.length, end) };
}

/** Decodes the base64 of a PEM block. Line ends are ignored. */
function decodedPem(base64: string): Buffer {
  return Buffer.from(base64, 'base64');
}

function formatOf(text: string, label: string | undefined): 'pgp' | 'ssh' | 'minisign' | 'unknown' {
  if (label?.startsWith('PGP ')) return 'pgp';
  if (/^(?:ssh-|ecdsa-sha2-|sk-)/.test(text)) return 'ssh';
  // The algorithm `Ed`, with and without the comment line of a file.
  if (text.startsWith('untrusted comment:') || /^(?:Ed[\s\S]{40}|RW[A-Za-z0-9+/]{54})\s*$/.test(text))
    return 'minisign';
  return 'unknown';
}

/** Returns the bytes of a base64 member; `undefined` if it is missing. */
export function base64In(object: unknown, name: string, part: string, problems: Problems): Buffer | undefined {
  const text = textIn(object, name);
  return text === undefined ? undefined : decoded(text, part, problems);
}

/** Decodes base64. Characters outside of the alphabet are ignored, and recorded. */
function decoded(text: string, part: string, problems: Problems): Buffer {
  const bytes = Buffer.from(text, 'base64');
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  if (text.length % 4 !== 0 || (text.length / 4) * 3 - padding !== bytes.length)
    problems.add('AMBIGUOUS', part, 'the base64 is not canonical');
  return bytes;
}
