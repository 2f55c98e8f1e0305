/** A company's network on loopback: a server that only proxies reach, with a certificate of an authority that nobody else knows. */

import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer as createPlain, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createSecure } from 'node:https';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { certifyAuthority, subjectPublicKeyInfo } from '../../sandbox/pki/index.ts';
import { encodePem } from '../../src/core/encoding/index.ts';
import { makeLeaf } from '../core/certificate/made.ts';

const day = 24 * 3_600_000;

export interface Identity {
  /** PEM. */
  readonly key: string;
  readonly cert: string;
}

/** An authority, and certificates of it for hosts under `corp.test` and for 127.0.0.1. */
export function companyAuthority(now: Date): {
  /** PEM. */
  readonly certificate: string;
  readonly issue: (host: string, notBefore?: Date, notAfter?: Date) => Identity;
} {
  const [notBefore, notAfter] = [new Date(now.getTime() - 400 * day), new Date(now.getTime() + 400 * day)];
  const sources = { clock: () => now, random: (length: number) => new Uint8Array(randomBytes(length)) };
  const authority = certifyAuthority(
    {
      kind: 'P-256',
      notBefore,
      notAfter,
      marked: false,
      subject: { commonName: 'Company CA' },
      pathLength: 0,
      codeSigning: false,
      overrides: {},
    },
    sources,
  );
  return {
    certificate: encodePem('CERTIFICATE', authority.certificate),
    issue: (host, from = new Date(now.getTime() - day), until = new Date(now.getTime() + day)) => {
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const leaf = makeLeaf(authority, {
        publicKey: subjectPublicKeyInfo(publicKey),
        notBefore: from,
        notAfter: until,
        extendedKeyUsage: undefined,
        subjectAlternativeNames: { critical: true, names: [{ kind: 'dNSName', value: host }] },
      });
      return {
        key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
        cert: encodePem('CERTIFICATE', leaf),
      };
    },
  };
}

export interface Listening extends AsyncDisposable {
  readonly port: number;
  /** Every connection that was ever made. */
  readonly sockets: readonly Duplex[];
}

async function listening(server: Server, sockets: Duplex[]): Promise<Listening> {
  server.on('connection', (socket: Socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    sockets,
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** A server that speaks TLS. */
export function serveSecurely(identity: Identity, handle: RequestListener): Promise<Listening> {
  return listening(createSecure({ ...identity }, handle), []);
}

/** The answer of a proxy to CONNECT: `open` connects to the server, whatever the name; `hang` says nothing. */
export type Tunnel = 'open' | 'hang' | 'reset' | { readonly status: number } | { readonly account: string };

export interface TestProxy extends Listening {
  /** The targets of the requests, and the account of each. */
  readonly asked: readonly { readonly target: string; readonly account: string | undefined }[];
}

/** A proxy in front of the server that listens on a port. */
export async function serveProxy(tunnel: Tunnel, port: number, identity?: Identity): Promise<TestProxy> {
  const asked: { readonly target: string; readonly account: string | undefined }[] = [];
  const sockets: Duplex[] = [];
  const server = identity === undefined ? createPlain() : createSecure({ ...identity });
  server.on('connect', ({ url = '', headers }: IncomingMessage, socket: Duplex) => {
    const [, encoded] = /^Basic (.*)$/.exec(headers['proxy-authorization'] ?? '') ?? [];
    const account = encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString();
    asked.push({ target: url, account });
    socket.on('error', () => undefined);
    const refuse = (status: number): void =>
      void socket.end(`HTTP/1.1 ${status} hunter2\r\ncontent-type: text/html\r\n\r\n<html>hunter2</html>`);
    // A connection that is not read does not notice that the other end has closed it.
    if (tunnel === 'hang') return void socket.on('end', () => socket.end()).resume();
    if (tunnel === 'reset') return void socket.destroy();
    if (typeof tunnel === 'object' && 'status' in tunnel) return refuse(tunnel.status);
    if (typeof tunnel === 'object' && account !== tunnel.account) return refuse(407);
    const upstream = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    sockets.push(upstream);
    upstream.on('error', () => socket.destroy());
    socket.on('close', () => upstream.destroy());
  });
  return { ...(await listening(server, sockets)), asked };
}
