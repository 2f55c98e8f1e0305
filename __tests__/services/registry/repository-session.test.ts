import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { digest } from '../../../src/core/crypto/index.ts';
import { withRetries } from '../../../src/services/http/index.ts';
import {
  openRepository,
  parseImageReference,
  parseTag,
  type RepositoryClient,
} from '../../../src/services/registry/index.ts';
import { echoingBodies } from '../../kit/echoes.ts';
import { type Answer, type Answering, answering, failure, type Received, withHttp } from '../loopback.ts';
import { basic, failureOf, identityToken, json, latest, manifest, open, password, withClient } from './kit.ts';

const image: Answer = { headers: { 'content-type': manifest }, body: json({ schemaVersion: 2, mediaType: manifest }) };
const get = (client: RepositoryClient) => client.getManifest(latest);

/** A registry that lets in whoever shows this, and asks all others for something. */
function guarded(authorization: string, challenge: () => string, answer: Answer = image): Promise<Answering> {
  return answering(({ headers }) =>
    headers.authorization === authorization
      ? answer
      : { status: 401, headers: { 'www-authenticate': challenge() }, body: 'no' },
  );
}

function tokens(
  answer: Answer | ((request: Received) => Answer) = { body: json({ token: 't0k3n' }) },
): Promise<Answering> {
  return answering(answer);
}

describe('a registry that asks for a password', () => {
  test('gets it, in Basic, and only once it has asked', async () => {
    await using server = await guarded(basic, () => 'Basic realm="x"');
    await withClient(server.origin, get, { credential: password });
    expect(server.received.map(({ headers }) => headers.authorization)).toEqual([undefined, basic]);
  });

  test.each([undefined, identityToken])('is told nothing where there is none', async (credential) => {
    await using server = await guarded(basic, () => 'Basic realm="x"');
    const error = await failureOf(server.origin, get, credential && { credential });
    expect(error.code).toBe('SERVICE_REFUSED');
    expect(error.remedy).toContain('docker login 127.0.0.1');
    expect(server.received).toHaveLength(1);
  });

  test('and does not take it, is not asked again and again', async () => {
    await using server = await guarded('Basic other', () => 'Basic realm="x"');
    const error = await failureOf(server.origin, get, { credential: password });
    expect(error.code).toBe('SERVICE_REFUSED');
    expect(error.message).toContain('responded with 401');
    expect(error.remedy).toContain('rejected the credentials');
    expect(server.received).toHaveLength(2);
  });
});

test('a login that fails for one tag does not fail the requests for others', async () => {
  await using server = await answering(({ url }) =>
    url.endsWith('/denied') ? { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } } : image,
  );
  let [ask, answer] = [() => {}, () => {}];
  const asked = new Promise<void>((resolve) => {
    ask = resolve;
  });
  const answered = new Promise<undefined>((resolve) => {
    answer = () => resolve(undefined);
  });
  await withHttp(async (http) => {
    const { repository } = parseImageReference(`${new URL(server.origin).host}/owner/image:1`);
    const find = () => {
      ask();
      return answered;
    };
    const patience = { sleep: async () => undefined, random: (length: number) => new Uint8Array(length) };
    const client = openRepository(http, repository, find, patience);
    const denied = failure(client.getManifest(parseTag('denied')));
    await asked;
    const found = client.getManifest(latest);
    answer();
    expect((await denied).code).toBe('SERVICE_REFUSED');
    expect(await found).toMatchObject({ mediaType: manifest });
    // Nor does it keep a later request from logging in.
    expect((await failure(client.getManifest(parseTag('denied')))).code).toBe('SERVICE_REFUSED');
  });
});

