/** The sandbox's registry: what the OCI distribution specification 1.1 says of blobs. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../index.ts';
import { ask, digestOf, RepositoryClient, refusal } from './registry-client.ts';

let sandbox: Sandbox;
let repository: RepositoryClient;
beforeAll(async () => {
  sandbox = await startSandbox();
  repository = new RepositoryClient(sandbox.urls.registry, 'library/app');
});
afterAll(() => sandbox.close());

const content = 'a layer';
const digest = digestOf(content);

describe('a blob', () => {
  test('is put into an upload', async () => {
    const begun = await repository.ask('blobs/uploads/', { method: 'POST' });
    expect(begun.status).toBe(202);
    const location = new URL(begun.headers.get('location') ?? '', repository.url);
    expect(location.pathname).toMatch(
      /\/v2\/library\/app\/blobs\/uploads\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    );
    location.searchParams.set('digest', digest);
    const { status, headers } = await ask(location, { method: 'PUT', body: content });
    expect([status, headers.get('location')]).toEqual([201, `/v2/library/app/blobs/${digest}`]);
    expect(refusal(await ask(location, { method: 'PUT', body: content }))).toEqual([404, 'BLOB_UPLOAD_UNKNOWN']);
  });

  test('is posted at once, and found and read', async () => {
    expect((await repository.pushBlob(content)).status).toBe(201);
    const found = await repository.ask(`blobs/${digest}`, { method: 'HEAD' });
    expect([found.status, found.headers.get('content-length'), found.text]).toEqual([200, '7', '']);
    const read = await repository.ask(`blobs/${digest.replace(':', '%3A')}`);
    expect([read.status, read.headers.get('docker-content-digest'), read.text]).toEqual([200, digest, content]);
  });

  test('may have a digest of SHA-512', async () => {
    const long = digestOf(content, 'sha512');
    expect((await repository.pushBlob(content, long)).status).toBe(201);
    expect((await repository.ask(`blobs/${long}`)).text).toBe(content);
  });

  test('comes in chunks, in order', async () => {
    const { headers } = await repository.ask('blobs/uploads/', { method: 'POST' });
    const location = new URL(headers.get('location') ?? '', repository.url);
    const chunk = (body: string, range?: string) =>
      ask(location, { method: 'PATCH', body, headers: range === undefined ? {} : { 'content-range': range } });
    expect((await chunk('abc', '0-2')).headers.get('range')).toBe('0-2');
    const early = await chunk('ghi', '6-8');
    expect([early.status, early.headers.get('range')]).toEqual([416, '0-2']);
    expect(refusal(await chunk('ghi', 'bytes 3-5'))).toEqual([400, 'BLOB_UPLOAD_INVALID']);
    const status = await ask(location);
    expect([status.status, status.headers.get('range')]).toEqual([204, '0-2']);
    expect((await chunk('def')).status).toBe(202);
    location.searchParams.set('digest', digestOf('abcdefghi'));
    expect((await ask(location, { method: 'PUT', body: 'ghi', headers: { 'content-range': '6-8' } })).status).toBe(201);
    expect((await repository.ask(`blobs/${digestOf('abcdefghi')}`)).text).toBe('abcdefghi');
  });

  test('is uploaded where the registry said, query and all', async () => {
    const { headers } = await repository.ask('blobs/uploads/', { method: 'POST' });
    const location = new URL(headers.get('location') ?? '', repository.url);
    const elsewhere = `${sandbox.urls.registry}${location.pathname.replace('library/app', 'another')}${location.search}`;
    expect(refusal(await ask(elsewhere, { method: 'PATCH', body: 'a' }))).toEqual([404, 'BLOB_UPLOAD_UNKNOWN']);
    location.search = `?digest=${digest}`;
    expect(refusal(await ask(location, { method: 'PUT', body: content }))).toEqual([400, 'BLOB_UPLOAD_INVALID']);
  });

  test('of another repository is not mounted: an upload begins', async () => {
    await new RepositoryClient(sandbox.urls.registry, 'source').pushBlob(content);
    const mount = await new RepositoryClient(sandbox.urls.registry, 'target').ask(
      `blobs/uploads/?mount=${digest}&from=source`,
      { method: 'POST' },
    );
    expect([mount.status, mount.headers.get('location')]).toEqual([202, expect.stringContaining('/blobs/uploads/')]);
  });

  test.each([
    ['another digest', digestOf('another')],
    ['a digest that is none', 'sha256:00'],
    ['a digest of an algorithm that is not supported', `md5:${'0'.repeat(32)}`],
  ])('under %s is refused', async (_, wrong) => {
    expect(refusal(await repository.pushBlob(content, wrong))).toEqual([400, 'DIGEST_INVALID']);
    const { headers } = await repository.ask('blobs/uploads/', { method: 'POST' });
    const location = `${sandbox.urls.registry}${headers.get('location')}&digest=${wrong}`;
    expect(refusal(await ask(location, { method: 'PUT', body: content }))).toEqual([400, 'DIGEST_INVALID']);
  });

  test('that is not there is not found', async () => {
    expect(refusal(await repository.ask(`blobs/${digestOf('nothing')}`))).toEqual([404, 'BLOB_UNKNOWN']);
    expect((await repository.ask(`blobs/${digestOf('nothing')}`, { method: 'HEAD' })).status).toBe(404);
  });

  test('of more than 64 MiB is refused', async () => {
    const { headers } = await repository.ask('blobs/uploads/', { method: 'POST' });
    const location = `${sandbox.urls.registry}${headers.get('location')}`;
    const half = new Uint8Array(40 * 1024 * 1024);
    expect((await ask(location, { method: 'PATCH', body: half })).status).toBe(202);
    expect(refusal(await ask(location, { method: 'PATCH', body: half }))).toEqual([413, 'SIZE_INVALID']);
  });
});

test('uploads that nobody closes are forgotten, oldest first', async () => {
  const locations = [];
  for (let count = 0; count < 101; count++) {
    const { headers } = await repository.ask('blobs/uploads/', { method: 'POST' });
    locations.push(`${sandbox.urls.registry}${headers.get('location')}`);
  }
  expect((await ask(locations[0] ?? '')).status).toBe(404);
  expect((await ask(locations[1] ?? '')).status).toBe(204);
});
