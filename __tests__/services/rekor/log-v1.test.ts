import { describe, expect, test } from '@jest/globals';
import { encodeBase64, utf8 } from '../../../src/core/encoding/index.ts';
import { type LogClientV1, logClientV1 } from '../../../src/services/rekor/index.ts';
import { answering, failure, withHttp } from '../loopback.ts';

const hash = '0123456789abcdef'.repeat(4);
const uuid = hash + '0'.repeat(16);

async function use<T>(answer: unknown, read: (client: LogClientV1) => Promise<T>, status = 200) {
  await using server = await answering({ status, body: typeof answer === 'string' ? answer : JSON.stringify(answer) });
  const result = await withHttp((http) => read(logClientV1(http, server.origin)));
  return { result, received: server.received };
}

const state = (treeID: string, treeSize: unknown) => ({
  rootHash: hash,
  treeSize,
  signedTreeHead: `a note of ${treeID}`,
  treeID,
});

describe('shards', () => {
  test('are those before the active one, and it, with the entries before them', async () => {
    const answer = { ...state('3', 5), inactiveShards: [state('1', 7), state('9223372036854775807', 11)] };
    const { result, received } = await use(answer, (client) => client.shards());
    expect(result).toMatchObject([
      { treeId: '1', size: 7, offset: 0, isActive: false, checkpoint: 'a note of 1' },
      { treeId: '9223372036854775807', size: 11, offset: 7, isActive: false },
      { treeId: '3', size: 5, offset: 18, isActive: true },
    ]);
    expect(received.map(({ method, url }) => `${method} ${url}`)).toEqual(['GET /api/v1/log']);
  });

  test.each([
    ['not JSON', '<html>', /JSON/],
    ['no object', [], /is not an object/],
    ['no id', { ...state('1', 7), treeID: 'a' }, /treeID is not the id of a tree/],
    ['no size', state('1', -1), /treeSize is not a non-negative/],
    ['a size that is no safe integer', state('1', '9007199254740993'), /treeSize is not a supported size/],
    ['a short root', { ...state('1', 7), rootHash: 'ab' }, /a hash of 1 bytes, not 32/],
    ['no checkpoint', { ...state('1', 7), signedTreeHead: undefined }, /signedTreeHead is missing/],
  ])('%s', async (_, answer, reason) => {
    const { result } = await use(answer, (client) => failure(client.shards()));
    expect(result).toMatchObject({ code: 'SERVICE_RESPONSE_INVALID', message: expect.stringMatching(reason) });
  });

  test('more than a hundred', async () => {
    const answer = { ...state('1', 7), inactiveShards: new Array(101).fill(state('1', 1)) };
    const { result } = await use(answer, (client) => failure(client.shards()));
    expect(result).toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });
});

describe('consistency proofs', () => {
  test('are of one shard', async () => {
    const { result, received } = await use({ rootHash: hash, hashes: [hash] }, (client) =>
      client.consistencyProof('3', 5, 9),
    );
    expect(result).toEqual([new Uint8Array(Buffer.from(hash, 'hex'))]);
    expect(received[0]?.url).toBe('/api/v1/log/proof?firstSize=5&lastSize=9&treeID=3');
  });

  test.each([
    [{}, /no list of hashes/],
    [{ hashes: ['AB'] }, /hexadecimal/],
    [{ hashes: ['ab'] }, /a hash of 1 bytes/],
    [{ hashes: [7] }, /a hash of 0 bytes/],
    [{ hashes: new Array(65).fill(hash) }, /a proof of 65 hashes/],
  ])('%j', async (answer, reason) => {
    const { result } = await use(answer, (client) => failure(client.consistencyProof('3', 5, 9)));
    expect(result).toMatchObject({ code: 'SERVICE_RESPONSE_INVALID', message: expect.stringMatching(reason) });
  });
});

describe('bodies', () => {
  const entry = (logIndex: unknown, body: unknown = encodeBase64(utf8(`entry ${logIndex}`))) => ({
    [uuid]: { logIndex, body, integratedTime: 1 },
  });

  test('are found by their indices, in any order', async () => {
    const { result, received } = await use([entry(8), entry(7)], (client) => client.bodies([7, 8, 9]));
    expect([...result].map(([index, body]) => [index, String(Buffer.from(body))])).toEqual([
      [8, 'entry 8'],
      [7, 'entry 7'],
    ]);
    expect(received[0]).toMatchObject({ method: 'POST', url: '/api/v1/log/entries/retrieve' });
    expect(JSON.parse(String(received[0]?.body))).toEqual({ logIndexes: [7, 8, 9] });
  });

  test.each([
    [{}, /is not a list/],
    [[{}], /one entry under its UUID/],
    [[{ a: {}, b: {} }], /one entry under its UUID/],
    [[{ [uuid]: 7 }], /one entry under its UUID/],
    [[entry('7')], /invalid logIndex/],
    [[entry(1.5)], /invalid logIndex/],
    [[entry(-1)], /invalid logIndex/],
    [[entry(7, 7)], /entry without body/],
    [[entry(7, 'a')], /the body of an entry: the length of the base64/],
  ])('%j', async (answer, reason) => {
    const { result } = await use(answer, (client) => failure(client.bodies([7])));
    expect(result).toMatchObject({ code: 'SERVICE_RESPONSE_INVALID', message: expect.stringMatching(reason) });
  });
});

describe('an entry', () => {
  const answer = (proof: unknown) => ({
    [uuid]: { logIndex: 7, body: encodeBase64(utf8('entry')), verification: { inclusionProof: proof } },
  });

  test('has a proof in the current tree', async () => {
    const { result, received } = await use(answer({ treeSize: 9, hashes: [hash] }), (client) => client.entry(7));
    expect(result).toMatchObject({ treeSize: 9, hashes: [new Uint8Array(Buffer.from(hash, 'hex'))] });
    expect(received[0]?.url).toBe('/api/v1/log/entries?logIndex=7');
  });

  test('may not exist', async () => {
    expect((await use('', (client) => client.entry(7), 404)).result).toBeUndefined();
    const { result } = await use('', (client) => failure(client.entry(7)), 400);
    expect(result).toMatchObject({ code: 'SERVICE_REFUSED' });
  });

  test.each([
    [answer(undefined), /has no inclusion proof/],
    [answer({ treeSize: '9', hashes: [] }), /invalid treeSize/],
    [answer({ treeSize: 9 }), /no list of hashes/],
  ])('%#', async (wrong, reason) => {
    const { result } = await use(wrong, (client) => failure(client.entry(7)));
    expect(result).toMatchObject({ code: 'SERVICE_RESPONSE_INVALID', message: expect.stringMatching(reason) });
  });
});