describe('a registry that asks for a token', () => {
  test.each<[what: string, answer: object]>([
    ['token', { token: 't0k3n' }],
    ['access_token', { access_token: 't0k3n', expires_in: 300 }],
    ['both', { token: 't0k3n', access_token: 'other' }],
    ['an empty token and an access_token', { token: '', access_token: 't0k3n' }],
  ])('gets the one that is answered as %s', async (_, answer) => {
    await using service = await tokens({ body: json(answer) });
    await using server = await guarded(
      'Bearer t0k3n',
      () => `Bearer realm="${service.origin}/token?a=b%20c",service="r&s",scope="x:y:z"`,
    );
    await withClient(server.origin, get, { credential: password });
    expect(service.received).toHaveLength(1);
    expect(service.received[0]).toMatchObject({
      method: 'GET',
      url: '/token?a=b%20c&service=r%26s&scope=repository%3Aowner%2Fimage%3Apull&scope=x%3Ay%3Az',
      headers: { authorization: basic },
    });
    expect(server.received.map(({ headers }) => headers.authorization)).toEqual([undefined, 'Bearer t0k3n']);
  });

  test('is asked for one without a password where there is none', async () => {
    await using service = await tokens();
    await using server = await guarded('Bearer t0k3n', () => `Bearer realm="${service.origin}/token"`);
    await withClient(server.origin, get);
    expect(service.received[0]?.headers).not.toHaveProperty('authorization');
    expect(service.received[0]?.url).toBe('/token?scope=repository%3Aowner%2Fimage%3Apull');
  });

  test('gets one for an identity token, which goes into the body', async () => {
    await using service = await tokens();
    await using server = await guarded('Bearer t0k3n', () => `Bearer realm="${service.origin}/token",service="s"`);
    await withClient(server.origin, get, { credential: identityToken });
    const [request] = service.received;
    expect(request).toMatchObject({ method: 'POST', url: '/token' });
    expect(Object.fromEntries(new URLSearchParams(String(request?.body)))).toEqual({
      grant_type: 'refresh_token',
      client_id: 'countersign',
      refresh_token: 'r3fr3sh',
      scope: 'repository:owner/image:pull',
      service: 's',
    });
  });

  test('is shown it from then on, and a new one once it has expired', async () => {
    let count = 0;
    await using service = await tokens(() => ({ body: json({ token: `t${++count}` }) }));
    let valid = 't1';
    await using server = await answering(({ headers }) =>
      headers.authorization === `Bearer ${valid}`
        ? image
        : { status: 401, headers: { 'www-authenticate': `Bearer realm="${service.origin}"` } },
    );
    await withClient(server.origin, async (client) => {
      await get(client);
      await get(client);
      expect(service.received).toHaveLength(1);
      expect(server.received).toHaveLength(3);
      valid = 't2';
      await get(client);
    });
    expect(service.received).toHaveLength(2);
  });

  test('of several at once is asked for one token', async () => {
    await using service = await tokens();
    await using server = await guarded('Bearer t0k3n', () => `Bearer realm="${service.origin}"`);
    await withClient(server.origin, (client) => Promise.all([get(client), get(client), get(client)]));
    expect(service.received).toHaveLength(1);
  });

  test('is asked for another to write', async () => {
    await using service = await tokens();
    await using server = await guarded('Bearer t0k3n', () => `Bearer realm="${service.origin}"`, { status: 201 });
    const put = (client: RepositoryClient) =>
      client.putManifest(latest, { mediaType: manifest, bytes: new Uint8Array([0x7b, 0x7d]) });
    await withClient(server.origin, put);
    expect(service.received[0]?.url).toBe('/?scope=repository%3Aowner%2Fimage%3Apull%2Cpush');
  });

  test('and fails to get one, asks for it again the next time', async () => {
    let isUp = false;
    await using service = await tokens(() => (isUp ? { body: json({ token: 't0k3n' }) } : { status: 503 }));
    await using server = await guarded('Bearer t0k3n', () => `Bearer realm="${service.origin}"`);
    await withClient(server.origin, async (client) => {
      expect((await failure(get(client))).code).toBe('SERVICE_UNAVAILABLE');
      isUp = true;
      await get(client);
    });
  });

  test.each<[what: string, answer: Answer, code: string]>([
    ['401', { status: 401, body: json({ details: 'incorrect username or password' }) }, 'SERVICE_REFUSED'],
    ['403', { status: 403 }, 'SERVICE_REFUSED'],
    ['500', { status: 500 }, 'SERVICE_UNAVAILABLE'],
    ['HTML', { body: '<html>' }, 'SERVICE_RESPONSE_INVALID'],
    ['a list', { body: '["t0k3n"]' }, 'SERVICE_RESPONSE_INVALID'],
    ['null', { body: 'null' }, 'SERVICE_RESPONSE_INVALID'],
    ['no token', { body: '{}' }, 'SERVICE_RESPONSE_INVALID'],
    ['a number', { body: '{"token":7}' }, 'SERVICE_RESPONSE_INVALID'],
    ['a token with a line break', { body: json({ token: 't0k3n\r\nx: y' }) }, 'SERVICE_RESPONSE_INVALID'],
    ['a token with a space', { body: json({ token: 't0k3n x' }) }, 'SERVICE_RESPONSE_INVALID'],
    ['a token of 65 KB', { body: json({ token: 't0k3n'.repeat(13_312) }) }, 'SERVICE_RESPONSE_INVALID'],
    ['more than is read', { body: `{"token":"t0k3n"}${' '.repeat(256 * 1024)}` }, 'SERVICE_RESPONSE_INVALID'],
    ['deeper than is read', { body: `{"token":"t0k3n","a":${'['.repeat(9)}${']'.repeat(9)}}` }, 'LIMIT_EXCEEDED'],
  ])('and whose token service answers %s, fails without showing anything', async (_, answer, code) => {
    await using service = await tokens(answer);
    await using server = await guarded('Bearer t0k3n', () => `Bearer realm="${service.origin}"`);
    const error = await failureOf(server.origin, get, { credential: password });
    expect(error.code).toBe(code);
    expect(error.message).toContain(service.origin);
    if (answer.status === 401) expect(error.remedy).toContain('rejected the credentials');
    expect(inspect(error, { depth: 9 })).not.toMatch(/t0k3n|s3cr3t|bWU6/);
    expect(server.received).toHaveLength(1);
  });

  test('and whose token service redirects, does not get the password sent there', async () => {
    await using other = await tokens();
    await using service = await tokens({ status: 307, headers: { location: `${other.origin}/` } });
    await using server = await guarded('Bearer t0k3n', () => `Bearer realm="${service.origin}"`);
    expect((await failureOf(server.origin, get, { credential: password })).code).toBe('SERVICE_REFUSED');
    expect(other.received).toHaveLength(0);
  });

  test('at an address of plain http gets nothing', async () => {
    await using server = await guarded('Bearer t0k3n', () => 'Bearer realm="http://auth.example/token"');
    expect((await failureOf(server.origin, get, { credential: password })).code).toBe('SERVICE_RESPONSE_INVALID');
  });
});

