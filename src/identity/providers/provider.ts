import type * as fs from 'node:fs/promises';
import type { Secret } from '../../node/index.ts';
import type { Http } from '../../services/http/index.ts';

/** The network and file system that a provider uses. */
export interface ProviderWorld {
  readonly http: Http;
  readonly files: Pick<typeof fs, 'open' | 'stat'>;
}

/** The settings that lead a provider to a token. */
export interface TokenSettings {
  /** The path of a file that the caller named. */
  readonly file: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** A request for a token, which can be made again each time that one is needed. */
export interface TokenRequest {
  /** True if it can wait for ever: a signal must be able to end the program meanwhile. */
  readonly mayHang: boolean;
  readonly request: () => Promise<Secret>;
}

/** A source of identity tokens. It returns `undefined` where it has none. */
export type TokenProvider = (settings: TokenSettings, world: ProviderWorld) => TokenRequest | undefined;
