import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { generateSigningKey } from '../../../sandbox/pki/index.ts';
import { encodePem } from '../../../src/core/encoding/index.ts';
import { fetchEntryV1, type IndexQueryV1, searchIndexV1 } from '../../../src/services/rekor/index.ts';
import { answering, failure, withHttp } from '../loopback.ts';

const [first, second] = ['24296fb24b8ad77a'.padEnd(80, 'a'), 'b'.repeat(64)];
const digest: IndexQueryV1 = { kind: 'digest', digest: `sha256:${'0'.repeat(64)}` };

/** Returns what the index of a service finds, and the requests that the service got. */
async function search(query: IndexQueryV1, answer: (body: string) => string, status = 200) {
  await using server = await answering(({ body }) => ({ status, body: answer(body.toString()) }));
  const uuids = await withHttp((http) => searchIndexV1(http, `${server.origin}/`, query));
  const requests = server.received.map(({ method, url, body }) => ({ method, url, body: JSON.parse(body.toString()) }));
  return { uuids, requests };
}

test('asks for a digest', async () => {
  const { uuids, requests } = await search(digest, () => JSON.stringify([first, second, first]));
  expect(uuids).toEqual([first, second]);
  expect(requests).toEqual([{ method: 'POST', url: '/api/v1/index/retrieve', body: { hash: digest.digest } }]);
});

test.each([
  ['dev@example.com', { email: 'dev@example.com' }],
  [
    'https://github.com/a/b/.github/workflows/x.yml@refs/heads/main',
    { subject: 'https://github.com/a/b/.github/workflows/x.yml@refs/heads/main' },
  ],
  ['somebody!example.com', { subject: 'somebody!example.com' }],
])('asks for the name %s', async (name, body) => {
  const { requests } = await search({ kind: 'name', name }, () => '[]');
  expect(requests).toMatchObject([{ body }]);
});

test('asks for a key in both forms that the index has', async () => {
  const spki = generateSigningKey('P-256').publicKey;
  const pem = encodePem('PUBLIC KEY', spki);
  const { uuids, requests } = await search({ kind: 'key', spki }, (body) =>
    JSON.stringify([body.includes('publicKey') ? first : second]),
  );
  expect(uuids).toEqual([first, second]);
  expect(requests).toMatchObject([
    { body: { publicKey: { format: 'x509', content: Buffer.from(pem).toString('base64') } } },
    { body: { hash: `sha256:${createHash('sha256').update(pem).digest('hex')}` } },
  ]);
});

describe('refuses', () => {
  test.each([
    ['no JSON', 'x'],
    ['no list', '{}'],
    ['an item that is no UUID', '["x"]'],
    ['an item that is no text', '[1]'],
  ])('%s', async (_, answer) => {
    const { code } = await failure(search(digest, () => answer));
    expect(code).toBe('SERVICE_RESPONSE_INVALID');
  });

  test('the answer of a service that fails', async () => {
    const { exitCode } = await failure(search(digest, () => '{"code":500,"message":"index is down"}', 500));
    expect(exitCode).toBe(6);
  });

  test('another entry than the one that was requested', async () => {
    await using server = await answering({ body: JSON.stringify({ ['c'.repeat(64)]: entry }) });
    const { message } = await withHttp((http) => failure(fetchEntryV1(http, server.origin, second)));
    expect(message).toContain(`returned the entry ${'c'.repeat(64)} instead of ${second}`);
  });
});

const entry = {
  body: Buffer.from('{"kind":"hashedrekord","apiVersion":"0.0.1"}').toString('base64'),
  integratedTime: 1,
  logID: 'ab',
  logIndex: 1,
  verification: {
    inclusionProof: { checkpoint: 'x', hashes: [], logIndex: 1, rootHash: 'ab', treeSize: 2 },
    signedEntryTimestamp: 'AA==',
  },
};
