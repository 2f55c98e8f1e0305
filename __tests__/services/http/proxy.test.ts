import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import {
  describeAnswer,
  type HttpRequest,
  type HttpSystem,
  openHttp,
  withRetries,
} from '../../../src/services/http/index.ts';
import { type Environment, proxyFor } from '../../../src/services/http/proxy.ts';
import { expectFailure } from '../../core/errors/failure.ts';
import { companyAuthority, serveProxy, serveSecurely, type Tunnel } from '../../kit/company-network.ts';
import { failure, serve } from '../loopback.ts';
import { half, SkippedTime } from '../time.ts';

const proxy = 'http://proxy.corp.test:3128';
const target = new URL('https://fulcio.corp.test/api');

/** The proxy of a request for an address. */
const chosen = (environment: Environment, url: string | URL = target): string | undefined =>
  proxyFor(new URL(url), environment)?.url.href;

describe('the proxy of a request', () => {
  test.each<[what: string, environment: Environment, url: string | undefined]>([
    ['none', {}, undefined],
    ['in upper case', { HTTPS_PROXY: proxy }, `${proxy}/`],
    ['in lower case', { https_proxy: proxy }, `${proxy}/`],
    ['in both: lower case counts', { https_proxy: 'http://lower:1', HTTPS_PROXY: proxy }, 'http://lower:1/'],
    ['that is empty', { https_proxy: '', HTTPS_PROXY: ' ' }, undefined],
    ['that is empty in lower case', { https_proxy: '', HTTPS_PROXY: proxy }, `${proxy}/`],
    ['without a scheme', { HTTPS_PROXY: 'proxy.corp.test:3128' }, `${proxy}/`],
    ['with a slash and spaces', { HTTPS_PROXY: ` ${proxy}/ ` }, `${proxy}/`],
    ['over TLS', { HTTPS_PROXY: 'HTTPS://proxy.corp.test' }, 'https://proxy.corp.test/'],
    ['at an address of IPv6', { HTTPS_PROXY: 'http://[fd00::1]:3128' }, 'http://[fd00::1]:3128/'],
    ['for plain HTTP', { HTTP_PROXY: proxy, http_proxy: proxy }, undefined],
    ['for everything', { ALL_PROXY: proxy, all_proxy: proxy }, undefined],
  ])('%s', (_, environment, url) => {
    expect(chosen(environment)).toBe(url);
  });

  test.each<[account: string, sent: string]>([
    ['user:password', 'user:password'],
    ['user%40corp:p%40ss%3Aw%25rd', 'user@corp:p@ss:w%rd'],
    ['user%40corp:p@ss:w%rd', 'user@corp:p@ss:w%rd'],
    ['user:p#a/s?s@w', 'user:p#a/s?s@w'],
    ['user:%E4%zz%C3%A4', 'user:%E4%zzä'],
    ['domain\\user:a b', 'domain\\user:a b'],
    ['user', 'user:'],
    ['user:', 'user:'],
    ['us%3Aer:x', 'us:er:x'],
  ])('has the account %s', (account, sent) => {
    for (const scheme of ['http://', '']) {
      const found = proxyFor(target, { HTTPS_PROXY: `${scheme}${account}@proxy.corp.test:3128` });
      expect(found?.url.href).toBe(`${proxy}/`);
      expect(found?.authorization).toBe(`Basic ${Buffer.from(sent).toString('base64')}`);
    }
    expect(proxyFor(target, { HTTPS_PROXY: proxy })?.authorization).toBeUndefined();
  });

  test.each([
    'http://user:hunter2@proxy host:port',
    'http://user:hunter2@proxy:port',
    'http://user:hunter2@',
    'http://hunter2 proxy:1',
    'http://proxy:99999/hunter2',
    'http://proxy:1/?hunter2',
    'user:hunter2',
    'socks5://user:hunter2@proxy:1',
    'ftp://hunter2',
  ])('that is %s is an error that does not show it', (value) => {
    const error = expectFailure(() => chosen({ HTTPS_PROXY: value }), 'USAGE', /^HTTPS_PROXY (is not|specifies)/);
    expect(`${error.message} ${error.remedy}`).not.toMatch(/hunter2/);
    // Hosts that need no proxy are reached all the same.
    expect(chosen({ HTTPS_PROXY: value, NO_PROXY: 'fulcio.corp.test' })).toBeUndefined();
  });

  test('is none for this machine', () => {
    for (const host of ['localhost', 'a.localhost', '127.0.0.1', '127.1.2.3', '[::1]', 'LOCALHOST.'])
      expect(chosen({ HTTPS_PROXY: proxy }, `https://${host}:8443/`)).toBeUndefined();
    expect(chosen({ HTTPS_PROXY: proxy }, 'http://127.0.0.1/')).toBeUndefined();
  });
});

