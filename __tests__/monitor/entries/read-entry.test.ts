import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { merkleTreeLeaf, timestampedEntry } from '../../../sandbox/certificate-log/encoding.ts';
import { generateSigningKey, tbsCertificateOf } from '../../../sandbox/pki/index.ts';
import { der, encodePem, type JsonObject, utf8 } from '../../../src/core/encoding/index.ts';
import { readEntry } from '../../../src/monitor/entries/index.ts';
import type { LogProtocol } from '../../../src/monitor/log/index.ts';
import { artifact, bodiesV1, certificateOf, Instance, identity, issuer, submittedPem } from '../../kit/instance.ts';

const instance = new Instance();
const key = generateSigningKey('P-256');
const bundle = instance.sign({ key });
const certificate = certificateOf(bundle.signer) ?? new Uint8Array();
const attested = instance.attest();
const attestedCertificate = certificateOf(attested.signer) ?? new Uint8Array();

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
const base64 = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64');
const bodyOf = (entry: JsonObject): Uint8Array => utf8(JSON.stringify(entry));
const certified = (der: Uint8Array) => ({
  kind: 'certificate',
  certificate: { certificateHash: sha256(der), names: [{ kind: 'uri', value: identity }], claims: { issuer } },
});
const bareKey = { kind: 'public-key', keyHash: sha256(key.publicKey) };
const artifactHash = sha256(artifact);

describe('Rekor v2', () => {
  test('a signature with a certificate', () => {
    const body = bundle.logEntries[0]?.canonicalizedBody ?? new Uint8Array();
    expect(readEntry('rekor-v2', body)).toMatchObject({
      type: 'signature',
      kind: 'hashedrekord',
      version: '0.0.2',
      signers: [certified(certificate)],
      digests: [{ algorithm: 'sha256', value: artifactHash, of: 'signed' }],
      problems: [],
    });
  });

  test('a signature with a key', () => {
    const { logEntries } = instance.sign({ key, managed: true });
    const entry = readEntry('rekor-v2', logEntries[0]?.canonicalizedBody ?? new Uint8Array());
    expect(entry).toMatchObject({ signers: [bareKey], problems: [] });
  });

  test('an envelope with several signatures', () => {
    const verifier = { keyDetails: 'PKIX_ECDSA_P256_SHA_256' };
    const entry = {
      apiVersion: '0.0.2',
      kind: 'dsse',
      spec: {
        dsseV002: {
          payloadHash: { algorithm: 'SHA2_512', digest: base64(new Uint8Array(64)) },
          signatures: [
            { content: 'AA==', verifier: { ...verifier, x509Certificate: { rawBytes: base64(certificate) } } },
            { content: 'AA==', verifier: { ...verifier, publicKey: { rawBytes: base64(key.publicKey) } } },
          ],
        },
      },
    };
    expect(readEntry('rekor-v2', bodyOf(entry))).toMatchObject({
      kind: 'dsse',
      signers: [certified(certificate), bareKey],
      digests: [{ algorithm: 'sha512', value: '00'.repeat(64), of: 'payload' }],
      problems: [],
    });
  });

  test('a digest of another length is recorded', () => {
    const body = Buffer.from(bundle.logEntries[0]?.canonicalizedBody ?? '').toString();
    const digest = base64(createHash('sha256').update(artifact).digest());
    const shorter = body.replace(digest, base64(new Uint8Array(30)));
    expect(readEntry('rekor-v2', utf8(shorter)).problems).toMatchObject([
      { code: 'MALFORMED', part: 'the signed digest', reason: '30 bytes, which is not the length of sha256' },
    ]);
  });
});

