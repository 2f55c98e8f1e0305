/** The settings of a login, and the parts of the world that it needs. */
import type { RandomBytes } from '../../core/crypto/index.ts';
import type { Http, Sleep } from '../../services/http/index.ts';
import type { Environment } from '../providers/provider.ts';
/** The way to log in: in a browser on this machine, with a code that the person copies, or on another device. */
export type LoginMethod = 'browser' | 'code' | 'device';
export interface LoginSettings {
    /** The method; `undefined` for the browser where there is one, and the code elsewhere. */
    readonly method: LoginMethod | undefined;
    /** Returns the URL of the issuer. It may depend on the instance, which is loaded for this. */
    readonly issuer: () => Promise<string>;
    readonly clientId: string;
    /** The redirect URI; port 0 stands for a free port. */
    readonly redirectUrl: string | undefined;
    /** The name of the instance that will publish the email address. */
    readonly instance: string;
    /** True if the person has agreed to the publication with an option. */
    readonly isAgreed: boolean;
}
/** The terminal of the person. */
export interface Terminal {
    /** True if a person can answer questions. */
    readonly isInteractive: boolean;
    readonly print: (line: string) => void;
    /** Asks a question, and returns one line; `undefined` at the end of the input. Rejects when the signal is aborted. */
    readonly ask: (question: string, end: AbortSignal) => Promise<string | undefined>;
}
export interface LoginWorld {
    readonly http: Http;
    readonly clock: () => Date;
    readonly random: RandomBytes;
    /** Aborted when the run is cancelled. */
    readonly cancellation: AbortSignal;
    readonly environment: Environment;
    readonly terminal: Terminal;
    /** Opens a page in a browser. Resolves with the reason if that fails, and with `undefined` if it succeeds. */
    readonly openBrowser: (url: URL) => Promise<string | undefined>;
    readonly sleep: Sleep;
    /** Returns a signal that is aborted after some milliseconds. */
    readonly timeout: (milliseconds: number) => AbortSignal;
}
