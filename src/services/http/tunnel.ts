/** Connections through a proxy (RFC 9110, section 9.3.6: CONNECT). TLS is spoken with the host: the proxy sees its name alone. */

import { type ClientRequest, request as requestPlain } from 'node:http';
import { Agent, type AgentOptions, request as requestSecure } from 'node:https';
import type { Duplex } from 'node:stream';
import { systemCode } from '../../core/errors/index.ts';
import type { ForwardProxy } from './proxy.ts';

/** The failure of a proxy, as opposed to one of the host behind it. */
export class ProxyFailure extends Error {
  readonly proxy: ForwardProxy;
  /** The status that it answered, if it did. */
  readonly status: number | undefined;

  constructor(proxy: ForwardProxy, status: number | undefined, cause?: unknown) {
    super(`the proxy ${proxy.url.origin} failed`, { cause });
    this.proxy = proxy;
    this.status = status;
  }

  /** The code of the system's error, if the proxy was not reached. */
  get code(): string | undefined {
    return systemCode(this.cause);
  }
}

/** Keeps connections to one host alive, each in a tunnel of its own. */
export class TunnelAgent extends Agent {
  readonly #proxy: ForwardProxy;
  /** The tunnels that are being opened. A proxy may leave any of them without an answer. */
  readonly #opening = new Set<ClientRequest>();

  constructor(proxy: ForwardProxy, options: AgentOptions) {
    super(options);
    this.#proxy = proxy;
  }

  override createConnection(
    options: AgentOptions & { readonly host?: string | null },
    callback?: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    const done = callback as ((error: Error | null, stream?: Duplex) => void) | undefined;
    const secure = (socket: Duplex) => super.createConnection({ ...options, socket } as typeof options) as Duplex;
    this.#open(options).then(
      (socket) => done?.(null, secure(socket)),
      (error: Error) => done?.(error),
    );
  }

  #open({ host, port }: AgentOptions & { readonly host?: string | null }): Promise<Duplex> {
    const proxy = this.#proxy;
    const { protocol, hostname, port: proxyPort } = proxy.url;
    const target = `${host?.includes(':') ? `[${host}]` : host}:${port}`;
    const request = (protocol === 'https:' ? requestSecure : requestPlain)({
      method: 'CONNECT',
      host: hostname.replace(/^\[(.*)\]$/, '$1'),
      port: proxyPort || (protocol === 'https:' ? 443 : 80),
      path: target,
      headers: {
        host: target,
        ...(proxy.authorization !== undefined && { 'proxy-authorization': proxy.authorization }),
      },
      agent: false,
    });
    this.#opening.add(request);
    return new Promise<Duplex>((resolve, reject) => {
      request.once('connect', ({ statusCode = 0 }, socket, head) => {
        if (statusCode >= 200 && statusCode < 300) {
          if (head.length > 0) socket.unshift(head);
          resolve(socket);
          return;
        }
        socket.destroy();
        reject(new ProxyFailure(proxy, statusCode));
      });
      request.once('error', (cause) => reject(new ProxyFailure(proxy, undefined, cause)));
      request.end();
    }).finally(() => this.#opening.delete(request));
  }

  override destroy(): void {
    for (const request of this.#opening) request.destroy();
    super.destroy();
  }
}
