/** A request in progress, from its headers to the last byte of its answer. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpRequest, HttpResponse } from './message.ts';
import type { Handler } from './route.ts';
export declare class Exchange {
    #private;
    readonly url: URL;
    readonly request: IncomingMessage;
    readonly response: ServerResponse;
    constructor(url: URL, request: IncomingMessage, response: ServerResponse, handle: Handler, maxBodyLength: number, onChunk: (chunk: Uint8Array) => void);
    /** Reads the request with its whole body. */
    read(): Promise<HttpRequest>;
    /** Has the service handle the request, and returns its answer or refusal without sending it. */
    answer(handle?: Handler): Promise<HttpResponse>;
    send({ status, headers, body }: HttpResponse): void;
    /** Sends only a status and headers. */
    head(status: number, headers: Readonly<Record<string, string>>): void;
}
