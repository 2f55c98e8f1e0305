/** Receives the answer of the identity provider: the browser is redirected to a server on loopback (RFC 8252, section 7.3). */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CountersignError, fail, systemCode } from '../../core/errors/index.ts';
import { failurePage, methodPage, notFoundPage, type RedirectPage, successPage } from './redirect-page.ts';

/** The redirect URI if none is given. The public-good instance accepts this host name, with any port and path. */
export const defaultRedirectUrl = 'http://localhost:0/auth/callback';

export interface RedirectServer extends AsyncDisposable {
  /** The redirect URI: as it was given, or with the port of the server in place of 0. */
  readonly uri: string;
  /**
   * Handles the first answer with its parameters. The browser waits meanwhile, and then shows whether the login succeeded.
   *
   * @throws CountersignError `LOGIN_INVALID` if a different answer arrives before the first one is handled; what `handle` throws
   */
  readonly answered: <T>(handle: (parameters: URLSearchParams) => Promise<T>, end: AbortSignal) => Promise<T>;
}

/** A port that is free on one address can be taken on the other one. */
const attempts = 20;

/**
 * Listens for the redirect.
 *
 * @param redirectUrl its port is 0 for a free port
 * @throws CountersignError `USAGE` for a URL that is not on loopback; `LOGIN_UNAVAILABLE` for a port that is in use
 */
export async function listenForRedirect(redirectUrl: string): Promise<RedirectServer> {
  const url = parseRedirectUrl(redirectUrl);
  const port = Number(url.port || 80);
  for (let attempt = 1; ; attempt++) {
    try {
      return await open(redirectUrl, url, port);
    } catch (cause) {
      const code = systemCode(cause) ?? 'unknown';
      if (code === 'EADDRINUSE' && port === 0 && attempt < attempts) continue;
      const reason = code === 'EADDRINUSE' ? 'is already in use' : `cannot be used: ${code}`;
      return fail('LOGIN_UNAVAILABLE', `port ${port} of the redirect URL ${url.href} ${reason}`, {
        cause,
        remedy:
          'Close the program that uses the port, or omit `oidc-redirect-url` to use a free port. To log in without a redirect, use `browser`.',
      });
    }
  }
}

function parseRedirectUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isLoopback = url?.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  const isPlain = url !== undefined && `${url.username}${url.password}${url.search}${url.hash}` === '';
  if (isLoopback && isPlain) return url;
  return fail('USAGE', 'the value of `oidc-redirect-url` is not an http URL of this machine', {
    remedy:
      'Use a URL such as http://localhost:8400/auth/callback, with the host localhost, 127.0.0.1 or [::1] and without a query. Port 0 stands for a free port.',
  });
}

async function open(given: string, wanted: URL, port: number): Promise<RedirectServer> {
  const answer = new Answer();
  const server = createServer((request, response) => void answer.take(request, response, wanted.pathname));
  // A browser can resolve localhost to either address, and no other program may answer at one of them.
  const [host, otherHost] = wanted.hostname === 'localhost' ? ['127.0.0.1', '::1'] : [unbracketed(wanted.hostname)];
  await listen(server, host ?? '', port);
  const servers = [server];
  const url = new URL(wanted);
  url.port = String((server.address() as AddressInfo).port);
  if (otherHost !== undefined) {
    const other = createServer((request, response) => void answer.take(request, response, wanted.pathname));
    try {
      await listen(other, otherHost, Number(url.port || 80));
      servers.push(other);
    } catch (error) {
      // A machine without IPv6 resolves localhost to the first address alone.
      if (!['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(systemCode(error) ?? '')) {
        await close(server);
        throw error;
      }
    }
  }
  return {
    // Providers compare it with the registered text.
    uri: port === 0 ? url.href : given,
    answered: (handle, end) => answer.handled(handle, end),
    [Symbol.asyncDispose]: async () => {
      await answer.shown();
      await Promise.all(servers.map(close));
    },
  };
}

function unbracketed(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** The answer to one login: its parameters, and the page that the browser shows in the end. */
class Answer {
  #query: string | undefined;
  readonly #arrived = deferred<URLSearchParams>();
  readonly #failed = deferred<never>();
  readonly #page = deferred<RedirectPage>();
  readonly #responses: Promise<void>[] = [];

  async take(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    this.#responses.push(new Promise((resolve) => response.once('close', () => resolve())));
    request.resume();
    const [pathname = '', query = ''] = (request.url ?? '').split(/\?(.*)/s);
    // Browsers also request an icon.
    if (pathname !== path) return send(response, notFoundPage);
    if (request.method !== 'GET') return send(response, methodPage);
    if (this.#query === undefined) {
      this.#query = query;
      this.#arrived.resolve(new URLSearchParams(query));
    } else if (this.#query !== query) {
      // Reloading the page repeats the same answer. A different one is from somebody else.
      this.#failed.reject(
        new CountersignError('LOGIN_INVALID', 'the login was answered twice, with different parameters', {
          remedy:
            'Log in again. If it happens again, another program on this machine or a web page interferes with the login.',
        }),
      );
    }
    send(response, await this.#page.promise);
  }

  async handled<T>(handle: (parameters: URLSearchParams) => Promise<T>, end: AbortSignal): Promise<T> {
    const abort = (): void => this.#failed.reject(end.reason);
    end.addEventListener('abort', abort, { once: true });
    if (end.aborted) abort();
    try {
      const result = await Promise.race([this.#failed.promise, this.#arrived.promise.then(handle)]);
      this.#page.resolve(successPage);
      return result;
    } catch (error) {
      this.#page.resolve(failurePage);
      throw error;
    } finally {
      end.removeEventListener('abort', abort);
    }
  }

  /** Resolves when the browser has received every page, or has closed its connection. */
  async shown(): Promise<void> {
    this.#page.resolve(failurePage);
    await Promise.all(this.#responses);
  }
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: unknown) => void;
}

function deferred<T>(): Deferred<T> {
  let settle: Omit<Deferred<T>, 'promise'> | undefined;
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject };
  });
  // It may be rejected before anyone waits for it.
  promise.catch(() => undefined);
  return { promise, resolve: (value) => settle?.resolve(value), reject: (reason) => settle?.reject(reason) };
}

function send(response: ServerResponse, { status, headers, body }: RedirectPage): void {
  response.writeHead(status, headers).end(body);
}
