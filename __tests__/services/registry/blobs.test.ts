import { describe, expect, test } from '@jest/globals';
import { digest, formatDigest } from '../../../src/core/crypto/index.ts';
import { utf8 } from '../../../src/core/encoding/index.ts';
import type { RepositoryClient } from '../../../src/services/registry/index.ts';
import { type Answer, answering, type Received } from '../loopback.ts';
import { basic, failureOf, json, password, withClient } from './kit.ts';

const contents = utf8('what is attached');
const own = digest('sha256', contents);
const path = `/v2/owner/image/blobs/${formatDigest(own)}`;
const get = (client: RepositoryClient) => client.getBlob(own, contents.length);
const push = (client: RepositoryClient) => client.pushBlob(contents);

describe('fetching a blob', () => {
  test('gives its bytes', async () => {
    await using server = await answering({ body: contents });
    expect(await withClient(server.origin, get)).toEqual(contents);
    expect(server.received[0]).toMatchObject({ method: 'GET', url: path });
  });

  test('that is not there gives none', async () => {
    await using server = await answering({ status: 404, body: 'more bytes than the blob that is wanted has' });
    expect(await withClient(server.origin, get)).toBeUndefined();
  });

  test('from the server to which the registry redirects is held to the digest too', async () => {
    await using other = await answering({ body: 'something else!!' });
    await using server = await answering({ status: 307, headers: { location: other.origin } });
    const error = await failureOf(server.origin, get);
    expect(error).toMatchObject({
      code: 'SERVICE_RESPONSE_INVALID',
      message: expect.stringContaining('has the wrong content'),
    });
  });

  test.each<[what: string, body: string]>([
    ['other bytes', 'something else!!'],
    ['fewer bytes', 'what is attache'],
    ['no bytes', ''],
    ['more bytes', 'what is attached!'],
    ['far more bytes', 'x'.repeat(100_000)],
  ])('of %s is refused', async (_, body) => {
    await using server = await answering({ body });
    expect((await failureOf(server.origin, get)).code).toBe('SERVICE_RESPONSE_INVALID');
  });
});

test('a blob that is longer than wanted is refused, though it is the one', async () => {
  await using server = await answering({ body: contents });
  const error = await failureOf(server.origin, (client) => client.getBlob(own, contents.length - 1));
  expect(error).toMatchObject({
    code: 'SERVICE_RESPONSE_INVALID',
    message: expect.stringContaining('more than 15 bytes'),
  });
});

test('a blob that is far longer is not read to its end', async () => {
  await using server = await answering({ body: 'x'.repeat(1024 * 1024) });
  const error = await failureOf(server.origin, get);
  expect(error).toMatchObject({
    code: 'SERVICE_RESPONSE_INVALID',
    message: expect.stringContaining('more than 65536 bytes'),
  });
});

