/** Checks that requests to hosts of others reach only public addresses. */

import type { lookup } from 'node:dns';
import { describe, expect, test } from '@jest/globals';
import { openHttp } from '../../../src/services/http/index.ts';
import { isLoopbackHost, isPublicAddress, publicLookup } from '../../../src/services/http/public-address.ts';
import { answering, failure } from '../loopback.ts';

test.each([
  '8.8.8.8',
  '1.1.1.1',
  '172.15.255.255',
  '172.32.0.1',
  '100.63.255.255',
  '100.128.0.1',
  '223.255.255.255',
  '2606:4700:4700::1111',
  '2a00:1450:4001:81b::200e',
  '::ffff:8.8.8.8',
  '64:ff9b::808:808',
])('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test.each([
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.1',
  '192.0.2.1',
  '192.88.99.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.19.255.255',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '239.1.2.3',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::8.8.8.8',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1',
  'fe80::1%eth0',
  'ff02::1',
  '2001::1',
  '2001:db8::1',
  '2002:808:808::1',
  '3fff::1',
  '64:ff9b:1::1',
  '::ffff:10.0.0.1',
  '::ffff:7f00:1',
  '64:ff9b::a00:1',
  '64:ff9b::',
  'localhost',
  '',
  '8.8.8',
])('%j is not public', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each([
  ['http://localhost:1', true],
  ['http://127.0.0.1', true],
  ['http://127.8.9.10', true],
  ['http://[::1]', true],
  ['http://localhost.example', false],
  ['http://127.0.0.1.example', false],
  ['http://10.0.0.1', false],
  ['http://[::2]', false],
])('%s: this machine is %s', (url, is) => {
  expect(isLoopbackHost(new URL(url))).toBe(is);
});

type Addresses = readonly { readonly address: string; readonly family: number }[];

/** A resolver that answers with these addresses. */
function resolver(...addresses: readonly string[]): typeof lookup {
  const list = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  return ((_name: string, _options: object, callback: (error: null, found: Addresses) => void) =>
    callback(null, list)) as unknown as typeof lookup;
}

const request = (url: string) => ({
  method: 'GET' as const,
  url: new URL(url),
  headers: {},
  service: 'the webhook',
  timeoutMilliseconds: 10_000,
  maxBodyLength: 1024,
});

describe('a client of public addresses', () => {
  test.each([
    'https://10.0.0.1/',
    'https://[::ffff:10.0.0.1]/',
    'https://[fd00::1]/',
    'https://169.254.169.254/latest',
    // The URL parser reads it as 10.0.0.1.
    'https://0xa000001/',
    'https://167772161/',
  ])('refuses %s', async (url) => {
    using http = openHttp('test', undefined, { addresses: 'public', environment: {} });
    const error = await failure(http.send(request(url)));
    expect(error).toMatchObject({ code: 'USAGE', remedy: 'Use a host with a public address.' });
    expect(error.message).toMatch(/^the webhook \(.*\) is at .*, which is not a public address$/);
  });

  test.each([[['10.0.0.1']], [['127.0.0.1']], [['8.8.8.8', '192.168.1.1']], [['2606:4700:4700::1111', '::1']]])(
    'refuses a name with the addresses %j',
    async (addresses) => {
      using http = openHttp('test', undefined, {
        addresses: 'public',
        environment: {},
        resolve: resolver(...addresses),
      });
      const error = await failure(http.send(request('https://hooks.example/')));
      expect(error.code).toBe('USAGE');
      expect(error.message).toContain('the webhook (hooks.example) is at ');
    },
  );

  test('refuses a name through which a server on this machine would be reached', async () => {
    await using server = await answering({ status: 200 });
    const { port } = new URL(server.origin);
    using http = openHttp('test', undefined, { addresses: 'public', environment: {}, resolve: resolver('127.0.0.1') });
    expect((await failure(http.send(request(`http://hooks.example:${port}/`)))).code).toBe('USAGE');
    expect(server.received).toEqual([]);
    // Without the limit, the same request reaches it.
    using any = openHttp('test', undefined, { environment: {} });
    expect((await any.send(request(server.origin))).status).toBe(200);
  });

  test('reaches this machine by its own name', async () => {
    await using server = await answering({ status: 200 });
    using http = openHttp('test', undefined, { addresses: 'public', environment: {} });
    expect((await http.send(request(server.origin))).status).toBe(200);
  });
});

test('the connection is opened to the addresses that were checked', () => {
  const found: unknown[] = [];
  const resolve = publicLookup('the webhook', resolver('8.8.8.8', '2606:4700:4700::1111'));
  resolve('hooks.example', { all: true }, (_error, addresses) => found.push(addresses));
  resolve('hooks.example', {}, (_error, address, family) => found.push([address, family]));
  expect(found).toEqual([
    [
      { address: '8.8.8.8', family: 4 },
      { address: '2606:4700:4700::1111', family: 6 },
    ],
    ['8.8.8.8', 4],
  ]);
});

test('an error of the resolver is passed on', () => {
  const failed = ((_name: string, _options: object, callback: (error: Error, found: Addresses) => void) =>
    callback(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }), [])) as unknown as typeof lookup;
  const errors: unknown[] = [];
  publicLookup('the webhook', failed)('hooks.example', {}, (error) => errors.push(error?.code));
  publicLookup('the webhook', resolver())('hooks.example', {}, (error) => errors.push(error?.message));
  expect(errors).toEqual(['ENOTFOUND', 'no address of hooks.example']);
});