describe('no_proxy', () => {
  test.each([
    ['*', 'https://fulcio.corp.test'],
    ['fulcio.corp.test', 'https://fulcio.corp.test'],
    ['corp.test', 'https://fulcio.corp.test'],
    ['.corp.test', 'https://fulcio.corp.test'],
    ['*.corp.test', 'https://fulcio.corp.test'],
    ['*.corp.test', 'https://a.b.corp.test'],
    ['CORP.Test', 'https://Fulcio.corp.TEST.'],
    ['corp.test.', 'https://fulcio.corp.test'],
    ['other.test, corp.test', 'https://fulcio.corp.test'],
    ['other.test corp.test', 'https://fulcio.corp.test'],
    ['corp.test:443', 'https://fulcio.corp.test'],
    ['.corp.test:8443', 'https://fulcio.corp.test:8443'],
    ['*.corp.test:8443', 'https://fulcio.corp.test:8443'],
    ['10.0.0.0/8', 'https://10.1.2.3'],
    ['10.1.2.3', 'https://10.1.2.3'],
    ['10.1.2.3:8443', 'https://10.1.2.3:8443'],
    ['192.168.16.0/20', 'https://192.168.31.255'],
    ['0.0.0.0/0', 'https://10.1.2.3'],
    ['fd00::/8', 'https://[fd12::34]'],
    ['[fd00::]/8', 'https://[fd12::34]'],
    ['fd12::34', 'https://[fd12:0::34]'],
    ['[fd12::34]', 'https://[fd12::34]'],
    ['[fd12::34]:8443', 'https://[fd12::34]:8443'],
    ['10.0.0.0/8', 'https://[::ffff:10.1.2.3]'],
  ])('%s covers %s', (list, url) => {
    for (const name of ['NO_PROXY', 'no_proxy'])
      expect(chosen({ HTTPS_PROXY: proxy, [name]: list }, url)).toBeUndefined();
  });

  test.each([
    ['', 'https://fulcio.corp.test'],
    ['localhost,10.0.0.0/8,.other.test', 'https://fulcio.corp.test'],
    ['orp.test', 'https://fulcio.corp.test'],
    ['.corp.test', 'https://corp.test'],
    ['*.corp.test', 'https://corp.test'],
    ['*.corp.test', 'https://evilcorp.test'],
    ['fulcio.corp.test', 'https://rekor.corp.test'],
    ['ful*', 'https://fulcio.corp.test'],
    ['fulcio.corp', 'https://fulcio.corp.test'],
    ['corp.test:8443', 'https://fulcio.corp.test'],
    ['corp.test:443', 'https://fulcio.corp.test:8443'],
    ['10.0.0.0/8', 'https://11.1.2.3'],
    ['10.0.0.0/33', 'https://10.1.2.3'],
    ['10.0.0/8', 'https://10.1.2.3'],
    ['10.0.0.0/8', 'https://10.corp.test'],
    ['10.1.2', 'https://10.1.2.3'],
    ['2.3', 'https://10.1.2.3'],
    ['10.1.2.3:8443', 'https://10.1.2.3'],
    ['fd00::/8', 'https://[fe12::34]'],
    ['fd12::34', 'https://[fd12::35]'],
    ['[fd12::34]:8443', 'https://[fd12::34]'],
    ['[', 'https://fulcio.corp.test'],
    ['.', 'https://fulcio.corp.test'],
  ])('%s does not cover %s', (list, url) => {
    expect(chosen({ HTTPS_PROXY: proxy, NO_PROXY: list }, url)).toBe(`${proxy}/`);
  });
});

function get(url: string | URL, changes: Partial<HttpRequest> = {}): HttpRequest {
  return {
    method: 'GET',
    url: new URL(url),
    headers: {},
    service: 'the tested service',
    timeoutMilliseconds: 30_000,
    maxBodyLength: 1024,
    ...changes,
  };
}

const now = new Date();
const authority = companyAuthority(now);
const account = 'user:hunter2@';

