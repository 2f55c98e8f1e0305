import { expect, test } from '@jest/globals';
import { generateSigningKey } from '../../../sandbox/pki/index.ts';
import { utf8 } from '../../../src/core/encoding/index.ts';
import { readEntry } from '../../../src/monitor/entries/index.ts';
import { watchedEntry } from '../../../src/monitor/rules/index.ts';
import { Instance, issuer, now } from '../../kit/instance.ts';

const instance = new Instance();
const place = {
  log: { origin: 'log.example', baseUrl: 'https://log.example', protocol: 'rekor-v2' },
  index: 3,
  leafHash: '9'.repeat(64),
  seenAt: now,
  watchedAs: [],
} as const;

test('a signature with a certificate', () => {
  const claims = readEntry('rekor-v2', instance.sign().logEntries[0]?.canonicalizedBody ?? new Uint8Array());
  const entry = watchedEntry(claims, { ...place, loggedAt: now });
  expect(entry).toMatchObject({
    ...place,
    loggedAt: now,
    type: 'signature',
    kind: 'hashedrekord',
    digests: [{ algorithm: 'sha256' }],
    signers: [{ kind: 'certificate', claims: { issuer }, tbsHash: expect.stringMatching(/^[0-9a-f]{64}$/) }],
    problems: [],
  });
  // The certificate itself is not kept.
  expect(entry.signers[0]).not.toHaveProperty('der');
});

test('a signature with a key', () => {
  const { logEntries } = instance.sign({ key: generateSigningKey('P-256'), managed: true });
  const claims = readEntry('rekor-v2', logEntries[0]?.canonicalizedBody ?? new Uint8Array());
  expect(watchedEntry(claims, place)).toMatchObject({
    loggedAt: undefined,
    signers: [{ kind: 'key', format: 'public-key', keyHash: expect.stringMatching(/^[0-9a-f]{64}$/) }],
  });
});

test('a key of an unknown form', () => {
  const spec = { publicKey: { content: Buffer.from('a key').toString('base64') } };
  const claims = readEntry('rekor-v1', utf8(JSON.stringify({ apiVersion: '0.0.1', kind: 'rpm', spec })));
  expect(watchedEntry(claims, place).signers).toMatchObject([{ kind: 'key', format: 'unknown' }]);
});

test('an entry of an unknown kind', () => {
  const claims = readEntry('rekor-v2', utf8('{"apiVersion":"0.0.1","kind":"quantum","spec":{}}'));
  expect(watchedEntry(claims, place)).toMatchObject({
    type: 'unknown',
    kind: 'quantum',
    signers: [],
    digests: [],
    problems: [{ code: 'UNKNOWN_KIND' }],
  });
});

test('a certificate that cannot be read has no hash of its TBSCertificate', () => {
  const certificate = { rawBytes: Buffer.from('3003020101', 'hex').toString('base64') };
  const verifier = { keyDetails: 'PKIX_ECDSA_P256_SHA_256', x509Certificate: certificate };
  const spec = {
    hashedRekordV002: { data: { algorithm: 'SHA2_256', digest: 'AA==' }, signature: { content: 'AA==', verifier } },
  };
  const claims = readEntry('rekor-v2', utf8(JSON.stringify({ apiVersion: '0.0.2', kind: 'hashedrekord', spec })));
  expect(watchedEntry(claims, place).signers).toMatchObject([{ kind: 'certificate', tbsHash: undefined }]);
});
