/** HTTP on loopback, with routes, bounded bodies, and faults. Closing it leaves no socket open. */
import { type Stray } from './refusal.ts';
import { type Service } from './route.ts';
import { Traffic } from './traffic.ts';
/** An origin. It listens before it has routes, because the names of issuers and logs contain its port. */
export declare class HttpListener implements AsyncDisposable {
    #private;
    readonly origin: string;
    private constructor();
    /** Starts to listen on loopback, by default on any free port. */
    static listen(port?: number, traffic?: Traffic): Promise<HttpListener>;
    serve(services: readonly Service[], stray?: Stray): void;
    /** Stops listening and ends every connection, including those with a request in progress. */
    close(): Promise<void>;
    [Symbol.asyncDispose](): Promise<void>;
}