test.each([
  [undefined, 'No credentials were found'],
  [password, 'The account lacks the permission'],
] as const)(
  'a refusal says whose repository it is, and what the account has to do with it',
  async (credential, remedy) => {
    await using service = await tokens();
    const denied = { status: 403, body: json({ errors: [{ code: 'DENIED', message: 'no' }] }) };
    await using server = await guarded('Bearer t0k3n', () => `Bearer realm="${service.origin}"`, denied);
    const error = await failureOf(server.origin, get, credential && { credential });
    expect(error.code).toBe('SERVICE_REFUSED');
    expect(error.message).toContain('the registry of owner/image (');
    expect(error.remedy).toContain(remedy);
  },
);

describe('what echoes a credential', () => {
  test.each(echoingBodies('t0k3n-0123456789.s3cr3t-0123456789.r3fr3sh'))('is not quoted: %s', async (_, body) => {
    await using service = await tokens();
    await using server = await guarded('Bearer t0k3n', () => `Bearer realm="${service.origin}"`, { status: 403, body });
    const error = await failureOf(server.origin, get, { credential: password });
    const code = body.startsWith('{"code":3,') ? ': INVALID_ARGUMENT' : '';
    expect(error.message).toBe(`the registry of owner/image (${server.origin}) responded with 403${code}`);
    expect(error.remedy).toContain('packages: write');
  });

  test('is described by the code alone', async () => {
    await using service = await tokens();
    const answer = { status: 403, body: json({ errors: [{ code: 'DENIED', message: 'not with s3cr3t' }] }) };
    await using server = await guarded('Bearer t0k3n', () => `Bearer realm="${service.origin}"`, answer);
    const error = await failureOf(server.origin, get, { credential: password });
    expect(error.message).toBe(`the registry of owner/image (${server.origin}) responded with 403: DENIED`);
  });

  test.each([password, identityToken, undefined])(
    'is not quoted by the token service, not even by code',
    async (credential) => {
      for (const [, body] of echoingBodies('s3cr3t-0123456789')) {
        await using service = await tokens({ status: 400, body });
        await using server = await guarded('Bearer t0k3n', () => `Bearer realm="${service.origin}"`);
        const error = await failureOf(server.origin, get, credential && { credential });
        expect(error.message).toBe(`the token service of the registry (${service.origin}) responded with 400`);
      }
    },
  );

  test('is not quoted by the server to which the registry redirects', async () => {
    await using service = await tokens();
    await using store = await answering(({ url }) => ({ status: 400, body: json({ message: url }) }));
    const elsewhere = { status: 307, headers: { location: `${store.origin}/?token=t0k3n` } };
    await using server = await guarded('Bearer t0k3n', () => `Bearer realm="${service.origin}"`, elsewhere);
    const error = await failureOf(server.origin, get, { credential: password });
    expect(store.received.map(({ url }) => url)).toEqual(['/?token=t0k3n']);
    expect(error.message).toBe(`the server to which the registry redirects (${store.origin}) responded with 400`);
  });

  test('nor in the notice that it is asked again', async () => {
    let count = 0;
    await using echoing = await answering((request) => {
      if (request.headers.authorization === undefined)
        return { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } };
      return count++ === 0 ? { status: 503, body: 'overloaded by s3cr3t' } : image;
    });
    const reasons: string[] = [];
    await withHttp(async (send) => {
      const http = withRetries(send, {
        budget: 60_000,
        clock: () => new Date(0),
        random: (length) => new Uint8Array(length),
        sleep: async () => undefined,
        onRetry: ({ reason }) => reasons.push(reason),
      });
      await get(open(http, new URL(echoing.origin).host, { credential: password }));
    });
    expect(reasons).toEqual([`the registry of owner/image (${echoing.origin}) responded with 503`]);
  });
});

