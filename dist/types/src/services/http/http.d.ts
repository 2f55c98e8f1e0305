/** The one way to the network: proxies, deadlines, size limits, no redirects, errors that name the service. */
import type { lookup } from 'node:dns';
import { type Environment } from './proxy.ts';
export interface HttpRequest {
    readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
    readonly url: URL;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string | Uint8Array | StreamedBody;
    /** Receives the body of a response with status 200, which then is empty. `maxBodyLength` applies. */
    readonly sink?: ByteSink;
    /** The name of the service in errors: "the certificate authority". */
    readonly service: string;
    /** From the first byte sent to the last byte read. */
    readonly timeoutMilliseconds: number;
    /** The longest time in which nothing is sent or received. By default only the whole request has a limit. */
    readonly stallMilliseconds?: number;
    /** A longer body is refused while it is being read. */
    readonly maxBodyLength: number;
    /** The time after which the response is of no use, such as the end of the certificate's validity: no attempt starts after it. */
    readonly usefulUntil?: Date;
    /**
     * The part of a response that errors may quote: its message, only if no secret was sent; the code that a protocol defines; or
     * nothing, by default.
     */
    readonly quotes?: 'message' | 'code';
    /** Statuses that here mean "not yet", and are retried like those that always do. */
    readonly notYet?: readonly number[];
    /** Statuses that may be those of a moment. They are retried a few times, and then are an answer. */
    readonly mayPass?: readonly number[];
    /** Statuses that are answers here, although a later attempt could have another result. They are not retried. */
    readonly final?: readonly number[];
    /** True for a request whose effect must not happen twice, such as opening an issue. It is sent once, on a connection of its own. */
    readonly once?: boolean;
    /**
     * Called each time that the service is down or busy, also if the request is sent again.
     *
     * @param askedToWait the milliseconds of `Retry-After`; 0 without it
     */
    readonly onOutage?: (askedToWait: number) => void;
}
/** A body that is read while it is sent, so that its length does not matter. */
export interface StreamedBody {
    /** In bytes. It is stated in advance, and a body of another length is an error. */
    readonly length: number;
    /** Begins to read. Called once for each time that the request is sent. */
    readonly open: () => AsyncIterable<Uint8Array>;
}
/** Receives a body piece by piece. */
export interface ByteSink {
    /** Called before the first piece, and again if the request is sent again. */
    readonly begin: () => void;
    /** Takes a piece, which the caller uses again afterwards. The next piece waits for it. */
    readonly take: (bytes: Uint8Array) => void | Promise<void>;
}
export interface HttpResponse {
    readonly status: number;
    readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
    readonly body: Uint8Array;
    /** True if a secret was sent to this origin, by this request or an earlier one. */
    readonly followsSecret?: boolean;
}
/** Sends one request. Never follows a redirect: a token must not travel to where a server points. */
export type Http = (request: HttpRequest) => Promise<HttpResponse>;
/** A client whose connections are kept alive until it is disposed of. */
export interface HttpConnections extends Disposable {
    readonly send: Http;
}
/** The system that a client runs on. */
export interface HttpSystem {
    readonly environment: Environment;
    /** Its time is in errors about certificates. */
    readonly clock: () => Date;
    /**
     * The addresses that are reached. `public`: only public ones, and this machine if the URL names it, for URLs that lead to hosts of others. A
     * proxy resolves names itself, and decides which addresses it reaches.
     */
    readonly addresses: 'any' | 'public';
    /** The system's resolver of names. */
    readonly resolve: typeof lookup;
}
/**
 * Opens a client. Proxies are taken from the environment (`https_proxy`, `no_proxy`), loopback never goes through one.
 *
 * @param userAgent how the client names itself to the services
 * @param cancellation aborts every request that is under way, and every later one
 */
export declare function openHttp(userAgent: string, cancellation?: AbortSignal, system?: Partial<HttpSystem>): HttpConnections;
