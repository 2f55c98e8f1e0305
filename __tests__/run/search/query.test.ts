import { describe, expect, test } from '@jest/globals';
import { parseDigest } from '../../../src/core/crypto/index.ts';
import type { CertificateClaims, EntryClaims } from '../../../src/monitor/entries/index.ts';
import { conditionsOf, indexQuery, meets, type SearchQuery } from '../../../src/run/search/query.ts';

const value = '0'.repeat(64);
const certificate: CertificateClaims = {
  der: new Uint8Array(),
  certificateHash: undefined,
  keyHash: 'aa',
  names: [
    { kind: 'email', value: 'Dev@example.com' },
    { kind: 'dns', value: 'example.com' },
  ],
  claims: { issuer: 'https://new.test', olderIssuer: 'https://old.test', githubWorkflowRepository: 'A/b' },
  notBefore: undefined,
  notAfter: undefined,
};
const entry: EntryClaims = {
  type: 'signature',
  kind: 'dsse',
  version: '0.0.1',
  signers: [
    { kind: 'certificate', certificate },
    { kind: 'public-key', keyHash: 'bb' },
  ],
  digests: [{ algorithm: 'sha256', value, of: 'payload' }],
  problems: [],
};

const any: SearchQuery = { digests: [], identity: undefined, issuer: undefined, repository: undefined, key: undefined };
const key = (keyHash: string): SearchQuery['key'] => ({ keyHash, spki: undefined });
const digests = [parseDigest(`sha256:${value}`)];

describe('an entry meets', () => {
  test.each<[string, Partial<SearchQuery>]>([
    ['its digest', { digests }],
    ['one of several digests', { digests: [parseDigest(`sha256:${'1'.repeat(64)}`), ...digests] }],
    ['a name in any letter case', { identity: 'dev@EXAMPLE.com' }],
    ['a name of any kind', { identity: 'example.com' }],
    ['either issuer', { issuer: 'https://new.test' }],
    ['the older issuer', { issuer: 'https://old.test' }],
    ['the repository of an old certificate', { repository: 'https://github.com/a/B' }],
    ['the key of a certificate', { key: key('aa') }],
    ['a key', { key: key('bb') }],
    ['all of them', { digests, identity: 'example.com', issuer: 'https://new.test', key: key('aa') }],
  ])('%s', (_, query) => {
    expect(meets(entry, { ...any, ...query })).toBe(true);
  });
});

describe('an entry does not meet', () => {
  test.each<[string, Partial<SearchQuery>]>([
    ['another digest', { digests: [parseDigest(`sha256:${'1'.repeat(64)}`)] }],
    ['a digest of another algorithm', { digests: [parseDigest(`sha512:${'0'.repeat(128)}`)] }],
    ['another name', { identity: 'example.org' }],
    ['a part of a name', { identity: 'example' }],
    ['another issuer', { issuer: 'https://other.test' }],
    ['another repository', { repository: 'https://github.com/a/c' }],
    ['another key', { key: key('cc') }],
    ['conditions that different signers meet', { identity: 'example.com', key: key('bb') }],
  ])('%s', (_, query) => {
    expect(meets(entry, { ...any, ...query })).toBe(false);
  });
});

test('a certificate in a log meets conditions about certificates, and no digest', () => {
  const logged: EntryClaims = {
    type: 'certificate',
    kind: 'certificate',
    certificate,
    issuerKeyHash: undefined,
    loggedAt: undefined,
    problems: [],
  };
  expect(meets(logged, { ...any, identity: 'example.com' })).toBe(true);
  expect(meets(logged, { ...any, identity: 'example.org' })).toBe(false);
  expect(meets(logged, { ...any, identity: 'example.com', digests })).toBe(false);
});

test('an entry without signers meets its digest', () => {
  expect(meets({ ...entry, signers: [] }, { ...any, digests })).toBe(true);
  expect(meets({ ...entry, signers: [] }, { ...any, digests, key: key('aa') })).toBe(false);
});

test('an entry that cannot be read meets nothing', () => {
  expect(meets({ type: 'unknown', kind: undefined, version: undefined, problems: [] }, any)).toBe(false);
});

test('the query of the index has the rarest keys first, and the conditions are the same', () => {
  const query = { digests, identity: 'a', issuer: 'b', repository: 'c', key: key('dd') };
  expect(indexQuery(query).map((keys) => keys.map(({ kind }) => kind))).toEqual([
    ['digest'],
    ['key'],
    ['name'],
    ['repository'],
    ['issuer'],
  ]);
  expect(conditionsOf(query)).toEqual([
    `digest sha256:${value}`,
    'key sha256:dd',
    'identity a',
    'repository c',
    'issuer b',
  ]);
  expect(indexQuery(any)).toEqual([]);
});