describe('a redirect', () => {
  test.each([301, 302, 303, 307, 308])('of %d to another host is followed without the credentials', async (status) => {
    await using other = await answering(image);
    await using server = await guarded(basic, () => 'Basic realm="x"', {
      status,
      headers: { location: `${other.origin}/blob?signed=1` },
    });
    await withClient(server.origin, get, { credential: password });
    expect(other.received).toHaveLength(1);
    expect(other.received[0]).toMatchObject({ method: 'GET', url: '/blob?signed=1' });
    expect(other.received[0]?.headers).not.toHaveProperty('authorization');
  });

  test('within the registry is followed with them', async () => {
    await using server = await answering(({ headers, url }) => {
      if (headers.authorization !== basic) return { status: 401, headers: { 'www-authenticate': 'Basic' } };
      return url === '/elsewhere' ? image : { status: 307, headers: { location: '/elsewhere' } };
    });
    await withClient(server.origin, get, { credential: password });
    expect(server.received.at(-1)?.headers.authorization).toBe(basic);
  });

  test('to another host that asks for credentials gets none', async () => {
    await using other = await guarded(basic, () => 'Basic realm="x"');
    await using server = await guarded(basic, () => 'Basic realm="x"', {
      status: 307,
      headers: { location: other.origin },
    });
    const error = await failureOf(server.origin, get, { credential: password });
    expect(error.code).toBe('SERVICE_REFUSED');
    expect(error.message).toContain(other.origin);
    expect(other.received.map(({ headers }) => headers.authorization)).toEqual([undefined]);
    expect(server.received).toHaveLength(2);
  });

  test('to another host decides nothing about who gets the password', async () => {
    await using evil = await tokens();
    await using other = await guarded('Bearer t0k3n', () => `Bearer realm="${evil.origin}/token"`);
    await using server = await answering({ status: 307, headers: { location: other.origin } });
    expect((await failureOf(server.origin, get, { credential: password })).code).toBe('SERVICE_REFUSED');
    expect(evil.received).toHaveLength(0);
  });

  test.each([
    'http://other.example/x',
    'ftp://127.0.0.1/x',
    'https://user:pass@other.example/',
    'http://',
    'javascript:1',
    '',
  ])('to %j is not followed', async (location) => {
    await using server = await answering({
      status: 307,
      headers: { location: location === '' ? 'http://[' : location },
    });
    const error = await failureOf(server.origin, get);
    expect(error).toMatchObject({
      code: 'SERVICE_RESPONSE_INVALID',
      message: expect.stringContaining('redirected to a URL that is not https'),
    });
  });

  test('that does not say where to is refused', async () => {
    await using server = await answering({ status: 307 });
    expect((await failureOf(server.origin, get)).code).toBe('SERVICE_RESPONSE_INVALID');
  });

  test('that goes round in circles ends', async () => {
    await using server = await answering({ status: 307, headers: { location: '/again' } });
    const error = await failureOf(server.origin, get);
    expect(error).toMatchObject({
      code: 'SERVICE_RESPONSE_INVALID',
      message: expect.stringContaining('more than 5 times'),
    });
    expect(server.received).toHaveLength(6);
  });

  test('of what is written is not followed', async () => {
    await using other = await answering({ status: 201 });
    await using server = await answering({ status: 307, headers: { location: other.origin } });
    const error = await failureOf(server.origin, (client) =>
      client.putManifest(latest, { mediaType: manifest, bytes: new Uint8Array([0x7b, 0x7d]) }),
    );
    expect(error.code).toBe('SERVICE_REFUSED');
    expect(other.received).toHaveLength(0);
  });

  test('of a registry of the world never leads to this machine', async () => {
    await using server = await answering(image);
    for (const location of [server.origin, server.origin.replace('http:', 'https:')]) {
      const asked: string[] = [];
      const http = async ({ url }: { readonly url: URL }) => {
        asked.push(url.href);
        return { status: 307, headers: { location }, body: new Uint8Array() };
      };
      expect((await failure(get(open(http, 'registry.example')))).code).toBe('SERVICE_RESPONSE_INVALID');
      expect(asked).toEqual(['https://registry.example/v2/owner/image/manifests/latest']);
    }
  });
});

