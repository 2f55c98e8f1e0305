import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { type TileClient, tileClient } from '../../../src/services/tiles/index.ts';
import { type Answer, answering, failure, withHttp } from '../loopback.ts';

const full = { level: 0, index: 1_234_067, width: 256 };

function use<T>(origin: string, read: (client: TileClient) => Promise<T>): Promise<T> {
  const source = { prefix: `${origin}/api/v2`, bundles: 'entries', service: 'the transparency log' } as const;
  return withHttp((http) => read(tileClient(http, source)));
}

test('the paths and headers of requests', async () => {
  await using server = await answering(({ url }) => ({ body: new Uint8Array(url.includes('/1/') ? 32 : 8192) }));
  await use(server.origin, async (client) => {
    await client.tile(full);
    await client.tile({ level: 1, index: 0, width: 1 }, { refresh: true });
    await client.bundle(7, 256);
    await client.bundle(1000, 3);
    await client.checkpoint();
  });
  expect(server.received.map(({ url }) => url)).toEqual([
    '/api/v2/tile/0/x001/x234/067',
    '/api/v2/tile/1/000.p/1',
    '/api/v2/tile/entries/007',
    '/api/v2/tile/entries/x001/000.p/3',
    '/api/v2/checkpoint',
  ]);
  expect(server.received.map(({ headers }) => headers['cache-control'])).toEqual([
    undefined,
    'no-cache',
    undefined,
    undefined,
    'no-cache',
  ]);
  for (const { headers } of server.received) expect(headers['accept-encoding']).toBe('gzip, identity');
});

test('a file that does not exist is undefined, a missing checkpoint an error', async () => {
  await using server = await answering({ status: 404 });
  await use(server.origin, async (client) => {
    expect(await client.tile(full)).toBeUndefined();
    expect(await client.bundle(0, 256)).toBeUndefined();
    expect(await failure(client.checkpoint())).toMatchObject({ code: 'SERVICE_REFUSED' });
  });
});

test.each([
  [503, 'SERVICE_UNAVAILABLE'],
  [403, 'SERVICE_REFUSED'],
])('status %d is an error that names the service', async (status, code) => {
  await using server = await answering({ status });
  const error = await use(server.origin, (client) => failure(client.tile(full)));
  expect(error).toMatchObject({ code, message: expect.stringContaining(`the transparency log (${server.origin})`) });
});

describe('compressed files', () => {
  const gzip = { 'content-encoding': 'gzip' };
  const hashes = new Uint8Array(8192).fill(7);

  test('are decompressed', async () => {
    await using server = await answering({ headers: gzip, body: gzipSync(hashes) });
    expect(Buffer.from((await use(server.origin, (client) => client.tile(full))) ?? [])).toEqual(Buffer.from(hashes));
  });

  test.each<[string, Answer, RegExp]>([
    [
      'that become too long',
      { headers: gzip, body: gzipSync(new Uint8Array(20_000_000)) },
      /sent more than 9216 bytes/,
    ],
    ['that are cut off', { headers: gzip, body: gzipSync(hashes).subarray(0, 20) }, /sent invalid gzip/],
    ['that are none', { headers: gzip, body: hashes }, /sent invalid gzip/],
    ['of another kind', { headers: { 'content-encoding': 'br' }, body: hashes }, /encoding other than gzip/],
  ])('%s are refused', async (_, answer, reason) => {
    await using server = await answering(answer);
    const error = await use(server.origin, (client) => failure(client.tile(full)));
    expect(error).toMatchObject({ code: 'SERVICE_RESPONSE_INVALID', message: expect.stringMatching(reason) });
  });
});

test.each([31, 33, 0])('a tile of %d bytes in place of 32 is refused', async (length) => {
  await using server = await answering({ body: new Uint8Array(length) });
  const error = await use(server.origin, (client) => failure(client.tile({ level: 0, index: 0, width: 1 })));
  expect(error).toMatchObject({ code: 'SERVICE_RESPONSE_INVALID' });
});

test('limits on the lengths of bundles and checkpoints', async () => {
  await using server = await answering(({ url }) => ({
    body: new Uint8Array(1025 + (url.endsWith('checkpoint') ? 1024 * 1024 : 256 * (2 + 0xffff))),
  }));
  await use(server.origin, async (client) => {
    for (const read of [client.checkpoint(), client.bundle(0, 256)])
      expect(await failure(read)).toMatchObject({ message: expect.stringMatching(/sent more than \d+ bytes/) });
  });
});

test('a checkpoint that is not UTF-8 is refused', async () => {
  await using server = await answering({ body: new Uint8Array([0xff]) });
  const error = await use(server.origin, (client) => failure(client.checkpoint()));
  expect(error).toMatchObject({ code: 'SERVICE_RESPONSE_INVALID', message: expect.stringMatching(/not UTF-8/) });
});
