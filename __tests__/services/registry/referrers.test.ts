import { describe, expect, test } from '@jest/globals';
import { digest, formatDigest } from '../../../src/core/crypto/index.ts';
import { utf8 } from '../../../src/core/encoding/index.ts';
import type { RepositoryClient } from '../../../src/services/registry/index.ts';
import { type Answer, answering } from '../loopback.ts';
import { basic, failureOf, index, json, manifest, password, sha256, withClient } from './kit.ts';

const subject = digest('sha256', utf8('subject'));
const dockerList = 'application/vnd.docker.distribution.manifest.list.v2+json';
const bundle = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const api = `/v2/owner/image/referrers/${formatDigest(subject)}`;
const tag = `/v2/owner/image/manifests/sha256-${formatDigest(subject).slice(7)}`;
const list = (client: RepositoryClient) => client.referrers(subject);

function entry(name: string, artifactType?: unknown): object {
  return { mediaType: manifest, digest: sha256(name), size: 7, artifactType };
}

function page(entries: readonly unknown[], headers: Record<string, string> = {}): Answer {
  return {
    headers: { 'content-type': index, ...headers },
    body: json({ schemaVersion: 2, mediaType: index, manifests: entries }),
  };
}

async function names(origin: string, artifactType?: string): Promise<readonly string[]> {
  const { descriptors } = await withClient(origin, (client) => client.referrers(subject, artifactType));
  return descriptors.map((each) => formatDigest(each.digest));
}

describe('the referrers API', () => {
  test('lists them', async () => {
    const annotations = { 'dev.sigstore.bundle.content': 'dsse-envelope' };
    await using server = await answering(page([{ ...entry('a', bundle), annotations }, entry('b')]));
    const found = await withClient(server.origin, list);
    expect(found).toEqual({
      source: 'api',
      descriptors: [
        { mediaType: manifest, digest: digest('sha256', utf8('a')), size: 7, artifactType: bundle, annotations },
        { mediaType: manifest, digest: digest('sha256', utf8('b')), size: 7 },
      ],
    });
    expect(server.received).toHaveLength(1);
    expect(server.received[0]).toMatchObject({ url: api, headers: { accept: index } });
  });

  test('lists those that may be of a type, whether or not the registry leaves the others out', async () => {
    const entries = [
      entry('a', bundle),
      entry('b', 'other'),
      entry('c'),
      entry('d', 'application/vnd.oci.empty.v1+json'),
    ];
    await using server = await answering(page(entries));
    expect(await names(server.origin, bundle)).toEqual([sha256('a'), sha256('c'), sha256('d')]);
    expect(server.received[0]?.url).toBe(`${api}?artifactType=${encodeURIComponent(bundle)}`);
  });

  test('lists them over pages, logged in on each', async () => {
    await using server = await answering(({ url, headers }) => {
      if (headers.authorization !== basic) return { status: 401, headers: { 'www-authenticate': 'Basic' } };
      if (url === api) return page([entry('a')], { link: `<${api}?last=a>; rel="next"` });
      if (url === `${api}?last=a`) return page([], { link: '<?last=b>; rel="next"' });
      return page([entry('c')], { link: `<${api}>; rel="first"` });
    });
    const found = await withClient(server.origin, list, { credential: password });
    expect(found.descriptors.map((each) => formatDigest(each.digest))).toEqual([sha256('a'), sha256('c')]);
    expect(server.received.map(({ url }) => url)).toEqual([api, api, `${api}?last=a`, `${api}?last=b`]);
  });

  test('whose next page is at another host is not followed there', async () => {
    await using other = await answering(page([entry('evil')]));
    await using server = await answering(page([], { link: `<${other.origin}/>; rel="next"` }));
    const error = await failureOf(server.origin, list, { credential: password });
    expect(error).toMatchObject({
      code: 'SERVICE_RESPONSE_INVALID',
      message: expect.stringContaining('different origin for the next page'),
    });
    expect(other.received).toHaveLength(0);
  });

  test('whose pages never end is given up', async () => {
    await using server = await answering(page([entry('a')], { link: '<?again>; rel="next"' }));
    const error = await failureOf(server.origin, list);
    expect(error.code).toBe('LIMIT_EXCEEDED');
    expect(server.received).toHaveLength(100);
  });

  test.each([
    [20_001, '', 1],
    [10_001, '<?again>; rel="next"', 2],
  ])('that lists %d at a time is given up', async (count, link, requests) => {
    const many = Array.from({ length: count }, (_, at) => ({ mediaType: 'm', digest: sha256(String(at)), size: 1 }));
    await using server = await answering(page(many, { link }));
    expect((await failureOf(server.origin, list)).code).toBe('LIMIT_EXCEEDED');
    expect(server.received).toHaveLength(requests);
  });

  test('whose pages are long is given up', async () => {
    const long = { ...entry('a'), annotations: { long: 'x'.repeat(3.9 * 1024 * 1024) } };
    await using server = await answering(page([long], { link: '<?again>; rel="next"' }));
    expect((await failureOf(server.origin, list)).code).toBe('LIMIT_EXCEEDED');
    expect(server.received).toHaveLength(9);
  });

  test('that is gone on its second page has failed', async () => {
    await using server = await answering(({ url }) =>
      url === api ? page([], { link: '<?2>; rel="next"' }) : { status: 404 },
    );
    expect((await failureOf(server.origin, list)).code).toBe('SERVICE_REFUSED');
  });

  test.each<[what: string, answer: Answer]>([
    ['HTML', { headers: { 'content-type': 'text/html' }, body: '<html>' }],
    ['a manifest', { headers: { 'content-type': manifest }, body: json({ manifests: [] }) }],
    ['no JSON', { headers: { 'content-type': index }, body: '{' }],
    ['no list', { headers: { 'content-type': index }, body: '{}' }],
    ['a list of texts', page(['x'])],
    ['no digest', page([{ mediaType: manifest, size: 1 }])],
    ['a digest of another algorithm', page([{ mediaType: manifest, size: 1, digest: 'md5:00' }])],
    ['a short digest', page([{ mediaType: manifest, size: 1, digest: 'sha256:00' }])],
    ['a digest in capitals', page([{ mediaType: manifest, size: 1, digest: `sha256:${'AB'.repeat(32)}` }])],
    ['a digest that is a path', page([{ mediaType: manifest, size: 1, digest: 'sha256:../../x' }])],
    ['no media type', page([{ size: 1, digest: sha256('a') }])],
    ['a negative size', page([{ mediaType: manifest, size: -1, digest: sha256('a') }])],
    ['half a byte', page([{ mediaType: manifest, size: 0.5, digest: sha256('a') }])],
    ['a type that is a number', page([entry('a', 7)])],
    ['annotations that are numbers', page([{ ...entry('a'), annotations: { a: 7 } }])],
    ['annotations that are a list', page([{ ...entry('a'), annotations: [] }])],
    ['a link that is none', page([], { link: 'next' })],
    ['a link to plain http', page([], { link: '<http://other.example/>; rel="next"' })],
  ])('that answers %s is refused', async (_, answer) => {
    await using server = await answering(answer);
    expect((await failureOf(server.origin, list)).code).toBe('SERVICE_RESPONSE_INVALID');
  });
});

