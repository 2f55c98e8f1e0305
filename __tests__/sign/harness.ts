/** A sandbox over real HTTP for the tests of signing: what is asked of it is written down, and what becomes of the key is watched. */

import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { expect } from '@jest/globals';
import { p256 } from '@noble/curves/nist.js';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import type { RandomBytes } from '../../src/core/crypto/index.ts';
import { encodeHex } from '../../src/core/encoding/index.ts';
import {
  readSigningConfig,
  readTrustedRoot,
  type SelectedServices,
  selectServices,
  type TrustedRoot,
} from '../../src/core/trust/index.ts';
import { type IdentityToken, readIdentityToken, requestToken } from '../../src/identity/index.ts';
import { Secret } from '../../src/node/index.ts';
import { type Http, type HttpConnections, openHttp } from '../../src/services/http/index.ts';

export const askForToken = 'GET /gha/token';
export const askForCertificate = 'POST /fulcio/api/v2/signingCert';
export const askForTimestamp = 'POST /tsa/api/v1/timestamp';
export const askForEntry = 'POST /api/v2/log/entries';

export const thresholds = { signedCertificateTimestamps: 1, logEntries: 1, timestamps: 1 };

export class Harness implements AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly clock: () => Date;
  readonly trust: TrustedRoot;
  readonly services: SelectedServices;
  readonly #connections: HttpConnections = openHttp('countersign-test');
  /** Method and path of each request. */
  requests: string[] = [];
  /** The tokens that were given out. */
  tokens: string[] = [];

  private constructor(sandbox: Sandbox, clock: () => Date) {
    this.sandbox = sandbox;
    this.trust = readTrustedRoot(JSON.stringify(sandbox.trustedRoot));
    this.services = selectServices(readSigningConfig(JSON.stringify(sandbox.signingConfig)), clock());
    this.clock = clock;
  }

  static async start(clock = () => new Date()): Promise<Harness> {
    return new Harness(await startSandbox({ clock }), clock);
  }

  /** The real client. */
  readonly http: Http = (request) => {
    this.requests.push(`${request.method} ${request.url.pathname}`);
    return this.#connections.send(request);
  };

  readonly requestIdentity = async (): Promise<IdentityToken> => {
    const { requestUrl: url, requestToken: secret } = this.sandbox.jobTokens;
    const token = (await requestToken(this.http, { url, requestToken: new Secret(secret) })).reveal();
    this.tokens.push(token);
    return readIdentityToken(token, this.clock(), 'https://github.com');
  };

  count(request: string): number {
    return this.requests.filter((each) => each === request).length;
  }

  forget(): void {
    this.requests = [];
    this.tokens = [];
  }

  expectNoToken(error: unknown): void {
    const shown = `${inspect(error, { depth: null, showHidden: true, maxStringLength: null })}${JSON.stringify(error)}`;
    for (const part of [...this.tokens.flatMap((token) => token.split('.')), this.sandbox.jobTokens.requestToken]) {
      for (let at = 0; at + 16 <= part.length; at += 16) expect(shown.includes(part.slice(at, at + 16))).toBe(false);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#connections[Symbol.dispose]();
    await this.sandbox.close();
  }
}

export interface KeyWatch extends Disposable {
  readonly random: RandomBytes;
  /** The number of keys that were made. */
  readonly made: number;
  /** The number of keys that were overwritten, together with their seeds. */
  readonly overwritten: number;
}

/**
 * A source of random bytes from which the keys are known, and a look at what is filled with zeros. The secret itself is held
 * where no one can get at it: that it is overwritten shows only in the act.
 */
export function watchKeys(): KeyWatch {
  const seeds = new Map<string, Uint8Array>();
  const filled = new Set<string>();
  const random: RandomBytes = (length) => {
    const bytes = new Uint8Array(randomBytes(length));
    if (length === 48) seeds.set(encodeHex(p256.utils.randomSecretKey(new Uint8Array(bytes))), bytes);
    return bytes;
  };
  const { fill } = Uint8Array.prototype;
  Uint8Array.prototype.fill = function (this: Uint8Array, ...args: Parameters<Uint8Array['fill']>) {
    if (args.length === 1 && args[0] === 0 && this.length === 32) filled.add(encodeHex(this));
    return fill.apply(this, args);
  } as typeof fill;
  return {
    random,
    get made(): number {
      return seeds.size;
    },
    get overwritten(): number {
      return [...seeds].filter(([secret, seed]) => filled.has(secret) && seed.every((byte) => byte === 0)).length;
    },
    [Symbol.dispose]: () => {
      Uint8Array.prototype.fill = fill;
    },
  };
}
