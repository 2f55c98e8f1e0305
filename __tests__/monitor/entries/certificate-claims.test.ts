/** The strict reader of the core judges the fast one of the monitor. */

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { identityOf } from '../../../sandbox/fulcio/identity.ts';
import { fulcioExtension, type LeafRequest, personIdentity } from '../../../sandbox/fulcio/index.ts';
import {
  exampleBuildkiteJob,
  exampleCircleciJob,
  exampleForgejoJob,
  exampleGitlabJob,
  exampleJob,
} from '../../../sandbox/oidc/index.ts';
import { generateSigningKey, type KeyKind, tbsCertificateOf } from '../../../sandbox/pki/index.ts';
import { readCertificate, readFulcioClaims, readOlderFulcioClaims } from '../../../src/core/certificate/index.ts';
import { digest } from '../../../src/core/crypto/index.ts';
import { der, encodeHex } from '../../../src/core/encoding/index.ts';
import { attempt } from '../../../src/core/errors/index.ts';
import {
  attempt as attemptDer,
  readCertificateClaims,
  readTbsClaims,
} from '../../../src/monitor/entries/certificate-claims.ts';
import { Problems } from '../../../src/monitor/entries/problems.ts';
import { Instance } from '../../kit/instance.ts';

const instance = new Instance();
const iss = 'https://issuer.example.test';

const identities = {
  'a job of GitHub': identityOf('github-workflow', {
    ...exampleJob,
    iss,
    sub: 'repo:a/b:ref:refs/heads/main',
    environment: 'Größe',
  }),
  'a job of GitLab': identityOf('gitlab-pipeline', { ...exampleGitlabJob, iss, sub: 'project_path:a/b' }),
  'a job of Buildkite': identityOf('buildkite-job', { ...exampleBuildkiteJob, iss, sub: 'organization:a' }),
  'a job of CircleCI': identityOf('circleci-job', {
    ...exampleCircleciJob,
    iss,
    sub: 'org/1',
    api_url: 'https://circleci.com/api/v2',
  }),
  'a job of Forgejo': identityOf('forgejo-workflow', { ...exampleForgejoJob, iss, sub: 'repo:a/b' }),
  'a person': personIdentity({ iss, sub: '123', email: 'dev@example.com' }),
  'a user': identityOf('username', { iss, sub: 'somebody' }, { subjectDomain: 'example.com' }),
  'a service account': identityOf('kubernetes', {
    iss,
    sub: 'x',
    'kubernetes.io': { namespace: 'default', serviceaccount: { name: 'signer' } },
  }),
  'a workload of SPIFFE': identityOf(
    'spiffe',
    { iss, sub: 'spiffe://example.com/a' },
    { spiffeTrustDomain: 'example.com' },
  ),
};

function issue(
  identity: Pick<LeafRequest, 'subjectAlternativeNames' | 'additionalExtensions'>,
  changes: Partial<LeafRequest> = {},
  kind: KeyKind = 'P-256',
) {
  return instance.certificateAuthority.issue({
    publicKey: generateSigningKey(kind).publicKey,
    ...identity,
    ...changes,
  });
}

function read(certificate: Uint8Array) {
  const problems = new Problems();
  const claims = readCertificateClaims(Buffer.from(certificate), 'the certificate', problems);
  return { claims, problems: problems.of(certificate) };
}

/** Returns what the strict readers find, in the form of the monitor's; `undefined` if one of them refuses the certificate. */
function judge(bytes: Uint8Array) {
  return attempt(() => {
    const certificate = readCertificate(bytes);
    const names = certificate.subjectAlternativeNames;
    return {
      certificateHash: encodeHex(digest('sha256', bytes).bytes),
      keyHash: encodeHex(digest('sha256', certificate.publicKey.spki).bytes),
      notBefore: certificate.notBefore,
      notAfter: certificate.notAfter,
      names: names.flatMap((name) => (name.kind === 'unknown' ? [] : [name])),
      unknownNames: names.length - names.filter(({ kind }) => kind !== 'unknown').length,
      claims: { ...readFulcioClaims(certificate), ...readOlderFulcioClaims(certificate) },
    };
  });
}

const asJudged = ({ der: _, names, ...claims }: ReturnType<typeof read>['claims']) => {
  const known = names.filter(({ kind }) => kind === 'email' || kind === 'uri' || kind === 'username');
  return { ...claims, names: known, unknownNames: names.length - known.length };
};

