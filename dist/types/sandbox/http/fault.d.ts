/** Faults: what can go wrong between a client and a service. */
import type { Exchange } from './exchange.ts';
import type { HttpResponse } from './message.ts';
import type { Handler } from './route.ts';
/** Handles a request in place of its service. */
export type Fault = (exchange: Exchange) => void | Promise<void>;
export interface StatusOptions {
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string | Uint8Array;
}
/** The page of a load balancer that cannot reach its service. */
export declare const htmlPage = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n";
/**
 * The faults that can be set on a service.
 *
 * @example
 * sandbox.faults.set('fulcio', fault.status(429, { headers: { 'retry-after': '1' } }), 2);
 * sandbox.faults.set('rekor-v1', fault.afterEffect(fault.refuse()), 1); // the retry finds its own entry
 * sandbox.faults.set('timestamp', fault.stall());
 */
export declare const fault: {
    /** Resets the connection at once. */
    refuse: () => Fault;
    /** Answers with a status, and with a page of HTML unless a body is given: failures are rarely in the service's own JSON. */
    status: (status: number, { headers, body }?: StatusOptions) => Fault;
    /** Reads the request, and never answers. */
    stall: () => Fault;
    /** Sends the right answer, so many bytes at a time. */
    slow: ({ bytes, everyMilliseconds }?: {
        bytes?: number | undefined;
        everyMilliseconds?: number | undefined;
    }) => Fault;
    /** Sends the first half of the right answer, with a length of more than the whole, and ends the connection. */
    truncated: () => Fault;
    /** Answers with success and meaningless bytes. The service does nothing. */
    garbage: (status?: number) => Fault;
    /** Answers with success and more bytes than a client should read: 64 MiB. With `declared`, the headers state that length. */
    oversized: ({ bytes, declared }?: {
        bytes?: number | undefined;
        declared?: boolean | undefined;
    }) => Fault;
    /** Answers with success and bytes that gzip has compressed about a thousand times, whether or not the client accepts gzip. */
    gzipBomb: ({ bytes }?: {
        bytes?: number | undefined;
    }) => Fault;
    /** Compresses a successful answer of the service with gzip, whether or not the client accepts it. */
    gzip: () => Fault;
    /** Does something else, such as adding entries to a log, before the service answers. */
    meanwhile: (act: () => void | Promise<void>) => Fault;
    /** Has the service do its work, and then answers with status 500 or with another fault. */
    afterEffect: (then?: Fault) => Fault;
    /** Answers in place of the service, which does nothing. */
    instead: (handle: Handler) => Fault;
    /** Alters the answer of the service. */
    altered: (alter: (right: HttpResponse) => HttpResponse) => Fault;
};
