import { describe, expect, test } from '@jest/globals';
import { digest, formatDigest, parseDigest } from '../../../src/core/crypto/index.ts';
import { utf8 } from '../../../src/core/encoding/index.ts';
import { type RepositoryClient, readImageManifest } from '../../../src/services/registry/index.ts';
import { type Answer, answering } from '../loopback.ts';
import { failureOf, index, json, latest, manifest, sha256, withClient } from './kit.ts';

const dockerList = 'application/vnd.docker.distribution.manifest.list.v2+json';
const dockerManifest = 'application/vnd.docker.distribution.manifest.v2+json';
const body = json({ schemaVersion: 2, mediaType: manifest, config: {}, layers: [] });
const own = digest('sha256', utf8(body));
const other = digest('sha256', utf8('other'));

function answer(contents: string | Uint8Array, headers: Record<string, string> = {}): Answer {
  return { headers: { 'content-type': manifest, ...headers }, body: contents };
}

describe('a manifest', () => {
  test.each([index, manifest, dockerList, dockerManifest])('of %s is fetched by its tag', async (type) => {
    const contents = json({ schemaVersion: 2, mediaType: type });
    await using server = await answering({ headers: { 'content-type': `${type}; charset=utf-8` }, body: contents });
    const found = await withClient(server.origin, (client) => client.getManifest(latest));
    expect(found).toMatchObject({ mediaType: type, bytes: utf8(contents) });
    expect(found && formatDigest(found.digest)).toBe(sha256(contents));
    expect(server.received[0]).toMatchObject({
      method: 'GET',
      url: '/v2/owner/image/manifests/latest',
      headers: { accept: `${index}, ${manifest}, ${dockerList}, ${dockerManifest}` },
    });
  });

  test.each(['sha256', 'sha384', 'sha512'] as const)('is fetched by its digest of %s', async (algorithm) => {
    const wanted = digest(algorithm, utf8(body));
    await using server = await answering(answer(body, { 'docker-content-digest': formatDigest(wanted) }));
    const found = await withClient(server.origin, (client) => client.getManifest(wanted));
    expect(found?.digest).toEqual(wanted);
    expect(server.received[0]?.url).toBe(`/v2/owner/image/manifests/${formatDigest(wanted)}`);
  });

  test('that is not there is none', async () => {
    await using server = await answering({ status: 404, body: '<html>' });
    expect(await withClient(server.origin, (client) => client.getManifest(latest))).toBeUndefined();
    expect(await withClient(server.origin, (client) => client.headManifest(latest))).toBeUndefined();
  });

  test('of 4 MiB is read, and of one byte more is not', async () => {
    const room = json({ x: '' }).length;
    for (const more of [0, 1]) {
      const contents = json({ x: 'x'.repeat(4 * 1024 * 1024 - room + more) });
      await using server = await answering(answer(contents));
      const use = (client: RepositoryClient) => client.getManifest(latest);
      if (more === 0) expect((await withClient(server.origin, use))?.bytes.length).toBe(4 * 1024 * 1024);
      else expect((await failureOf(server.origin, use)).message).toContain('more than 4194304 bytes');
    }
  });

  test('of a registry with 32 KB of headers is read', async () => {
    await using server = await answering(answer(body, { 'x-long': 'h'.repeat(32_000) }));
    expect(await withClient(server.origin, (client) => client.getManifest(own))).toBeDefined();
  });

  test.each<[what: string, answer: Answer, problem: string]>([
    ['other bytes than its digest', answer(json({ other: true })), 'has the wrong content'],
    ['its bytes and one more', answer(`${body}\n`), 'has the wrong content'],
    [
      'another digest in its header',
      answer(body, { 'docker-content-digest': formatDigest(other) }),
      'whose Docker-Content-Digest is',
    ],
    ['no digest in its header', answer(body, { 'docker-content-digest': 'sha256:x' }), 'is malformed'],
    ['a short digest in its header', answer(body, { 'docker-content-digest': 'sha256:00' }), 'not 1'],
    [
      'HTML',
      { headers: { 'content-type': 'text/html' }, body: '<html>' },
      '"text/html", which is not an OCI or Docker manifest',
    ],
    ['no media type', { body }, 'no media type'],
    ['an unknown media type', { headers: { 'content-type': 'application/json' }, body }, '"application/json"'],
    [
      'Docker’s first schema',
      answer(body, { 'content-type': 'application/vnd.docker.distribution.manifest.v1+json' }),
      'v1+json',
    ],
  ])('that comes with %s is refused', async (_, answered, problem) => {
    await using server = await answering(answered);
    const error = await failureOf(server.origin, (client) => client.getManifest(own));
    expect(error.code).toBe('SERVICE_RESPONSE_INVALID');
    expect(error.message).toContain(problem);
  });

  test.each<[what: string, contents: string, type: string, problem: string]>([
    ['no JSON', '{"x":', manifest, 'at character'],
    ['a list', '[]', manifest, 'is not an object'],
    ['two members of one name', '{"layers":[],"layers":[]}', manifest, 'occurs twice'],
    ['another media type in it', body, index, 'a different media type'],
    [
      'an index and layers at once',
      json({ manifests: [], layers: [] }),
      manifest,
      'both an index and an image manifest',
    ],
    [
      'an index and a config at once',
      json({ manifests: [], config: {} }),
      index,
      'both an index and an image manifest',
    ],
  ])('that is %s is refused, also by its right digest', async (_, contents, type, problem) => {
    await using server = await answering({ headers: { 'content-type': type }, body: contents });
    for (const name of [latest, digest('sha256', utf8(contents))]) {
      const error = await failureOf(server.origin, (client) => client.getManifest(name));
      expect(error.code).toBe('SERVICE_RESPONSE_INVALID');
      expect(error.message).toContain(problem);
    }
  });
});