describe.each(Object.entries(identities))('the certificate of %s', (_, identity) => {
  test.each(['P-256', 'P-384', 'P-521', 'Ed25519'] as const)('with a key %s is read as the core reads it', (kind) => {
    const certificate = issue(identity, {}, kind);
    const judged = judge(certificate);
    expect(judged).toBeDefined();
    const { claims, problems } = read(certificate);
    expect(asJudged(claims)).toEqual(judged);
    expect(problems).toEqual([]);
  });
});

test('a certificate whose times are written in full is read as the core reads it', () => {
  const certificate = issue(identities['a person'], {
    notBefore: new Date('2050-02-28T23:59:59Z'),
    notAfter: new Date('9999-12-31T23:59:59Z'),
  });
  expect(read(certificate).claims).toMatchObject({
    notBefore: new Date('2050-02-28T23:59:59Z'),
    notAfter: new Date('9999-12-31T23:59:59Z'),
  });
});

test('a certificate with any byte changed is read without an error, and as the core reads it if that does', () => {
  const certificate = issue(identities['a job of GitHub']);
  const changed = fc.tuple(fc.nat(certificate.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, by]) => {
    const bytes = certificate.slice();
    bytes[at] = (bytes[at] ?? 0) ^ by;
    return bytes;
  });
  fc.assert(
    fc.property(changed, (bytes) => {
      const { claims, problems } = read(bytes);
      const judged = judge(bytes);
      if (judged !== undefined) expect({ ...asJudged(claims), problems }).toEqual({ ...judged, problems: [] });
    }),
    { numRuns: 3000 },
  );
});

test('a certificate that is cut off keeps the claims before its end', () => {
  const certificate = issue(identities['a person']);
  for (let length = 0; length < certificate.length; length++) {
    const { problems } = read(certificate.slice(0, length));
    expect(problems).toMatchObject([{ code: 'MALFORMED', part: 'the certificate' }]);
  }
  const { claims, problems } = read(new Uint8Array([...certificate, 0]));
  expect(claims.names).toEqual([{ kind: 'email', value: 'dev@example.com' }]);
  expect(problems).toMatchObject([{ code: 'MALFORMED', reason: 'unexpected data after the end' }]);
});

describe('names', () => {
  const named = (...names: NonNullable<LeafRequest['subjectAlternativeNames']>['names']) =>
    read(issue({ subjectAlternativeNames: { critical: true, names }, additionalExtensions: [] }));

  test('of every kind are read', () => {
    const { claims } = named(
      { kind: 'dNSName', value: 'build.example.com' },
      { kind: 'otherName', typeId: '1.2.3', value: der.utf8String('x') },
    );
    expect(claims.names).toEqual([
      { kind: 'dns', value: 'build.example.com' },
      { kind: 'other', value: expect.stringMatching(/^a0[0-9a-f]+$/) },
    ]);
  });

  test('with control characters stay what they are, and are recorded', () => {
    const value = 'https://github.com/a\u0000/b\n::error::x\u001b[2J';
    const { claims, problems } = named({ kind: 'uniformResourceIdentifier', value });
    expect(claims.names).toEqual([{ kind: 'uri', value }]);
    expect(problems).toMatchObject([{ code: 'MALFORMED', reason: 'a name is not printable ASCII' }]);
  });

  test('beyond 64 are left out, and recorded', () => {
    const { claims, problems } = named(
      ...Array.from({ length: 65 }, (_, at) => ({ kind: 'rfc822Name', value: `${at}@example.com` }) as const),
    );
    expect(claims.names).toHaveLength(64);
    expect(problems).toMatchObject([{ code: 'LIMIT' }]);
  });

  test('longer than 4 KiB are cut, so that they equal no other name', () => {
    const { claims, problems } = named({ kind: 'uniformResourceIdentifier', value: 'x'.repeat(5000) });
    expect(claims.names[0]?.value).toMatch(/^x{4000,4095}…$/);
    expect(problems).toMatchObject([{ code: 'LIMIT' }, { code: 'MALFORMED' }]);
  });
});

