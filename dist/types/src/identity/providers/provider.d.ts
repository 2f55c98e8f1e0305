/** The interface of a source of identity tokens. There is one file for each. */
import type * as fs from 'node:fs/promises';
import type { RunProgram, Secret } from '../../node/index.ts';
import type { Http } from '../../services/http/index.ts';
import type { ProviderName } from '../provider-names.ts';
import type { TokenKindName } from '../token-kind.ts';
/** The parts of the system that a provider uses. */
export interface ProviderWorld {
    readonly http: Http;
    readonly files: Pick<typeof fs, 'open' | 'stat' | 'readFile'>;
    readonly run: RunProgram;
}
/** The settings that lead a provider to a token. */
export interface TokenSettings {
    /** The path of a file that the caller named. */
    readonly file: string | undefined;
    /** The provider that the caller named. */
    readonly provider?: ProviderName | undefined;
    readonly environment: Environment;
    /** The login of a person; absent if no person starts the run. */
    readonly login?: PersonLogin | undefined;
}
/** A way to log in. */
export interface PersonLogin {
    /** The client as which the program is known to the issuer: the audience of the tokens. */
    readonly clientId: string;
    readonly request: () => Promise<Secret>;
}
export type Environment = Readonly<Record<string, string | undefined>>;
/**
 * The state of a provider in this environment: it can provide a token; the environment is the provider's, but has no token; or it is not
 * the provider's.
 */
export type Detection = 'ready' | 'without a token' | 'absent';
/** A source of identity tokens. */
export interface TokenProvider {
    readonly name: ProviderName;
    /** The name in messages: `GitLab CI/CD`. */
    readonly title: string;
    /** Looks for the provider in the environment. It requests nothing. */
    detect(settings: TokenSettings, world: ProviderWorld): Detection | Promise<Detection>;
    /** True if a request can wait forever, so that a signal must be able to end the program meanwhile. */
    readonly mayHang?: boolean;
    /**
     * Returns a function that requests a token. It can be called again each time that a token is needed.
     *
     * @throws CountersignError `USAGE` for settings that cannot lead to a token
     */
    open(settings: TokenSettings, world: ProviderWorld): () => Promise<Secret>;
    /** Returns the audience of its tokens, if it is not that of Sigstore. */
    audience?(settings: TokenSettings): string | undefined;
    /** The kinds of tokens that it provides; any kind if it is not set. */
    readonly kinds?: readonly TokenKindName[];
    /** Returns the issuer that the environment names. `undefined` if the environment does not name it. */
    issuer?(environment: Environment): string | undefined;
}