/** Requests the target with this environment, and returns the error, in which no secret may be. */
async function refused(environment: Environment, url: string | URL = target, system: Partial<HttpSystem> = {}) {
  using http = openHttp('countersign-test', undefined, { environment, ...system });
  const time = new SkippedTime();
  const retrying = withRetries(http.send, { budget: 3000, clock: time.clock, random: half, sleep: time.sleep });
  const error = await failure(retrying(get(url)));
  const { code, message, remedy = '' } = error;
  expect(`${message} ${remedy} ${error.stack}`).not.toMatch(/hunter2|dXNlcjpodW50ZXIy/);
  return { code, message, remedy, retries: time.waits.length };
}

describe('a proxy that refuses', () => {
  test.each([
    [407, 'SERVICE_REFUSED', 'Proxy Authentication Required', /rejected the user name and password in HTTPS_PROXY/],
    [403, 'SERVICE_REFUSED', 'Forbidden', /allow connections to fulcio\.corp\.test:443\./],
    [401, 'SERVICE_REFUSED', 'Unauthorized', /allow connections/],
    [404, 'SERVICE_REFUSED', 'Not Found', /allow connections/],
    [405, 'SERVICE_REFUSED', 'Method Not Allowed', /allow connections/],
    [302, 'SERVICE_REFUSED', 'Found', /allow connections/],
    [451, 'SERVICE_REFUSED', 'Unavailable For Legal Reasons', /allow connections/],
    [503, 'SERVICE_UNAVAILABLE', 'Service Unavailable', /cannot connect to fulcio\.corp\.test:443\./],
    [502, 'SERVICE_UNAVAILABLE', 'Bad Gateway', /cannot connect/],
    [504, 'SERVICE_UNAVAILABLE', 'Gateway Timeout', /cannot connect/],
    [429, 'SERVICE_UNAVAILABLE', 'Too Many Requests', /cannot connect/],
  ])(
    'with %d is named with its status, and asked again only if that can change',
    async (status, code, reason, remedy) => {
      await using server = await serveProxy({ status }, 0);
      const origin = `http://127.0.0.1:${server.port}`;
      const error = await refused({ HTTPS_PROXY: `http://${account}127.0.0.1:${server.port}` });
      const passes = code === 'SERVICE_UNAVAILABLE';
      expect(error).toMatchObject({ code, remedy: expect.stringMatching(remedy) });
      expect(error.message).toContain(
        `the tested service (https://fulcio.corp.test) cannot be reached: the proxy ${origin} (HTTPS_PROXY) responded with ${status} (${reason})`,
      );
      expect(error.message).not.toContain('outage');
      expect(error.retries).toBe(passes ? 2 : 0);
      expect(server.asked).toHaveLength(passes ? 3 : 1);
      expect(server.asked[0]).toEqual({ target: 'fulcio.corp.test:443', account: 'user:hunter2' });
    },
  );

  test('without an account says where it goes', async () => {
    await using server = await serveProxy({ account: 'a:b' }, 0);
    const error = await refused({ https_proxy: `127.0.0.1:${server.port}` });
    expect(error).toMatchObject({ code: 'SERVICE_REFUSED', remedy: expect.stringMatching(/Set https_proxy to/) });
    expect(error.message).toMatch(/\(https_proxy\) responded with 407/);
    expect(server.asked).toEqual([{ target: 'fulcio.corp.test:443', account: undefined }]);
  });
});