describe('extensions', () => {
  const extended = (...additionalExtensions: LeafRequest['additionalExtensions']) =>
    read(issue({ ...identities['a person'], additionalExtensions }));

  test('of which one cannot be read do not hide the others', () => {
    const { claims, problems } = extended(
      { oid: '1.3.6.1.4.1.57264.1.8', critical: false, value: new Uint8Array([0x0c, 9, 1]) },
      fulcioExtension(12, 'https://github.com/a/b'),
    );
    expect(claims.claims).toEqual({ sourceRepositoryUri: 'https://github.com/a/b' });
    expect(problems).toMatchObject([{ code: 'MALFORMED', part: 'the claim issuer of the certificate' }]);
  });

  test('that occur twice count once, and are recorded', () => {
    const { claims, problems } = extended(fulcioExtension(12, 'https://a.test'), fulcioExtension(12, 'https://b.test'));
    expect(claims.claims.sourceRepositoryUri).toBe('https://a.test');
    expect(problems).toMatchObject([{ code: 'AMBIGUOUS' }]);
  });

  test('with two issuers have both, and are recorded', () => {
    const { claims, problems } = extended(
      fulcioExtension(1, 'https://old.test'),
      fulcioExtension(8, 'https://new.test'),
    );
    expect(claims.claims).toEqual({ issuer: 'https://new.test', olderIssuer: 'https://old.test' });
    expect(problems).toMatchObject([{ code: 'AMBIGUOUS', reason: 'two different OIDC issuers' }]);
  });

  test('with the older issuer alone have an issuer', () => {
    expect(extended(fulcioExtension(1, 'https://old.test')).claims.claims).toEqual({ issuer: 'https://old.test' });
  });

  test('beyond 64 are not read, and recorded', () => {
    const many = Array.from({ length: 70 }, (_, at) => ({
      oid: `1.2.3.${at}`,
      critical: false,
      value: new Uint8Array(),
    }));
    const { problems } = extended(...many, fulcioExtension(12, 'https://a.test'));
    expect(problems).toMatchObject([{ code: 'LIMIT', reason: 'more than 64 extensions' }]);
  });

  test('that are not UTF-8 are recorded', () => {
    const value = der.element(0x0c, new Uint8Array([0x61, 0xff]));
    const { claims, problems } = extended({ oid: '1.3.6.1.4.1.57264.1.12', critical: false, value });
    expect(claims.claims.sourceRepositoryUri).toBe('a\ufffd');
    expect(problems).toMatchObject([{ code: 'MALFORMED', reason: 'a text is not valid UTF-8' }]);
  });
});

