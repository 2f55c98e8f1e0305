import type * as fs from 'node:fs/promises';
import type { Secret } from '../../node/index.ts';
import type { Http } from '../../services/http/index.ts';

/** What a provider may use to get a token. */
export interface ProviderWorld {
  readonly http: Http;
  readonly files: Pick<typeof fs, 'open' | 'stat'>;
}

/** Where a program may find a token. */
export interface TokenSettings {
  /** The path of a file that the caller named. */
  readonly file: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** How to get a token for Sigstore, again each time that one is needed. */
export interface TokenRequest {
  /** Whether it waits for somebody who may never answer, so that a signal has to be able to end the program meanwhile. */
  readonly mayHang: boolean;
  readonly request: () => Promise<Secret>;
}

/** A source of identity tokens. It returns `undefined` where it has none. */
export type TokenProvider = (settings: TokenSettings, world: ProviderWorld) => TokenRequest | undefined;
