import { describe, expect, test } from '@jest/globals';
import { generateSigningKey, hashOf } from '../../../sandbox/pki/index.ts';
import { decodeBase64, encodeBase64, encodeHex } from '../../../src/core/encoding/index.ts';
import { readTrustedRoot, readTrustedRoots, type TrustedRoot } from '../../../src/core/trust/index.ts';
import { rsaKey } from '../../kit/keys.ts';
import { fixture, fixtureText } from '../bundle/vectors.ts';
import { extension, makeAuthorities } from '../certificate/made.ts';
import { expectFailure } from '../errors/failure.ts';

const { intermediate, root } = makeAuthorities();
const key = generateSigningKey('P-256');
const ed25519 = generateSigningKey('Ed25519');
const rsa = rsaKey(2048);
const validFor = { start: '2026-01-01T00:00:00Z' };

const certificate = (der: Uint8Array) => ({ rawBytes: encodeBase64(der) });
const authority = (changes: Readonly<Record<string, unknown>> = {}) => ({
  uri: 'https://fulcio.example.test',
  certChain: { certificates: [intermediate.certificate, root.certificate].map(certificate) },
  validFor,
  ...changes,
});
const publicKey = (changes: Readonly<Record<string, unknown>> = {}) => ({
  rawBytes: encodeBase64(key.publicKey),
  keyDetails: 'PKIX_ECDSA_P256_SHA_256',
  validFor,
  ...changes,
});
const log = (changes: Readonly<Record<string, unknown>> = {}) => ({
  baseUrl: 'https://log.example.test/path',
  hashAlgorithm: 'SHA2_256',
  publicKey: publicKey(),
  logId: { keyId: encodeBase64(hashOf('sha256', key.publicKey)) },
  ...changes,
});