describe('a proxy that does not answer', () => {
  test('is named if it is down', async () => {
    const { origin } = await (async () => {
      await using server = await serve(() => undefined);
      return server;
    })();
    const error = await refused({ HTTPS_PROXY: origin.replace('//', `//${account}`) });
    expect(error).toMatchObject({ code: 'SERVICE_UNAVAILABLE', retries: 2 });
    expect(error.message).toContain(`the proxy ${origin} (HTTPS_PROXY) cannot be reached: ECONNREFUSED`);
    expect(error.message).not.toContain('outage');
    expect(error.remedy).toMatch(/^Check the host and port in HTTPS_PROXY/);
  });

  test('is named if it closes the connection', async () => {
    await using server = await serveProxy('reset', 0);
    const error = await refused({ HTTPS_PROXY: `http://127.0.0.1:${server.port}` });
    expect(error.message).toContain(
      `the proxy http://127.0.0.1:${server.port} (HTTPS_PROXY) cannot be reached: ECONNRESET`,
    );
  });

  test('is named if it says nothing, and keeps no process alive', async () => {
    await using server = await serveProxy('hang', 0);
    const environment = { HTTPS_PROXY: `http://127.0.0.1:${server.port}` };
    const http = openHttp('countersign-test', undefined, { environment });
    const error = await failure(http.send(get(target, { timeoutMilliseconds: 150 })));
    expect(error.message).toBe(
      `the tested service (https://fulcio.corp.test) through the proxy http://127.0.0.1:${server.port} did not respond within 0.15 s`,
    );
    const closed = once(server.sockets[0] ?? process, 'close');
    http[Symbol.dispose]();
    await closed;
  });

  test('is named if it is no proxy', async () => {
    const server = createServer((socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    try {
      const error = await refused({ HTTPS_PROXY: `http://127.0.0.1:${port}` });
      expect(error).toMatchObject({
        retries: 0,
        message: expect.stringContaining('(HTTPS_PROXY) cannot be reached: HPE_'),
      });
    } finally {
      server.close();
    }
  });
});

describe('a certificate that is not believed', () => {
  /** Requests through a proxy to a server with this identity. */
  async function shown(
    identity: ReturnType<typeof authority.issue>,
    environment: Environment = {},
    tunnel: Tunnel = 'open',
  ) {
    await using server = await serveSecurely(identity, (_, response) => response.end());
    await using tunnels = await serveProxy(tunnel, server.port);
    const error = await refused({ ...environment, HTTPS_PROXY: `http://127.0.0.1:${tunnels.port}` });
    expect(error).toMatchObject({ code: 'SERVICE_UNAVAILABLE', retries: 0 });
    expect(error.message).not.toContain('outage');
    return error;
  }

  test('of an authority that Node.js does not know names NODE_EXTRA_CA_CERTS', async () => {
    const identity = authority.issue('fulcio.corp.test');
    const error = await shown(identity);
    expect(error.message).toMatch(/through the proxy http:\/\/127\.0\.0\.1:\d+: UNABLE_TO_/);
    expect(error.remedy).toMatch(/does not trust the CA that issued the certificate of fulcio\.corp\.test/);
    expect(error.remedy).toMatch(/Set NODE_EXTRA_CA_CERTS to the path of a PEM file/);
    const given = await shown(identity, { NODE_EXTRA_CA_CERTS: '/absent.pem', SSL_CERT_FILE: '/ca.pem' });
    expect(given.remedy).toMatch(/NODE_EXTRA_CA_CERTS is set to \/absent\.pem\. Check/);
    expect(given.remedy).toMatch(/Node\.js does not read SSL_CERT_FILE\./);
  });

  test('of the server itself is told as well, without a proxy', async () => {
    await using server = await serveSecurely(authority.issue('localhost'), (_, response) => response.end());
    const error = await refused({}, `https://127.0.0.1:${server.port}`);
    expect(error).toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      remedy: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
    });
    expect(error.message).toMatch(/cannot be reached: UNABLE_TO_/);
  });

  test('of the proxy names the proxy', async () => {
    await using tunnels = await serveProxy('open', 0, authority.issue('proxy.corp.test'));
    const error = await refused({ HTTPS_PROXY: `https://127.0.0.1:${tunnels.port}` });
    expect(error).toMatchObject({ code: 'SERVICE_UNAVAILABLE', retries: 0 });
    expect(error.message).toContain(
      `the proxy https://127.0.0.1:${tunnels.port} (HTTPS_PROXY) cannot be reached: UNABLE_TO_`,
    );
    expect(error.remedy).toContain('NODE_EXTRA_CA_CERTS');
    expect(tunnels.asked).toEqual([]);
  });
});

test('a name that no name server knows is told from an outage', async () => {
  const error = await refused({ HTTPS_PROXY: 'http://proxy.invalid:3128' });
  // A machine without a network has no name server to ask.
  expect(['SERVICE_REFUSED', 'NETWORK_UNAVAILABLE']).toContain(error.code);
  expect(error.message).toContain('the proxy http://proxy.invalid:3128 (HTTPS_PROXY) cannot be reached: E');
  expect(`${error.message} ${error.remedy}`).not.toContain('outage:');
});

test('what a request says is not quoted of a proxy', async () => {
  await using server = await serveProxy({ status: 403 }, 0);
  using http = openHttp('countersign-test', undefined, {
    environment: { HTTPS_PROXY: `http://127.0.0.1:${server.port}` },
  });
  const request = get(target, { quotes: 'message' });
  const error = await failure(http.send(request));
  expect(error.message).not.toContain('hunter2');
  expect(describeAnswer(request, { status: 403, headers: {}, body: new Uint8Array() })).toBe(
    'the tested service (https://fulcio.corp.test) responded with 403',
  );
});
