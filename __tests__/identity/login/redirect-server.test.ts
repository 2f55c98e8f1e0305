/** The server that receives the redirect after a login: its address, and what it shows. */

import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { listenForRedirect } from '../../../src/identity/login/redirect-server.ts';
import { failure } from '../../services/loopback.ts';

const never = new AbortController().signal;

function request(url: string, method = 'GET'): Promise<IncomingMessage & { readonly text: string }> {
  return new Promise((resolve, reject) => {
    get(url, { method, agent: false }, async (response) => {
      let text = '';
      for await (const chunk of response.setEncoding('utf8')) text += chunk;
      resolve(Object.assign(response, { text }));
    }).on('error', reject);
  });
}

describe('the redirect URL', () => {
  test('has a free port by default, at both addresses of localhost', async () => {
    await using server = await listenForRedirect('http://localhost:0/auth/callback');
    const { port, host, pathname } = new URL(server.uri);
    expect([host, pathname]).toEqual([`localhost:${port}`, '/auth/callback']);
    for (const address of ['127.0.0.1', '[::1]'])
      expect((await request(`http://${address}:${port}/`)).statusCode).toBe(404);
  });

  test('is used as it was given if its port is fixed', async () => {
    const free = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => free.once('listening', resolve));
    const { port } = free.address() as AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    // Without the slash that URL adds: providers compare texts.
    await using server = await listenForRedirect(`http://127.0.0.1:${port}`);
    expect(server.uri).toBe(`http://127.0.0.1:${port}`);
    const answered = server.answered(async (answer) => answer.get('code'), never);
    expect((await request(`${server.uri}/?code=c`)).statusCode).toBe(200);
    expect(await answered).toBe('c');
  });

  test.each(['127.0.0.1', '::1'])('with a port that another program uses at %s is refused', async (host) => {
    const other = createServer().listen(0, host);
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    try {
      expect(await failure(listenForRedirect(`http://localhost:${port}/auth/callback`))).toMatchObject({
        code: 'LOGIN_UNAVAILABLE',
        message: `port ${port} of the redirect URL http://localhost:${port}/auth/callback is already in use`,
        remedy: expect.stringContaining('`oidc-redirect-url`'),
      });
    } finally {
      await new Promise((resolve) => other.close(resolve));
    }
  });

  test.each([
    'https://localhost:8400/',
    'http://example.org/',
    'http://127.0.0.1.example.org/',
    'http://127.0.0.1@example.org/',
    'http://user@localhost/',
    'http://localhost/?a=b',
    'http://localhost/#a',
    'localhost:8400',
  ])('%s is refused', async (url) => {
    expect(await failure(listenForRedirect(url))).toMatchObject({
      code: 'USAGE',
      remedy: expect.stringContaining('http://localhost:8400/auth/callback'),
    });
  });
});

describe('the browser', () => {
  test('sees a page without scripts or resources of others, which nobody can frame or cache', async () => {
    await using server = await listenForRedirect('http://localhost:0/cb');
    const answered = server.answered(async () => 'done', never);
    const { headers, statusCode, text } = await request(`${server.uri}?code=<script>alert(1)</script>&state=s`);
    expect(await answered).toBe('done');
    expect(statusCode).toBe(200);
    expect(text).toContain('You can close this window');
    expect(text).not.toMatch(/<script|<img|<link|https?:|alert/);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': expect.stringMatching(
        /^default-src 'none'; style-src 'sha256-[\w+/=]+'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
      ),
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      connection: 'close',
    });
  });

  test('is told nothing at other addresses, or with other methods, and the login goes on', async () => {
    await using server = await listenForRedirect('http://localhost:0/cb');
    const answered = server.answered(async (answer) => answer.get('code'), never);
    expect((await request(new URL('/favicon.ico', server.uri).href)).statusCode).toBe(404);
    expect((await request(`${server.uri}/?code=other`)).statusCode).toBe(404);
    expect((await request(`${server.uri}?code=other`, 'POST')).statusCode).toBe(405);
    expect((await request(`${server.uri}?code=right`)).statusCode).toBe(200);
    expect(await answered).toBe('right');
  });

  test('does not keep the server open with a connection on which it sends nothing', async () => {
    const server = await listenForRedirect('http://127.0.0.1:0/cb');
    const socket = connect(Number(new URL(server.uri).port), '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined);
    await server[Symbol.asyncDispose]();
    await closed;
  });
});