describe('storing a blob', () => {
  /** Answers HEAD, POST and PUT. */
  function registry(answers: Readonly<Record<string, Answer>>): (request: Received) => Answer {
    return ({ method }) => answers[method] ?? { status: 500 };
  }
  const absent = { HEAD: { status: 404 } };

  test.each([
    ['/v2/owner/image/blobs/uploads/1', '/v2/owner/image/blobs/uploads/1?digest='],
    ['/upload?_state=a%2Fb+c%3D', '/upload?_state=a%2Fb+c%3D&digest='],
    ['2', '/v2/owner/image/blobs/uploads/2?digest='],
  ])('uploads it to where the registry says, %s', async (location, uploaded) => {
    await using server = await answering(
      registry({ ...absent, POST: { status: 202, headers: { location } }, PUT: { status: 201 } }),
    );
    expect(await withClient(server.origin, push)).toEqual(own);
    const [head, post, put] = server.received;
    expect(server.received).toHaveLength(3);
    expect(head).toMatchObject({ method: 'HEAD', url: path });
    expect(post).toMatchObject({
      method: 'POST',
      url: '/v2/owner/image/blobs/uploads/',
      headers: { 'content-length': '0' },
    });
    expect(put).toMatchObject({
      method: 'PUT',
      url: `${uploaded}${encodeURIComponent(formatDigest(own))}`,
      headers: { 'content-type': 'application/octet-stream' },
      body: Buffer.from(contents),
    });
  });

  test('uploads it once, however many ask at a time and again', async () => {
    const post = { status: 202, headers: { location: '/upload' } };
    await using server = await answering(registry({ ...absent, POST: post, PUT: { status: 201 } }));
    const pushed = await withClient(server.origin, async (client) => [
      ...(await Promise.all([push(client), push(client)])),
      await push(client),
    ]);
    expect(pushed).toEqual([own, own, own]);
    expect(server.received.map(({ method }) => method)).toEqual(['HEAD', 'POST', 'PUT']);
  });

  test('tries again what has failed', async () => {
    let refusals = 1;
    await using server = await answering(() => (refusals-- > 0 ? { status: 403 } : { status: 200 }));
    await withClient(server.origin, async (client) => {
      await expect(push(client)).rejects.toMatchObject({ code: 'SERVICE_REFUSED' });
      expect(await push(client)).toEqual(own);
    });
  });

  test('that is there uploads nothing', async () => {
    await using server = await answering({ status: 200 });
    expect(await withClient(server.origin, push)).toEqual(own);
    expect(server.received.map(({ method }) => method)).toEqual(['HEAD']);
  });

  test('at another host sends no credentials there', async () => {
    await using other = await answering({ status: 201 });
    const answers = registry({ ...absent, POST: { status: 202, headers: { location: `${other.origin}/u` } } });
    await using server = await answering((request) =>
      request.headers.authorization === basic
        ? answers(request)
        : { status: 401, headers: { 'www-authenticate': 'Basic' } },
    );
    await withClient(server.origin, push, { credential: password });
    expect(other.received).toHaveLength(1);
    expect(other.received[0]?.headers).not.toHaveProperty('authorization');
  });

  test('whose upload was over when it was sent again succeeds where it is there', async () => {
    let isThere = false;
    await using server = await answering(({ method }) => {
      if (method === 'HEAD') return { status: isThere ? 200 : 404 };
      if (method === 'POST') return { status: 202, headers: { location: '/u' } };
      isThere = true;
      return { status: 404, body: json({ errors: [{ code: 'BLOB_UPLOAD_UNKNOWN' }] }) };
    });
    expect(await withClient(server.origin, push)).toEqual(own);
  });

  const started = { POST: { status: 202, headers: { location: '/u' } } };
  test.each<[what: string, answers: Readonly<Record<string, Answer>>, code: string, shown: string]>([
    ['does not say where to', { POST: { status: 202 } }, 'SERVICE_RESPONSE_INVALID', 'where to upload'],
    [
      'points to plain http',
      { POST: { status: 202, headers: { location: 'http://other.example/' } } },
      'SERVICE_RESPONSE_INVALID',
      'where to upload',
    ],
    [
      'does not begin',
      { POST: { status: 403, body: json({ errors: [{ code: 'DENIED' }] }) } },
      'SERVICE_REFUSED',
      'DENIED',
    ],
    ['is gone', { ...started, PUT: { status: 404 } }, 'SERVICE_REFUSED', 'responded with 404'],
    [
      'finds another digest',
      { ...started, PUT: { status: 400, body: json({ errors: [{ code: 'DIGEST_INVALID' }] }) } },
      'SERVICE_REFUSED',
      'DIGEST_INVALID',
    ],
    ['is too large', { ...started, PUT: { status: 413, body: '<html>' } }, 'SERVICE_REFUSED', 'responded with 413'],
    ['is overloaded', { ...started, PUT: { status: 503 } }, 'SERVICE_UNAVAILABLE', 'responded with 503'],
  ])('fails where the upload %s', async (_, answers, code, shown) => {
    await using server = await answering(registry({ ...absent, ...answers }));
    const error = await failureOf(server.origin, push);
    expect(error.code).toBe(code);
    expect(error.message).toContain(shown);
  });

  test('fails where whether it is there cannot be told', async () => {
    await using server = await answering({ status: 500 });
    expect((await failureOf(server.origin, push)).code).toBe('SERVICE_UNAVAILABLE');
    expect(server.received).toHaveLength(1);
  });
});
