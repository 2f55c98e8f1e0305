/** Entries with hostile contents. A log accepts some of them from anyone; others need a log that is broken or dishonest. */

import { encodeBase64, encodeHex, encodePem, utf8 } from '../../src/core/encoding/index.ts';
import type { CertificateAuthority } from '../fulcio/index.ts';
import { maxEntryLength } from '../log/index.ts';
import { generateSigningKey, hashOf } from '../pki/index.ts';
import { hostileCertificates } from './hostile-certificates.ts';

export interface HostileEntry {
  /** The fault, in words. */
  readonly name: string;
  /** The bytes of the leaf. */
  readonly body: Uint8Array;
}

const digest = hashOf('sha256', utf8('an artifact'));
const signature = encodeBase64(new Uint8Array(70).fill(7));

/** Bodies that are no entries of either version. */
const malformed: Readonly<Record<string, Uint8Array>> = {
  'no bytes': new Uint8Array(),
  'bytes that are not text': new Uint8Array([0, 0xff, 0xfe, 0xc3, 0x28, 0x80]),
  'a byte order mark before JSON': utf8('\ufeff{"apiVersion":"0.0.2","kind":"hashedrekord","spec":{}}'),
  'JSON that is cut off': utf8('{"apiVersion":"0.0.2","kind":"hashedrekord","spec":{"hashedRekordV002":{"da'),
  'JSON that is no object': utf8('[null,true,"::error::injected"]'),
  'a nesting of 30,000 arrays': utf8('['.repeat(30_000) + ']'.repeat(30_000)),
  'members twice': utf8('{"apiVersion":"0.0.2","kind":"dsse","kind":"hashedrekord","spec":{}}'),
  'members of every object': utf8(
    '{"apiVersion":"0.0.2","kind":"hashedrekord","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"spec":{}}',
  ),
  'numbers that are not exact': utf8('{"apiVersion":0.0002e4,"kind":9007199254740993,"spec":1e400}'),
  'half of a surrogate pair': utf8('{"apiVersion":"0.0.2","kind":"\\ud800","spec":{}}'),
  'an unknown kind': utf8('{"apiVersion":"0.0.1","kind":"notarized","spec":{"data":"anything"}}'),
  'a kind with commands of a workflow': utf8(
    '{"apiVersion":"0.0.1\\n::error::injected","kind":"\\n::error::injected\\u001b[2J\\u202e","spec":{}}',
  ),
  'a kind of 60,000 characters': utf8(`{"apiVersion":"0.0.2","kind":"${'k'.repeat(60_000)}","spec":{}}`),
};

/** Returns entries of Rekor v2, each of at most 65,535 bytes. */
export function hostileEntries(authority: CertificateAuthority): readonly HostileEntry[] {
  const { publicKey } = generateSigningKey('P-256');
  const key = { publicKey: { rawBytes: encodeBase64(publicKey) } };
  const certificates = hostileCertificates(authority).map(
    ({ name, certificate }) => [name, rekord({ x509Certificate: { rawBytes: encodeBase64(certificate) } })] as const,
  );
  const rows: Readonly<Record<string, Uint8Array>> = {
    ...malformed,
    'an unknown version': rekord(key, { apiVersion: '9.9.9' }),
    'no verifier': rekord({}),
    'two verifiers': rekord({ ...key, x509Certificate: { rawBytes: encodeBase64(utf8('none')) } }),
    'a malformed key': rekord({ publicKey: { rawBytes: encodeBase64(utf8('none')) } }),
    'a key that is not base64': rekord({ publicKey: { rawBytes: '::error::' } }),
    'a digest of another length': rekord(key, { digest: encodeBase64(digest.subarray(1)) }),
    'a digest that is not base64': rekord(key, { digest: '\u0000\n::error::' }),
    'an unknown algorithm': rekord(key, { algorithm: 'MD5\u202e' }),
    'an entry of DSSE': utf8(`{"apiVersion":"0.0.2","kind":"dsse","spec":{"dsseV002":{"payloadHash":{}}}}`),
    'the maximum length': longest(rekord(key, { keyDetails: '' })),
    ...Object.fromEntries(certificates.filter(([, body]) => body.length <= maxEntryLength)),
  };
  return Object.entries(rows).map(([name, body]) => ({ name, body }));
}

/** Returns entries of Rekor v1, one of which has a certificate of 1 MiB. */
export function hostileEntriesV1(authority: CertificateAuthority): readonly HostileEntry[] {
  const rows: Readonly<Record<string, Uint8Array>> = {
    ...malformed,
    'an unknown version': rekordV1('none', { apiVersion: '9.9.9' }),
    'a key that is not PEM': rekordV1('::error::'),
    'a digest of another length': rekordV1('none', { value: '00' }),
    'a PEM file of 10,000 certificates': rekordV1(encodePem('CERTIFICATE', new Uint8Array(3)).repeat(10_000)),
    ...Object.fromEntries(
      hostileCertificates(authority).map(({ name, certificate }) => [
        name,
        rekordV1(encodePem('CERTIFICATE', certificate)),
      ]),
    ),
  };
  return Object.entries(rows).map(([name, body]) => ({ name, body }));
}

/** Returns an entry of hashedrekord 0.0.2. */
function rekord(verifier: object, changes: Readonly<Record<string, string>> = {}): Uint8Array {
  const keyDetails = changes.keyDetails ?? 'PKIX_ECDSA_P256_SHA_256';
  const data = { algorithm: changes.algorithm ?? 'SHA2_256', digest: changes.digest ?? encodeBase64(digest) };
  const spec = {
    hashedRekordV002: { data, signature: { content: signature, verifier: { keyDetails, ...verifier } } },
  };
  return utf8(JSON.stringify({ apiVersion: changes.apiVersion ?? '0.0.2', kind: 'hashedrekord', spec }));
}

/** Returns an entry of hashedrekord 0.0.1. */
function rekordV1(pem: string, changes: Readonly<Record<string, string>> = {}): Uint8Array {
  const spec = {
    data: { hash: { algorithm: 'sha256', value: changes.value ?? encodeHex(digest) } },
    signature: { content: signature, publicKey: { content: encodeBase64(utf8(pem)) } },
  };
  return utf8(JSON.stringify({ apiVersion: changes.apiVersion ?? '0.0.1', kind: 'hashedrekord', spec }));
}

/** Fills the empty member of an entry up to the maximum length. */
function longest(body: Uint8Array): Uint8Array {
  const text = Buffer.from(body).toString();
  return utf8(text.replace('"keyDetails":""', `"keyDetails":"${'k'.repeat(maxEntryLength - body.length)}"`));
}
