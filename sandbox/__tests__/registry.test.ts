/** The sandbox's registry: what the OCI distribution specification 1.1 says of manifests, tags and names. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { HttpListener } from '../http/index.ts';
import { RegistryService, type Sandbox, startSandbox, systemSources } from '../index.ts';
import {
  ask,
  describeContent,
  digestOf,
  emptyType,
  imageOf,
  imageType,
  indexOf,
  indexType,
  RepositoryClient,
  refusal,
} from './registry-client.ts';

let sandbox: Sandbox;
let repository: RepositoryClient;
beforeAll(async () => {
  sandbox = await startSandbox();
  repository = new RepositoryClient(sandbox.urls.registry, 'library/app');
});
afterAll(() => sandbox.close());

test('is a registry, of two that share nothing', async () => {
  const { registry, registryWithoutReferrers } = sandbox.urls;
  const { status, headers, text } = await ask(`${registry}/v2/`);
  expect([status, headers.get('docker-distribution-api-version'), text]).toEqual([200, 'registry/2.0', '{}']);
  expect((await ask(`${registryWithoutReferrers}/v2/`)).status).toBe(200);
  await new RepositoryClient(registry, 'one').pushImage('latest');
  const other = await new RepositoryClient(registryWithoutReferrers, 'one').ask('manifests/latest');
  expect(refusal(other)).toEqual([404, 'NAME_UNKNOWN']);
});

describe('a manifest', () => {
  beforeAll(() => repository.pushBlob('{}'));

  test('by a tag is there by its digest too, byte for byte, with its content type', async () => {
    const manifest = ` ${imageOf()} `;
    const name = digestOf(manifest);
    const put = await repository.put('v1', manifest);
    expect([put.status, put.headers.get('docker-content-digest')]).toEqual([201, name]);
    expect(put.headers.get('location')).toBe(`/v2/library/app/manifests/${name}`);
    for (const reference of ['v1', name]) {
      const { headers, text } = await repository.ask(`manifests/${reference}`);
      expect(text).toBe(manifest);
      expect(headers.get('content-type')).toBe(imageType);
      expect([headers.get('docker-content-digest'), headers.get('etag')]).toEqual([name, `"${name}"`]);
      const head = await repository.ask(`manifests/${reference}`, { method: 'HEAD' });
      expect([head.status, head.headers.get('content-length')]).toEqual([200, String(manifest.length)]);
    }
  });

  test('of a media type that is unknown is kept as it is', async () => {
    expect((await repository.put('odd', 'not JSON', 'application/x-odd; charset=utf-8')).status).toBe(201);
    const { headers, text } = await repository.ask('manifests/odd');
    expect([headers.get('content-type'), text]).toEqual(['application/x-odd', 'not JSON']);
  });

  test('by another digest is refused', async () => {
    expect(refusal(await repository.put(digestOf('another'), imageOf()))).toEqual([400, 'DIGEST_INVALID']);
  });

  test('whose parts are not there is refused, but for its subject and for what has a URL', async () => {
    const missing = describeContent('missing', 'application/octet-stream');
    const image = imageOf({ layers: [missing] });
    const refused = await repository.put('parts', image);
    expect(refusal(refused)).toEqual([400, 'MANIFEST_BLOB_UNKNOWN']);
    expect(JSON.parse(refused.text).errors[0].detail).toEqual({ digest: missing.digest });
    const index = indexOf([describeContent(image, imageType)]);
    expect(refusal(await repository.put('parts', index, indexType))).toEqual([400, 'MANIFEST_BLOB_UNKNOWN']);
    expect((await repository.put('parts', imageOf({ subject: missing }))).status).toBe(201);
    expect((await repository.put('parts', imageOf({ layers: [{ ...missing, urls: ['https://a/'] }] }))).status).toBe(
      201,
    );
  });

  test('that lists others is an index', async () => {
    const image = await repository.pushImage('v2');
    expect((await repository.put('all', indexOf([image]), indexType)).status).toBe(201);
    expect((await repository.ask('manifests/all')).headers.get('content-type')).toBe(indexType);
  });

  test.each([
    ['not JSON', '{'],
    ['no object', '[]'],
    ['of another version', imageOf({ schemaVersion: 1 })],
    ['of another media type than it is sent as', imageOf({ mediaType: indexType })],
    ['without a list of layers', imageOf({ layers: undefined })],
    [
      'with a config that is no descriptor',
      imageOf({ config: { mediaType: emptyType, digest: 'sha256:00', size: 2 } }),
    ],
    ['with a subject that is no descriptor', imageOf({ subject: 'latest' })],
    ['with annotations that are none', imageOf({ annotations: [] })],
  ])('that is %s is refused', async (_, manifest) => {
    expect(refusal(await repository.put('wrong', manifest))).toEqual([400, 'MANIFEST_INVALID']);
  });

  test('without a content type, or of more than 4 MiB, is refused', async () => {
    const body = new TextEncoder().encode(imageOf());
    const untyped = await repository.ask('manifests/wrong', { method: 'PUT', body });
    expect(refusal(untyped)).toEqual([400, 'MANIFEST_INVALID']);
    const long = imageOf().padEnd(4 * 1024 * 1024 + 1);
    expect(refusal(await repository.put('wrong', long))).toEqual([413, 'SIZE_INVALID']);
  });

  test('that is not there is not found', async () => {
    for (const reference of ['nothing', digestOf('nothing')]) {
      expect(refusal(await repository.ask(`manifests/${reference}`))).toEqual([404, 'MANIFEST_UNKNOWN']);
      expect((await repository.ask(`manifests/${reference}`, { method: 'HEAD' })).status).toBe(404);
    }
  });
});

describe('a tag', () => {
  test('moves, and with If-Match only from where it was seen', async () => {
    const first = await repository.pushImage('moving');
    const seen = { 'if-match': `"${first.digest}"` };
    const second = imageOf({ annotations: { by: 'one' } });
    const third = imageOf({ annotations: { by: 'another' } });
    expect((await repository.put('moving', second, imageType, seen)).status).toBe(201);
    expect((await repository.put('moving', third, imageType, seen)).status).toBe(412);
    expect((await repository.ask('manifests/moving')).text).toBe(second);
    expect((await repository.ask(`manifests/${first.digest}`)).status).toBe(200);
    expect((await repository.ask(`manifests/${digestOf(third)}`)).status).toBe(404);
    expect((await repository.put('fresh', third, imageType, seen)).status).toBe(412);
  });

  test('is made only where there is none with If-None-Match', async () => {
    const absent = { 'if-none-match': '*' };
    expect((await repository.put('once', imageOf(), imageType, absent)).status).toBe(201);
    expect((await repository.put('once', imageOf(), imageType, absent)).status).toBe(412);
    expect((await repository.put('once', imageOf(), imageType, { 'if-match': '*' })).status).toBe(201);
  });
});

describe('tags', () => {
  const tagged = () => new RepositoryClient(sandbox.urls.registry, 'tagged');

  test('are listed in order, and a page at a time', async () => {
    for (const tag of ['b', 'a', 'C', 'd']) await tagged().pushImage(tag);
    const list = async (path: string) => {
      const { headers, text } = await tagged().ask(path);
      return [JSON.parse(text), headers.get('link')];
    };
    expect(await list('tags/list')).toEqual([{ name: 'tagged', tags: ['C', 'a', 'b', 'd'] }, null]);
    const next = '</v2/tagged/tags/list?n=3&last=b>; rel="next"';
    expect(await list('tags/list?n=3')).toEqual([{ name: 'tagged', tags: ['C', 'a', 'b'] }, next]);
    expect(await list('tags/list?n=3&last=b')).toEqual([{ name: 'tagged', tags: ['d'] }, null]);
    expect(await list('tags/list?n=0')).toEqual([{ name: 'tagged', tags: [] }, null]);
    expect(refusal(await tagged().ask('tags/list?n=many'))).toEqual([400, 'UNSUPPORTED']);
  });

  test('of a repository that is not there are not found', async () => {
    const nobody = new RepositoryClient(sandbox.urls.registry, 'nobody');
    expect(refusal(await nobody.ask('tags/list'))).toEqual([404, 'NAME_UNKNOWN']);
  });
});

describe('a name', () => {
  test.each(['a', 'a/b/c', 'a.b_c__d--e', 'blobs/uploads', 'a/manifests/b', '0'])('may be %s', async (name) => {
    const named = new RepositoryClient(sandbox.urls.registry, name);
    const { digest: image } = await named.pushImage('latest');
    expect((await named.ask('manifests/latest')).headers.get('docker-content-digest')).toBe(image);
  });

  test.each(['A', 'a_/b', 'a..b', '-a', 'a%2F', 'a%0A', 'a%FF'])('may not be %s', async (name) => {
    const named = new RepositoryClient(sandbox.urls.registry, name);
    expect(refusal(await named.ask('manifests/latest'))).toEqual([400, 'NAME_INVALID']);
  });

  test('is not of more than 255 characters', async () => {
    const named = new RepositoryClient(sandbox.urls.registry, 'a'.repeat(256));
    expect(refusal(await named.ask('manifests/latest'))).toEqual([400, 'NAME_INVALID']);
  });

  test('of a tag has a grammar too', async () => {
    expect(refusal(await repository.ask('manifests/-a'))).toEqual([400, 'MANIFEST_INVALID']);
    expect(refusal(await repository.ask(`manifests/${'a'.repeat(129)}`))).toEqual([400, 'MANIFEST_INVALID']);
    expect(refusal(await repository.ask('manifests/md5:00'))).toEqual([400, 'DIGEST_INVALID']);
  });
});

test('what it does not do is refused in its form', async () => {
  const deleted = await repository.ask('manifests/v1', { method: 'DELETE' });
  expect(refusal(deleted)).toEqual([405, 'UNSUPPORTED']);
  expect(refusal(await repository.ask('tags/list', { method: 'PUT', body: '' }))).toEqual([405, 'UNSUPPORTED']);
  expect((await ask(`${sandbox.urls.registry}/v2/nothing`)).status).toBe(404);
  expect((await ask(`${sandbox.urls.registry}/nothing`)).status).toBe(404);
});

test('it keeps so much and no more', async () => {
  await using listener = await HttpListener.listen();
  const { origin } = listener;
  const small = new RegistryService({ origin, sources: systemSources, maxContentLength: 10_000 });
  listener.serve([{ name: 'registry', routes: small.routes() }]);
  const full = new RepositoryClient(origin, 'full');
  const image = await full.pushImage('latest');
  expect(refusal(await full.pushBlob('a'.repeat(10_000)))).toEqual([403, 'DENIED']);
  // Each counts for a kilobyte, however small it is; what is there counts once.
  const statuses = [];
  for (let at = 0; at < 10; at++) {
    await full.pushImage('latest');
    statuses.push((await full.put(`tag-${at}`, imageOf())).status);
  }
  expect(statuses).toEqual([...Array(6).fill(201), ...Array(4).fill(403)]);
  expect(digestOf((await full.ask('manifests/tag-5')).text)).toBe(image.digest);
  expect((await full.ask('manifests/tag-6')).status).toBe(404);
});