test.each([
  ['docker.io', 'https://registry-1.docker.io/v2/owner/image/manifests/latest'],
  ['ghcr.io', 'https://ghcr.io/v2/owner/image/manifests/latest'],
  ['10.0.0.1:5000', 'https://10.0.0.1:5000/v2/owner/image/manifests/latest'],
  ['127.evil.example', 'https://127.evil.example/v2/owner/image/manifests/latest'],
  ['localhost.example', 'https://localhost.example/v2/owner/image/manifests/latest'],
  ['localhost:5000', 'http://localhost:5000/v2/owner/image/manifests/latest'],
  ['127.9.9.9', 'http://127.9.9.9/v2/owner/image/manifests/latest'],
  ['[::1]:5000', 'http://[::1]:5000/v2/owner/image/manifests/latest'],
])('of %s, %s is asked', async (host, address) => {
  const asked: string[] = [];
  await open(async ({ url }) => {
    asked.push(url.href);
    return { status: 404, headers: {}, body: new Uint8Array() };
  }, host).getManifest(latest);
  expect(asked).toEqual([address]);
});

describe('a registry that answers', () => {
  test.each<[what: string, answer: Answer, code: string, shown: string]>([
    [
      '403',
      { status: 403, body: json({ errors: [{ code: 'DENIED', message: 'no' }] }) },
      'SERVICE_REFUSED',
      'responded with 403: DENIED: no',
    ],
    [
      '400',
      { status: 400, body: json({ errors: [{ code: 'NAME_INVALID' }] }) },
      'SERVICE_REFUSED',
      'responded with 400: NAME_INVALID',
    ],
    [
      '429',
      { status: 429, body: json({ errors: [{ code: 'TOOMANYREQUESTS' }] }) },
      'SERVICE_UNAVAILABLE',
      'responded with 429: TOOMANYREQUESTS',
    ],
    ['500', { status: 500 }, 'SERVICE_UNAVAILABLE', 'responded with 500'],
    ['503 in HTML', { status: 503, body: '<html>down</html>' }, 'SERVICE_UNAVAILABLE', 'responded with 503'],
    ['401 and no challenge', { status: 401 }, 'SERVICE_RESPONSE_INVALID', 'sent no WWW-Authenticate header'],
    ['204', { status: 204 }, 'SERVICE_REFUSED', 'responded with 204'],
  ])('%s has failed', async (_, answer, code, shown) => {
    await using server = await answering(answer);
    for (const use of [get, (client: RepositoryClient) => client.referrers(digest('sha256', new Uint8Array()))]) {
      const error = await failureOf(server.origin, use);
      expect(error.code).toBe(code);
      expect(error.message).toContain(shown);
      expect(error.message).not.toContain('<html>');
    }
  });
});