describe('what a name stands for', () => {
  test('is told by HEAD', async () => {
    await using server = await answering(answer('', { 'docker-content-digest': formatDigest(own) }));
    for (const name of [latest, own]) {
      expect(await withClient(server.origin, (client) => client.headManifest(name))).toEqual({
        mediaType: manifest,
        digest: own,
      });
    }
    expect(server.received.map(({ method }) => method)).toEqual(['HEAD', 'HEAD']);
  });

  test('is found by fetching, where a registry does not tell', async () => {
    await using server = await answering(({ method }) => answer(method === 'GET' ? body : ''));
    expect((await withClient(server.origin, (client) => client.headManifest(latest)))?.digest).toEqual(own);
    expect(server.received.map(({ method }) => method)).toEqual(['HEAD', 'GET']);
  });

  test.each<[what: string, answer: Answer]>([
    ['another digest', answer('', { 'docker-content-digest': formatDigest(other) })],
    ['no digest', answer('', { 'docker-content-digest': 'latest' })],
    ['an unknown media type', answer('', { 'content-type': 'text/html' })],
  ])('is not believed with %s', async (_, answered) => {
    await using server = await answering(answered);
    const error = await failureOf(server.origin, (client) => client.headManifest(own));
    expect(error.code).toBe('SERVICE_RESPONSE_INVALID');
  });
});

describe('storing a manifest', () => {
  const document = { mediaType: manifest, bytes: utf8(body) } as const;

  test.each([latest, own])('sends its bytes, under its name', async (name) => {
    await using server = await answering({ status: 201, headers: { 'docker-content-digest': formatDigest(own) } });
    await withClient(server.origin, (client) => client.putManifest(name, document));
    const [request] = server.received;
    expect(request).toMatchObject({ method: 'PUT', headers: { 'content-type': manifest }, body: Buffer.from(body) });
    expect(request?.url).toBe(`/v2/owner/image/manifests/${typeof name === 'string' ? name : formatDigest(name)}`);
    expect(request?.headers).not.toHaveProperty('if-match');
  });

  test('under another digest is refused, and nothing is sent', async () => {
    await using server = await answering({ status: 201 });
    const error = await failureOf(server.origin, (client) => client.putManifest(other, document));
    expect(error.code).toBe('USAGE');
    expect(server.received).toHaveLength(0);
  });

  test('of more than 4 MiB is refused, and nothing is sent', async () => {
    await using server = await answering({ status: 201 });
    const large = { mediaType: manifest, bytes: new Uint8Array(4 * 1024 * 1024 + 1) } as const;
    const error = await failureOf(server.origin, (client) => client.putManifest(latest, large));
    expect(error.code).toBe('LIMIT_EXCEEDED');
    expect(server.received).toHaveLength(0);
  });

  test.each<[what: string, answer: Answer, code: string]>([
    [
      'as something else',
      { status: 201, headers: { 'docker-content-digest': formatDigest(other) } },
      'SERVICE_RESPONSE_INVALID',
    ],
    ['not at all', { status: 400, body: json({ errors: [{ code: 'MANIFEST_INVALID' }] }) }, 'SERVICE_REFUSED'],
    ['only where a condition holds', { status: 412 }, 'SERVICE_REFUSED'],
    [
      'in a repository that is not there',
      { status: 404, body: json({ errors: [{ code: 'NAME_UNKNOWN' }] }) },
      'SERVICE_REFUSED',
    ],
    ['later', { status: 202 }, 'SERVICE_REFUSED'],
  ])('has failed where it is stored %s', async (_, answered, code) => {
    await using server = await answering(answered);
    expect((await failureOf(server.origin, (client) => client.putManifest(latest, document))).code).toBe(code);
  });
});

test('digests are compared with their algorithm', async () => {
  const wanted = parseDigest(`sha512:${'00'.repeat(64)}`);
  await using server = await answering(answer(body));
  expect((await failureOf(server.origin, (client) => client.getManifest(wanted))).code).toBe(
    'SERVICE_RESPONSE_INVALID',
  );
});

test('an image of more layers than are read is refused', () => {
  const layers = Array.from({ length: 20_001 }, () => ({ mediaType: 'm', digest: sha256('a'), size: 1 }));
  expect(() => readImageManifest(utf8(json({ layers })), 'it')).toThrow(
    expect.objectContaining({ code: 'LIMIT_EXCEEDED' }),
  );
});