function read(changes: Readonly<Record<string, unknown>> = {}): TrustedRoot {
  return readTrustedRoot(
    JSON.stringify({ mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1', ...changes }),
  );
}
const refused = (changes: Readonly<Record<string, unknown>>, reason: RegExp) =>
  expectFailure(() => read(changes), 'TRUSTED_ROOT_INVALID', reason);

describe('the root of the public-good instance', () => {
  const trust = readTrustedRoot(fixture('roots/public-good.trusted_root.json'));

  test('has its authorities, each with its window', () => {
    expect(
      trust.certificateAuthorities.map(({ chain, validFor }) => [
        chain.length,
        validFor.start.toISOString(),
        validFor.end?.toISOString(),
      ]),
    ).toEqual([
      [1, '2021-03-07T03:20:29.000Z', '2022-12-31T23:59:59.999Z'],
      [2, '2022-04-13T20:06:15.000Z', undefined],
    ]);
    expect(trust.timestampAuthorities.map(({ uri, chain }) => [uri, chain.length])).toEqual([
      ['https://timestamp.sigstore.dev/api/v1/timestamp', 2],
    ]);
  });

  test('has its logs, with the key ids that they are known by', () => {
    expect(
      trust.transparencyLogs.map(({ baseUrl, keyId, publicKey }) => [baseUrl, encodeBase64(keyId), publicKey.kind]),
    ).toEqual([
      ['https://rekor.sigstore.dev', 'wNI9atQGlz+VWfO6LRygH4QUfY/8W4RFwiT5i5WRgB0=', 'ecdsa-p256'],
      ['https://log2025-1.rekor.sigstore.dev', 'zxGZFVvd0FEmjR8WrFwMdcAJ9vtaY/QXf44Y1wUeP6A=', 'ed25519'],
    ]);
    expect(trust.certificateTransparencyLogs.map(({ keyId }) => encodeBase64(keyId))).toEqual([
      'CGCS8ChS/2hF0dFrJ4ScRWcYrBY9wzjSbea8IgY2b3I=',
      '3T0wasbHETJjGR4cmWc3AqJKXrjePK3/h4pygC8p7o4=',
    ]);
    for (const { keyId, publicKey } of trust.certificateTransparencyLogs)
      expect(hashOf('sha256', publicKey.spki)).toEqual(keyId);
  });

  test('has checkpoint keys by the host name of the log', () => {
    const [, v2] = trust.transparencyLogs;
    expect(v2?.checkpointKey).toEqual({
      names: ['log2025-1.rekor.sigstore.dev', 'log2025-1.rekor.sigstore.dev'],
      keyId: v2?.keyId,
      publicKey: v2?.publicKey,
    });
    const noted = hashOf(
      'sha256',
      new TextEncoder().encode('log2025-1.rekor.sigstore.dev\n\u0001'),
      v2?.publicKey.raw ?? new Uint8Array(),
    );
    expect(encodeHex(noted)).toBe(encodeHex(v2?.keyId ?? new Uint8Array()));
  });
});

test('a private instance whose authority has an RSA key', () => {
  const trust = readTrustedRoot(fixture('roots/sigstore-go.scaffolding.trusted_root.json'));
  expect(trust.certificateAuthorities.map(({ chain }) => chain.map(({ publicKey }) => publicKey.kind))).toEqual([
    ['rsa'],
  ]);
  expect(trust.certificateTransparencyLogs).toHaveLength(1);
  expect(trust.transparencyLogs.map(({ publicKey }) => publicKey.kind)).toEqual(['ecdsa-p256']);
});

describe('documents', () => {
  test.each([
    'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
    'application/vnd.dev.sigstore.trustedroot.v0.1+json',
    'application/vnd.dev.sigstore.trustedroot.v0.2+json',
  ])('of the media type %s', (mediaType) => {
    expect(read({ mediaType, ctlogs: [log()] }).certificateTransparencyLogs).toHaveLength(1);
  });

  test.each([
    'application/vnd.dev.sigstore.trustedroot.v0.3+json',
    'application/json',
    'application/vnd.dev.sigstore.signingconfig.v0.2+json',
  ])('not of the media type %s', (mediaType) => {
    refused({ mediaType }, /^trustedRoot\.mediaType is ".*", which is not a supported trusted root type$/);
  });

  test('not without a media type', () => {
    refused({ mediaType: undefined }, /mediaType is missing/);
  });

  test('without anything in them trust nobody', () => {
    expect(read()).toEqual({
      certificateAuthorities: [],
      certificateTransparencyLogs: [],
      transparencyLogs: [],
      timestampAuthorities: [],
    });
  });

  test('with unknown members, which are passed over', () => {
    expect(
      read({ novel: { a: 1 }, tlogs: [log({ operator: 'x', checkpointKeyId: { keyId: 'AAAA' } })] }).transparencyLogs,
    ).toHaveLength(1);
  });

  test('not with what is no JSON, more than 4 MiB, or more than 64 of a kind', () => {
    expectFailure(() => readTrustedRoot('{'), 'TRUSTED_ROOT_INVALID', /^trustedRoot: /);
    expectFailure(() => read({ padding: 'a'.repeat(4 * 1024 * 1024) }), 'LIMIT_EXCEEDED', /the limit is 4194304/);
    for (const kind of ['tlogs', 'ctlogs']) {
      expectFailure(
        () => read({ [kind]: Array.from({ length: 65 }, () => log()) }),
        'LIMIT_EXCEEDED',
        new RegExp(`${kind} has 65 items; the limit is 64`),
      );
    }
    for (const kind of ['certificateAuthorities', 'timestampAuthorities']) {
      expectFailure(
        () => read({ [kind]: Array.from({ length: 65 }, () => authority()) }),
        'LIMIT_EXCEEDED',
        new RegExp(`${kind} has 65 items; the limit is 64`),
      );
    }
  });
});

describe.each(['tlogs', 'ctlogs'])('%s', (kind) => {
  const logs = (changes: Readonly<Record<string, unknown>>) => {
    const { transparencyLogs, certificateTransparencyLogs } = read({ [kind]: [log(changes)] });
    return kind === 'tlogs' ? transparencyLogs : certificateTransparencyLogs;
  };
  const wrong = (changes: Readonly<Record<string, unknown>>, reason: RegExp) =>
    refused({ [kind]: [log(changes)] }, reason);

  test('are read', () => {
    expect(logs({})).toMatchObject([
      {
        baseUrl: 'https://log.example.test/path',
        keyId: hashOf('sha256', key.publicKey),
        publicKey: { kind: 'ecdsa-p256', spki: key.publicKey },
        validFor: { start: new Date('2026-01-01T00:00:00Z'), end: undefined },
      },
    ]);
  });

  test.each([
    ['P-256', 'PKIX_ECDSA_P256_SHA_256', 5],
    ['P-384', 'PKIX_ECDSA_P384_SHA_384', 12],
    ['P-521', 'PKIX_ECDSA_P521_SHA_512', 13],
    ['Ed25519', 'PKIX_ED25519', 7],
  ] as const)('with a key of the kind %s, by name and by number', (curve, name, number) => {
    const rawBytes = encodeBase64(generateSigningKey(curve).publicKey);
    for (const keyDetails of [name, number])
      expect(logs({ publicKey: publicKey({ rawBytes, keyDetails }) })).toHaveLength(1);
  });

  test.each([
    ['PKIX_RSA_PKCS1V5', 3],
    ['PKIX_RSA_PSS', 4],
    ['PKIX_RSA_PKCS1V15_2048_SHA256', 9],
    ['PKIX_RSA_PKCS1V15_3072_SHA256', 10],
    ['PKIX_RSA_PKCS1V15_4096_SHA256', 11],
    ['PKIX_RSA_PSS_2048_SHA256', 16],
    ['PKIX_RSA_PSS_3072_SHA256', 17],
    ['PKIX_RSA_PSS_4096_SHA256', 18],
  ])('with an RSA key as %s, by name and by number', (name, number) => {
    const rawBytes = encodeBase64(rsa.publicKey);
    for (const keyDetails of [name, number])
      expect(logs({ publicKey: publicKey({ rawBytes, keyDetails }) })).toMatchObject([{ publicKey: { kind: 'rsa' } }]);
    wrong({ publicKey: publicKey({ keyDetails: name }) }, /is a key of type ecdsa-p256, not PKIX_RSA/);
    wrong({ publicKey: publicKey({ rawBytes }) }, /is a key of type rsa, not PKIX_ECDSA_P256_SHA_256/);
  });

  test('with a key of another kind than keyDetails says are refused', () => {
    wrong(
      { publicKey: publicKey({ rawBytes: encodeBase64(ed25519.publicKey) }) },
      /publicKey is a key of type ed25519, not PKIX_ECDSA_P256_SHA_256$/,
    );
    wrong(
      { publicKey: publicKey({ keyDetails: 'PKIX_ED25519' }) },
      /publicKey is a key of type ecdsa-p256, not PKIX_ED25519$/,
    );
    wrong({ publicKey: publicKey({ keyDetails: 'PKIX_ECDSA_P384_SHA_384' }) }, /is a key of type ecdsa-p256/);
  });

  test.each(['PKCS1_RSA_PKCS1V5', 'PKIX_ED25519_PH', 'ML_DSA_65', 'NOVEL', 21, 0, undefined])(
    'with keyDetails %s are left out, and nothing verifies under them',
    (keyDetails) => {
      expect(logs({ publicKey: publicKey({ keyDetails }) })).toEqual([]);
    },
  );

  test('with a key on a curve that is not known are left out, though keyDetails says otherwise', () => {
    const brainpool = decodeBase64(
      'MFowFAYHKoZIzj0CAQYJKyQDAwIIAQEHA0IABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
    );
    expect(logs({ publicKey: publicKey({ rawBytes: encodeBase64(brainpool) }) })).toEqual([]);
  });

  test('that are left out leave the others in', () => {
    const trust = read({ [kind]: [log({ publicKey: publicKey({ keyDetails: 'NOVEL' }) }), log()] });
    expect([...trust.transparencyLogs, ...trust.certificateTransparencyLogs]).toHaveLength(1);
  });

  test.each([
    ['no URL', { baseUrl: undefined }, /\[0\]\.baseUrl is missing/],
    ['no id', { logId: undefined }, /\[0\]\.logId\.keyId is missing/],
    ['an id that is not base64', { logId: { keyId: '!' } }, /keyId: .*base64/],
    ['no key', { publicKey: undefined }, /validFor\.start is missing/],
    ['no bytes of the key', { publicKey: publicKey({ rawBytes: undefined }) }, /rawBytes is missing/],
    [
      'a key that is none',
      { publicKey: publicKey({ rawBytes: 'AAAA' }) },
      /\[0\]\.publicKey: the public key: expected tag 0x30/,
    ],
    ['no window', { publicKey: publicKey({ validFor: undefined }) }, /publicKey\.validFor\.start is missing/],
    [
      'a window without a start',
      { publicKey: publicKey({ validFor: { end: '2027-01-01T00:00:00Z' } }) },
      /publicKey\.validFor\.start is missing/,
    ],
    [
      'a window that ends before it starts',
      { publicKey: publicKey({ validFor: { ...validFor, end: '2025-01-01T00:00:00Z' } }) },
      /has an end before its start/,
    ],
    [
      'a key that is not used and a window without a start',
      { publicKey: publicKey({ keyDetails: 'NOVEL', validFor: {} }) },
      /validFor\.start is missing/,
    ],
  ])('with %s are refused', (_, changes, reason) => {
    wrong(changes, reason);
  });
});

test('a transparency log has a URL, for its host name is what it signs by', () => {
  refused({ tlogs: [log({ baseUrl: 'log.example.test' })] }, /tlogs\[0\]\.baseUrl is not a URL/);
  const names = read({ tlogs: [log({ baseUrl: 'https://LOG.example.test:8443/v2/' })] }).transparencyLogs.map(
    ({ checkpointKey }) => checkpointKey.names,
  );
  expect(names).toEqual([['log.example.test', 'log.example.test:8443']]);
});

describe.each(['certificateAuthorities', 'timestampAuthorities'] as const)('%s', (kind) => {
  const wrong = (changes: Readonly<Record<string, unknown>>, reason: RegExp) =>
    refused({ [kind]: [authority(changes)] }, reason);

  test('are read, the chain in its order', () => {
    expect(
      read({ [kind]: [authority({ validFor: { ...validFor, end: '2027-01-01T00:00:00Z' } })] })[kind],
    ).toMatchObject([
      {
        uri: 'https://fulcio.example.test',
        chain: [{ der: intermediate.certificate }, { der: root.certificate }],
        validFor: { start: new Date('2026-01-01T00:00:00Z'), end: new Date('2027-01-01T00:00:00Z') },
      },
    ]);
  });

  test.each([
    ['no chain', { certChain: undefined }, /certChain has no certificates/],
    ['an empty chain', { certChain: { certificates: [] } }, /certChain has no certificates/],
    ['an empty certificate', { certChain: { certificates: [{}] } }, /certificates\[0\]\.rawBytes is missing/],
    ['no window', { validFor: undefined }, /validFor\.start is missing/],
    ['a window without a start', { validFor: { end: '2027-01-01T00:00:00Z' } }, /validFor\.start is missing/],
  ])('with %s are refused', (_, changes, reason) => {
    wrong(changes, reason);
  });

  test('with a certificate that is none are refused, and the place is named', () => {
    const broken = authority({
      certChain: { certificates: [certificate(intermediate.certificate), { rawBytes: 'AAAA' }] },
    });
    expectFailure(
      () => read({ [kind]: [broken] }),
      'CERTIFICATE_INVALID',
      new RegExp(`^trustedRoot\\.${kind}\\[0\\]\\.certChain\\.certificates\\[1\\]: `),
    );
  });

  test('with a certificate that has an unknown critical extension are read: it is refused where it is used', () => {
    const odd = makeAuthorities({ root: { additionalExtensions: [extension('1.2.3', new Uint8Array(), true)] } });
    const chain = { certificates: odd.chain.map(({ der }) => certificate(der)) };
    expect(read({ [kind]: [authority({ certChain: chain })] })[kind]).toHaveLength(1);
  });
});

describe('several trusted roots, one a line', () => {
  const one = JSON.stringify(JSON.parse(fixtureText('roots/public-good.trusted_root.json')));
  const other = JSON.stringify(JSON.parse(fixtureText('roots/sigstore-go.scaffolding.trusted_root.json')));
  const [first, second] = [one, other].map((text) => readTrustedRoot(text));

  test('are as many roots, in their order', () => {
    expect(readTrustedRoots(`${one}\n${other}`)).toEqual([first, second]);
    expect(readTrustedRoots(`${one}\r\n\n  ${other}  \n`)).toEqual([first, second]);
    expect(readTrustedRoots(new TextEncoder().encode(`${one}\n${other}\n`))).toEqual([first, second]);
  });

  test('may be just one, on one line or on many', () => {
    expect(readTrustedRoots(one)).toEqual([first]);
    expect(readTrustedRoots(`${one}\n`)).toEqual([first]);
    expect(readTrustedRoots(fixtureText('roots/public-good.trusted_root.json'))).toEqual([first]);
  });

  test.each([
    ['nothing', ''],
    ['a second line that is none', `${one}\nnot JSON`],
    ['a second line that is another document', `${one}\n{"mediaType":"application/json"}`],
    ['a second line that is empty', `${one}\n{}`],
    ['two roots on one line', `${one}${other}`],
    ['a list of roots', `[${one},${other}]`],
    ['a comment between them', `${one}\n# the other\n${other}`],
  ])('%s is refused as a whole', (_, text) => {
    expectFailure(() => readTrustedRoots(text), 'TRUSTED_ROOT_INVALID', /./);
  });

  test('bytes that are not UTF-8 are refused', () => {
    expectFailure(() => readTrustedRoots(new Uint8Array([0xff])), 'TRUSTED_ROOT_INVALID', /not valid UTF-8/);
  });

  test('64 are read, 65 are not', () => {
    const empty = JSON.stringify({ mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1' });
    expect(readTrustedRoots(`${empty}\n`.repeat(64))).toHaveLength(64);
    expectFailure(() => readTrustedRoots(`${empty}\n`.repeat(65)), 'LIMIT_EXCEEDED', /65 trusted roots/);
  });
});

test('addresses, which reports show, are kept without user, password and query', () => {
  const url = 'https://user:hunter2@services.example.test/path?key=hunter2';
  const trust = read({
    tlogs: [log({ baseUrl: url })],
    ctlogs: [log({ baseUrl: url })],
    certificateAuthorities: [authority({ uri: url })],
  });
  expect(
    JSON.stringify([trust.transparencyLogs, trust.certificateAuthorities], (_, value) =>
      typeof value === 'bigint' ? String(value) : value,
    ),
  ).not.toContain('hunter2');
  expect(trust.transparencyLogs.map(({ baseUrl }) => baseUrl)).toEqual(['https://services.example.test/path']);
  expect(trust.certificateAuthorities.map(({ uri }) => uri)).toEqual(['https://services.example.test/path']);
});