describe('Rekor v1', () => {
  const pem = submittedPem(bundle);
  const publicKey = base64(encodePem('PUBLIC KEY', key.publicKey));
  const hash = { algorithm: 'sha256', value: artifactHash };
  const signed = { algorithm: 'sha256', value: artifactHash, of: 'signed' };
  const spec = (kind: string, content: JsonObject, apiVersion = '0.0.1'): JsonObject => ({
    apiVersion,
    kind,
    spec: content,
  });
  const payload = { algorithm: 'sha256', value: sha256(attested.content.payload), of: 'payload' };
  const attestedPem = submittedPem(attested);

  test.each<[string, JsonObject, readonly object[], readonly object[]]>([
    ['hashedrekord', bodiesV1.hashedrekord(bundle, pem), [certified(certificate)], [signed]],
    [
      'dsse',
      bodiesV1.dsse(attested, attestedPem),
      [certified(attestedCertificate)],
      [payload, { algorithm: 'sha256', value: 'ab'.repeat(32), of: 'envelope' }],
    ],
    [
      'intoto',
      bodiesV1.intoto(attested, attestedPem),
      [certified(attestedCertificate)],
      [payload, { algorithm: 'sha256', value: 'cd'.repeat(32), of: 'envelope' }],
    ],
    [
      'intoto',
      bodiesV1.intotoV1(attested, attestedPem, 'the envelope'),
      [certified(attestedCertificate)],
      [payload, { algorithm: 'sha256', value: sha256('the envelope'), of: 'envelope' }],
    ],
    [
      'rekord',
      spec('rekord', {
        data: { hash },
        signature: { content: 'AA==', format: 'x509', publicKey: { content: publicKey } },
      }),
      [bareKey],
      [signed],
    ],
    [
      'alpine',
      spec('alpine', { package: { hash, pkginfo: { pkgname: 'a' } }, publicKey: { content: publicKey } }),
      [bareKey],
      [signed],
    ],
    ['rpm', spec('rpm', { package: { hash, headers: {} }, publicKey: { content: publicKey } }), [bareKey], [signed]],
    ['helm', spec('helm', { chart: { hash, provenance: {} }, publicKey: { content: publicKey } }), [bareKey], [signed]],
    [
      'jar',
      spec('jar', { archive: { hash }, signature: { content: 'AA==', publicKey: { content: base64(pem) } } }),
      [certified(certificate)],
      [signed],
    ],
    [
      'cose',
      spec('cose', {
        data: { envelopeHash: { algorithm: 'sha256', value: 'EF'.repeat(32) }, payloadHash: hash },
        publicKey,
      }),
      [bareKey],
      [
        { ...signed, of: 'payload' },
        { algorithm: 'sha256', value: 'ef'.repeat(32), of: 'envelope' },
      ],
    ],
    [
      'tuf',
      spec('tuf', {
        metadata: { content: { signatures: [{ keyid: 'ab'.repeat(32), sig: '00' }], signed: {} } },
        root: {},
      }),
      [{ kind: 'other', format: 'tuf', keyHash: 'ab'.repeat(32) }],
      [],
    ],
  ])('%s', (kind, body, signers, digests) => {
    expect(readEntry('rekor-v1', bodyOf(body))).toMatchObject({
      type: 'signature',
      kind,
      signers,
      digests,
      problems: [],
    });
  });

  test('rfc3161', () => {
    const tsr = instance.timestampAuthority.timestamp({ imprint: createHash('sha256').update(artifact).digest() });
    const entry = readEntry('rekor-v1', bodyOf(spec('rfc3161', { tsr: { content: base64(tsr) } })));
    expect(entry).toMatchObject({ kind: 'rfc3161', signers: [], digests: [signed], problems: [] });
  });

  test.each([
    ['pgp', '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQ==\n-----END PGP PUBLIC KEY BLOCK-----\n'],
    ['ssh', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA== somebody\n'],
    ['ssh', 'ecdsa-sha2-nistp256 AAAA somebody'],
    ['minisign', `untrusted comment: minisign public key\nRW${'A'.repeat(54)}\n`],
    ['minisign', `RW${'A'.repeat(54)}`],
    ['minisign', `Ed${'\u0001'.repeat(40)}`],
  ])('a key of %s', (format, text) => {
    const signature = { content: 'AA==', format, publicKey: { content: base64(Buffer.from(text, 'latin1')) } };
    const entry = readEntry('rekor-v1', bodyOf(spec('rekord', { data: { hash }, signature })));
    const keyHash = sha256(Buffer.from(text, 'latin1'));
    expect(entry).toMatchObject({ signers: [{ kind: 'other', format, keyHash }], problems: [] });
  });

  test.each([
    ['no text', '', 'no key'],
    ['an end before its beginning', '-----END CERTIFICATE-----\n-----BEGIN CERTIFICATE.', 'a key of an unknown format'],
    ['an end alone', '0123456789CERTIFICATE-----AA==-----END CERTIFICATE-----', 'a key of an unknown format'],
  ])('a key with %s is recorded', (_, text, reason) => {
    const entry = readEntry('rekor-v1', bodyOf(bodiesV1.hashedrekord(bundle, text)));
    expect(entry).toMatchObject({
      digests: [signed],
      problems: [{ code: 'MALFORMED', part: 'the signature', reason }],
    });
  });

  test('a key with data after its end is recorded', () => {
    const text = encodePem('PUBLIC KEY', new Uint8Array([...key.publicKey, 0]));
    expect(readEntry('rekor-v1', bodyOf(bodiesV1.hashedrekord(bundle, text)))).toMatchObject({
      signers: [{ kind: 'public-key' }],
      problems: [{ code: 'MALFORMED', part: 'the key of the signature', reason: 'unexpected data after the end' }],
    });
  });

  test.each([
    ['of another length', 'ab'.repeat(31), '31 bytes, which is not the length of sha256'],
    ['that is too long', 'ab'.repeat(129), 'not an algorithm with hexadecimal digits'],
    ['that is not hexadecimal', 'xy'.repeat(32), 'not an algorithm with hexadecimal digits'],
    ['of half a byte more', `${'ab'.repeat(32)}a`, 'not an algorithm with hexadecimal digits'],
  ])('a digest %s is recorded', (_, value, reason) => {
    const content = { package: { hash: { algorithm: 'sha256', value } }, publicKey: { content: publicKey } };
    const { problems } = readEntry('rekor-v1', bodyOf(spec('rpm', content)));
    expect(problems[0]).toMatchObject({ code: 'MALFORMED', part: 'the signed digest', reason });
  });

  test('a chain of certificates is that of its first one', () => {
    const chain = [certificate, ...instance.certificateAuthority.chain];
    const text = chain.map((one) => encodePem('CERTIFICATE', one)).join('');
    expect(readEntry('rekor-v1', bodyOf(bodiesV1.hashedrekord(bundle, text)))).toMatchObject({
      signers: [certified(certificate)],
      problems: [],
    });
  });
});

describe('certificate logs', () => {
  const time = new Date('2026-11-30T10:00:00.123Z');
  const issuerKeyHash = new Uint8Array(32).fill(7);

  test.each<LogProtocol>(['rfc6962', 'static-ct'])('a certificate of %s', (protocol) => {
    const entry = timestampedEntry(time, { kind: 'x509', certificate }, new Uint8Array(8));
    expect(readEntry(protocol, merkleTreeLeaf(entry))).toMatchObject({
      type: 'certificate',
      ...certified(certificate),
      issuerKeyHash: undefined,
      loggedAt: time,
      problems: [],
    });
  });

  test('a precertificate, of which the leaf holds the TBSCertificate', () => {
    const tbsCertificate = tbsCertificateOf(certificate);
    const entry = timestampedEntry(time, { kind: 'precertificate', issuerKeyHash, tbsCertificate }, new Uint8Array());
    expect(readEntry('static-ct', merkleTreeLeaf(entry))).toMatchObject({
      kind: 'precertificate',
      certificate: {
        certificateHash: undefined,
        keyHash: sha256(key.publicKey),
        names: [{ kind: 'uri', value: identity }],
        claims: { issuer },
      },
      issuerKeyHash: '07'.repeat(32),
      loggedAt: time,
      problems: [],
    });
  });

  const leaf = merkleTreeLeaf(timestampedEntry(time, { kind: 'x509', certificate }, new Uint8Array()));
  test.each([
    ['another version', 0, 1],
    ['another type of leaf', 1, 1],
    ['another type of entry', 11, 2],
  ])('a leaf with %s is of an unknown kind', (_, at, value) => {
    const bytes = leaf.slice();
    bytes[at] = value;
    expect(readEntry('rfc6962', bytes)).toMatchObject({ type: 'unknown', problems: [{}] });
  });

  test('a leaf that is longer or shorter is not read', () => {
    for (const bytes of [leaf.slice(0, -1), new Uint8Array([...leaf, 0]), leaf.slice(0, 13), leaf.slice(0, 5)])
      expect(readEntry('rfc6962', bytes)).toMatchObject({ type: 'unknown', problems: [{ code: 'MALFORMED' }] });
  });

  test('a time that no date can be is recorded', () => {
    const bytes = leaf.slice();
    bytes.fill(0xff, 2, 10);
    expect(readEntry('rfc6962', bytes)).toMatchObject({ loggedAt: undefined, problems: [{ code: 'MALFORMED' }] });
  });
});

describe('hostile entries', () => {
  const pem = submittedPem(bundle);
  const body = bodiesV1.hashedrekord(bundle, pem);

  test.each([
    ['an unknown kind', { apiVersion: '0.0.1', kind: 'gitpush', spec: {} }, 'gitpush'],
    ['an unknown version', { ...body, apiVersion: '0.0.9' }, 'hashedrekord'],
    ['the name of a member of every object', { ...body, kind: 'constructor', apiVersion: '' }, 'constructor'],
    ['a kind that is no text', { ...body, kind: 7 }, undefined],
    ['no object', [] as unknown as JsonObject, undefined],
  ])('of %s', (_, entry, kind) => {
    expect(readEntry('rekor-v1', bodyOf(entry))).toMatchObject({
      type: 'unknown',
      kind,
      problems: [{ code: 'UNKNOWN_KIND', leafHash: sha256(Buffer.concat([Buffer.from([0]), bodyOf(entry)])) }],
    });
  });

  test('of Rekor v2 in a log of Rekor v1 are unknown, and the other way round', () => {
    const bodyV2 = bundle.logEntries[0]?.canonicalizedBody ?? new Uint8Array();
    expect(readEntry('rekor-v1', bodyV2).type).toBe('unknown');
    expect(readEntry('rekor-v2', bodyOf(body)).type).toBe('unknown');
  });

  test.each(['', '{', '[[[[', '\u0000', '"text"', 'null', '['.repeat(60_000)])('that are %j', (text) => {
    expect(readEntry('rekor-v2', utf8(text))).toMatchObject({ type: 'unknown' });
  });

  test('with a member twice are recorded', () => {
    const text = JSON.stringify(body).replace('"kind":', '"kind":"dsse","kind":');
    expect(readEntry('rekor-v1', utf8(text))).toMatchObject({
      kind: 'hashedrekord',
      problems: [{ code: 'AMBIGUOUS', reason: 'not canonical JSON' }],
    });
  });

  test('that are not UTF-8 are recorded', () => {
    const bytes = Buffer.from(JSON.stringify({ ...body, extra: '\u00e9' }), 'latin1');
    expect(readEntry('rekor-v1', bytes).problems).toMatchObject([
      { code: 'AMBIGUOUS', part: 'the entry', reason: 'not canonical JSON' },
    ]);
  });

  test('nested deeply are recorded', () => {
    const text = JSON.stringify({ ...body, extra: 0 }).replace(
      '"extra":0',
      `"extra":${'['.repeat(20_000)}${']'.repeat(20_000)}`,
    );
    expect(readEntry('rekor-v1', utf8(text)).problems).toMatchObject([{ code: 'AMBIGUOUS' }]);
  });

  test('with base64 that is not canonical are recorded, and read', () => {
    const text = JSON.stringify(body).replace(base64(pem), `${base64(pem).slice(0, 8)}\\n${base64(pem).slice(8)}`);
    expect(readEntry('rekor-v1', utf8(text))).toMatchObject({
      signers: [certified(certificate)],
      problems: [{ code: 'AMBIGUOUS', part: 'the signature' }],
    });
  });

  test('with a certificate and a key are recorded', () => {
    const text = Buffer.from(bundle.logEntries[0]?.canonicalizedBody ?? '').toString();
    const both = text.replace(
      '"x509Certificate"',
      `"publicKey":{"rawBytes":"${base64(key.publicKey)}"},"x509Certificate"`,
    );
    expect(readEntry('rekor-v2', utf8(both))).toMatchObject({
      signers: [certified(certificate)],
      problems: [{ code: 'AMBIGUOUS', reason: 'both a certificate and a public key' }],
    });
  });

  test('with more than 64 signatures are recorded, and 64 are read', () => {
    const signature = { signature: 'AA==', verifier: base64(pem) };
    const spec = {
      ...(bodiesV1.dsse(attested, pem) as { spec: JsonObject }).spec,
      signatures: Array(100).fill(signature),
    };
    const entry = readEntry('rekor-v1', bodyOf({ apiVersion: '0.0.1', kind: 'dsse', spec }));
    expect(entry).toMatchObject({ problems: [{ code: 'LIMIT' }] });
    expect(entry).toHaveProperty('signers.length', 64);
  });

  test('with a key of a megabyte are recorded', () => {
    const long = bodiesV1.hashedrekord(bundle, 'x'.repeat(1_000_000));
    expect(readEntry('rekor-v1', bodyOf(long))).toMatchObject({
      signers: [{ kind: 'other', format: 'unknown' }],
      problems: [{ code: 'LIMIT' }],
    });
  });

  test('with compressed content of any size are not decompressed', () => {
    const bomb = base64(new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]));
    const entry = {
      apiVersion: '0.0.1',
      kind: 'rekord',
      spec: { data: { content: bomb }, signature: { content: bomb } },
    };
    expect(readEntry('rekor-v1', bodyOf(entry))).toMatchObject({ signers: [], digests: [], problems: [{}, {}] });
  });

  test('have no more than 32 problems', () => {
    const spec = { payloadHash: {}, signatures: Array(64).fill({}) };
    expect(readEntry('rekor-v1', bodyOf({ apiVersion: '0.0.1', kind: 'dsse', spec })).problems).toHaveLength(32);
  });

  test('of any JSON are read without an error', () => {
    const name = fc.constantFrom(
      'kind',
      'apiVersion',
      'spec',
      'signature',
      'signatures',
      'publicKey',
      'content',
      'data',
      'hash',
      'verifier',
      'tsr',
      'metadata',
      'envelope',
      '__proto__',
    );
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        fc.constantFrom<unknown>('hashedrekord', 'dsse', 'intoto', 'tuf', 'rfc3161', '0.0.1', '0.0.2', 'AA==', null, 1),
        fc.string(),
        tie('object'),
        fc.array(tie('any'), { maxLength: 3 }),
      ),
      object: fc.dictionary(name, tie('any'), { maxKeys: 5 }),
    })).object;
    const kinds = fc.constantFrom(
      'hashedrekord 0.0.1',
      'dsse 0.0.1',
      'intoto 0.0.1',
      'intoto 0.0.2',
      'rfc3161 0.0.1',
      'tuf 0.0.1',
      'cose 0.0.1',
      'hashedrekord 0.0.2',
      'dsse 0.0.2',
    );
    fc.assert(
      fc.property(kinds, value, (named, spec) => {
        const [kind, apiVersion] = named.split(' ');
        const bytes = utf8(JSON.stringify({ kind, apiVersion, spec }));
        for (const protocol of ['rekor-v1', 'rekor-v2', 'rfc6962', 'static-ct'] as const) readEntry(protocol, bytes);
      }),
      { numRuns: 1000 },
    );
  });

  test('of any bytes are read without an error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, isLeaf) => {
        const prefix = isLeaf ? [0, 0, 0, 0, 1, 0x92, 0, 0, 0, 0, 0, bytes[0] === 0 ? 0 : 1] : [];
        for (const protocol of ['rekor-v1', 'rfc6962'] as const)
          readEntry(protocol, new Uint8Array([...prefix, ...bytes]));
      }),
      { numRuns: 2000 },
    );
  });

  test('a timestamp that is no timestamp is recorded', () => {
    const tsr = { content: base64(der.sequence(der.integer(1))) };
    expect(readEntry('rekor-v1', bodyOf({ apiVersion: '0.0.1', kind: 'rfc3161', spec: { tsr } }))).toMatchObject({
      problems: [{ code: 'MALFORMED', part: 'the timestamp' }],
    });
  });
});
