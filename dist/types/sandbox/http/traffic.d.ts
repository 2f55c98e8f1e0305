/** The requests to the sandbox's listeners, and the faults that are set on them. */
import type { IncomingMessage } from 'node:http';
import type { Fault } from './fault.ts';
import type { ServiceName } from './route.ts';
export interface RequestRecord {
    /** Absent for a path that no service takes. */
    readonly service: ServiceName | undefined;
    readonly method: string;
    /** The path, without its query, which may be a credential. */
    readonly path: string;
    /** Returns the target with its query, the headers, and the body as far as it was read; `undefined` once forgotten. */
    content(): Uint8Array | undefined;
}
/** A request that is recorded while it is received. */
export declare class ReceivedRequest implements RequestRecord {
    #private;
    readonly service: ServiceName | undefined;
    readonly method: string;
    readonly path: string;
    constructor(service: ServiceName | undefined, path: string, { method, url, rawHeaders }: IncomingMessage);
    get length(): number;
    /** Adds a piece of the body, and returns how many bytes it takes: none, if the request was forgotten meanwhile. */
    add(chunk: Uint8Array): number;
    forget(): void;
    content(): Uint8Array | undefined;
}
/** An endpoint of a service: the requests whose `METHOD /path?query` matches. */
export interface Endpoint {
    readonly service: ServiceName;
    readonly matching: RegExp;
}
/**
 * The faults that are set.
 *
 * @example
 * faults.set('oidc', fault.status(503), 3); // the next three requests
 * faults.set('tuf', fault.stall()); // all requests, until cleared
 * faults.set({ service: 'artifacts', matching: /FinalizeArtifact$/ }, fault.refuse(), 1);
 * faults.set('rekor-v2', fault.status(500), { skip: 100, times: 1 }); // the hundred and first
 */
export declare class Faults {
    #private;
    /** Sets a fault for the next requests to a service or to one of its endpoints, and replaces an earlier one for the same target. */
    set(target: ServiceName | Endpoint, fault: Fault, times?: number | {
        readonly skip?: number;
        readonly times?: number;
    }): void;
    /** Removes the faults of a service, or all faults. */
    clear(service?: ServiceName): void;
    /** Returns the fault for a request, if there is one, and counts the request. */
    take(service: ServiceName | undefined, line: string): Fault | undefined;
}
/** The requests to several listeners, in order, and the faults of their services. */
export declare class Traffic {
    #private;
    readonly faults: Faults;
    constructor(recorded?: boolean);
    get requests(): readonly RequestRecord[];
    record(request: ReceivedRequest): void;
    /** Records a piece of the body of a request. */
    recordBody(request: ReceivedRequest, chunk: Uint8Array): void;
}