describe('the tag, where there is no such API', () => {
  test('too many referrers', async () => {
    await using server = await answering(({ url }) => (url === tag ? page([entry('a', bundle)]) : { status: 404 }));
    expect(await withClient(server.origin, list)).toMatchObject({
      source: 'tag',
      descriptors: [{ artifactType: bundle }],
    });
    expect(server.received.map(({ url }) => url)).toEqual([api, tag]);
  });

  test.each([400, 404, 405, 406])('is read also where the registry answers %d to the API', async (status) => {
    await using server = await answering(({ url }) => (url === tag ? page([entry('a')]) : { status }));
    expect(await names(server.origin)).toEqual([sha256('a')]);
  });

  test.each([
    [manifest, { config: {}, layers: [] }],
    [index, { manifests: [entry('platform')] }],
  ])('that is taken for the digest lists nothing: a subject of type %s', async (type, rest) => {
    const body = json({ schemaVersion: 2, mediaType: type, ...rest });
    const itself = digest('sha256', utf8(body));
    await using server = await answering(({ url }) =>
      url.includes('/referrers/') ? { status: 404 } : { headers: { 'content-type': type }, body },
    );
    const found = await withClient(server.origin, (client) => client.referrers(itself));
    expect(found).toEqual({ source: 'tag', descriptors: [] });
  });

  test('that is not there lists nothing', async () => {
    await using server = await answering({ status: 404 });
    expect(await withClient(server.origin, list)).toEqual({ source: 'tag', descriptors: [] });
  });

  test('lists also what may be of the type', async () => {
    const entries = [
      entry('a', bundle),
      entry('b'),
      entry('c', 'application/vnd.oci.empty.v1+json'),
      entry('d', 'other'),
    ];
    await using server = await answering(({ url }) => (url === tag ? page(entries) : { status: 404 }));
    expect(await names(server.origin, bundle)).toEqual([sha256('a'), sha256('b'), sha256('c')]);
  });

  test('of a longer digest has 64 digits of it', async () => {
    const longer = digest('sha512', utf8('subject'));
    await using server = await answering({ status: 404 });
    await withClient(server.origin, (client) => client.referrers(longer));
    expect(server.received[1]?.url).toBe(`/v2/owner/image/manifests/sha512-${formatDigest(longer).slice(7, 71)}`);
  });

  test.each<[what: string, answer: Answer]>([
    ['an image', { headers: { 'content-type': manifest }, body: json({ mediaType: manifest, layers: [] }) }],
    [
      'a list of Docker’s',
      { headers: { 'content-type': dockerList }, body: json({ mediaType: dockerList, manifests: [] }) },
    ],
    ['an index without a list', { headers: { 'content-type': index }, body: json({ mediaType: index }) }],
  ])('that holds %s is refused', async (_, answer) => {
    await using server = await answering(({ url }) => (url === tag ? answer : { status: 404 }));
    expect((await failureOf(server.origin, list)).code).toBe('SERVICE_RESPONSE_INVALID');
  });
});