test('a certificate of more than 64 KiB is not read, but has a hash', () => {
  const certificate = issue(identities['a person'], {
    additionalExtensions: [{ oid: '1.2.3', critical: false, value: new Uint8Array(1_000_000) }],
  });
  const { claims, problems } = read(certificate);
  expect(claims.certificateHash).toBe(encodeHex(digest('sha256', certificate).bytes));
  expect(claims.names).toEqual([]);
  expect(problems).toMatchObject([{ code: 'LIMIT', leafHash: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
});

describe('a certificate that is not DER', () => {
  const [none, extra] = [new Uint8Array(), der.null()];
  const utc = (text: string): Uint8Array => der.element(0x17, Buffer.from(text));
  const full = (text: string): Uint8Array => der.element(0x18, Buffer.from(text));
  const name = der.contextPrimitive(1, Buffer.from('dev@example.com'));
  const username = (...parts: readonly Uint8Array[]): Uint8Array => der.context(0, ...parts);
  const usernameOid = der.oid('1.3.6.1.4.1.57264.1.7');

  interface Parts {
    readonly notBefore?: Uint8Array;
    readonly names?: Uint8Array;
    readonly claim?: Uint8Array;
    readonly afterNames?: Uint8Array;
    readonly afterExtensions?: Uint8Array;
    readonly afterTbs?: Uint8Array;
    readonly afterSignature?: Uint8Array;
  }

  /** Writes a certificate whose signature is none. The monitor verifies no signatures. */
  function write(parts: Parts): Uint8Array {
    const extension = (oid: string, value: Uint8Array) => der.sequence(der.oid(oid), der.octetString(value));
    const names = der.element(0x30, parts.names ?? name);
    const extensions = der.sequence(
      extension('2.5.29.17', Buffer.concat([names, parts.afterNames ?? none])),
      extension('1.3.6.1.4.1.57264.1.8', parts.claim ?? der.utf8String('https://issuer.example.test')),
    );
    const algorithm = der.sequence(der.oid('1.2.840.10045.4.3.2'));
    const tbs = der.sequence(
      der.context(0, der.integer(2)),
      der.integer(1),
      algorithm,
      der.sequence(),
      der.sequence(parts.notBefore ?? utc('261130100000Z'), utc('261130101000Z')),
      der.sequence(),
      der.sequence(algorithm, der.bitString(none)),
      der.context(3, extensions, parts.afterExtensions ?? none),
      parts.afterTbs ?? none,
    );
    return der.sequence(tbs, algorithm, der.bitString(none), parts.afterSignature ?? none);
  }

  test('is written so by this test', () => {
    const { claims, problems } = read(write({}));
    expect(claims).toMatchObject({
      names: [{ kind: 'email', value: 'dev@example.com' }],
      claims: { issuer: 'https://issuer.example.test' },
      notBefore: new Date('2026-11-30T10:00:00Z'),
      notAfter: new Date('2026-11-30T10:10:00Z'),
    });
    expect(problems).toEqual([]);
  });

  test.each<[string, Parts]>([
    ['the names', { afterNames: extra }],
    ['the issuer', { claim: Buffer.concat([der.utf8String('x'), extra]) }],
    ['the extensions', { afterExtensions: extra }],
    ['the TBSCertificate', { afterTbs: extra }],
    ['the signature', { afterSignature: extra }],
    ['a user name', { names: username(usernameOid, der.context(0, der.utf8String('a!b')), extra) }],
    ['the text of a user name', { names: username(usernameOid, der.context(0, der.utf8String('a!b'), extra)) }],
  ])('has data after %s, which is recorded', (_, parts) => {
    expect(read(write(parts)).problems).toMatchObject([{ code: 'MALFORMED', reason: 'unexpected data after the end' }]);
  });

  test('data after a TBSCertificate in a certificate log is recorded', () => {
    const problems = new Problems();
    readTbsClaims(Buffer.concat([tbsCertificateOf(write({})), extra]), 'the precertificate', problems);
    expect(problems.of(none)).toMatchObject([{ reason: 'unexpected data after the end' }]);
  });

  test.each([
    ['of another kind', username(der.oid('1.2.3'), der.context(0, der.utf8String('a!b')))],
    ['without an identifier', username(der.integer(1))],
    [
      'whose identifier is text',
      username(der.element(0x0c, usernameOid.subarray(2)), der.context(0, der.utf8String('a!b'))),
    ],
    ['of another tag', der.context(4, usernameOid, der.context(0, der.utf8String('a!b')))],
  ])('a name %s is no user name', (_, other) => {
    expect(read(write({ names: other })).claims.names).toEqual([
      { kind: 'other', value: Buffer.from(other).toString('hex') },
    ]);
  });

  test('a user name is one', () => {
    const { claims } = read(write({ names: username(usernameOid, der.context(0, der.utf8String('a!b'))) }));
    expect(claims.names).toEqual([{ kind: 'username', value: 'a!b' }]);
  });

  test('a network address is shown as people write it', () => {
    const address = (...bytes: readonly number[]) => der.contextPrimitive(7, Uint8Array.from(bytes));
    const names = Buffer.concat([address(127, 0, 0, 1), address(...Array(16).fill(1))]);
    expect(read(write({ names })).claims.names).toEqual([
      { kind: 'ip', value: '127.0.0.1' },
      { kind: 'ip', value: '01'.repeat(16) },
    ]);
  });

  test.each([
    ['month 13', utc('261330100000Z')],
    ['30 February', utc('260230100000Z')],
    ['24 hours', utc('261130240000Z')],
    ['60 minutes', utc('261130106000Z')],
    ['60 seconds', utc('261130100060Z')],
    ['a letter', utc('26113010000xZ')],
    ['a sign', utc('26113010000-Z')],
    ['a character before the digits', utc('261130101-00Z')],
    ['a character after the digits', utc('261130100:00Z')],
    ['too many digits', utc('2611301000001Z')],
    ['another zone', utc('261130100000+')],
    ['no seconds', utc('2611301000Z')],
    ['a fraction', full('20261130100000.5Z')],
    ['the year 50', full('00501130100000Z')],
  ])('a time with %s is none', (_, notBefore) => {
    const { claims, problems } = read(write({ notBefore }));
    expect(claims.notBefore).toBeUndefined();
    expect(problems).toMatchObject([{ code: 'MALFORMED', reason: 'a time is invalid' }]);
    expect(claims.names).toHaveLength(1);
  });

  test('without a time is not read further', () => {
    expect(read(write({ notBefore: der.integer(1) })).problems).toMatchObject([{ reason: 'a time is missing' }]);
  });
});

test('mistakes of ours are thrown', () => {
  const mistake = (): never => {
    throw new TypeError('mistake');
  };
  expect(() => attemptDer(new Problems(), 'x', mistake)).toThrow('mistake');
});
