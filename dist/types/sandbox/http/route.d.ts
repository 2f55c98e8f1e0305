/** Routes: which of the sandbox's services handles a request. */
import type { HttpRequest, HttpResponse } from './message.ts';
/** The names of the services, for faults and in the record of requests. */
export declare const serviceNames: readonly ['oidc', 'fulcio', 'ct', 'timestamp', 'rekor-v1', 'rekor-v2', 'witness', 'tuf', 'artifacts', 'blobs', 'registry', 'github'];
export type ServiceName = (typeof serviceNames)[number];
export type Handler = (request: HttpRequest) => HttpResponse | Promise<HttpResponse>;
export interface Route {
    readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
    /** The whole path, or a prefix followed by `/*`. */
    readonly path: string;
    readonly handle: Handler;
    /** The size of the largest body, in bytes; 4 MiB by default. */
    readonly maxBodyLength?: number;
}
export interface Service {
    readonly name: ServiceName;
    readonly routes: readonly Route[];
}
/** The service and the route of a request, if there are any. */
export interface Destination {
    readonly service: ServiceName | undefined;
    readonly route: Route | undefined;
    /** The methods that the path takes. */
    readonly methods: readonly string[];
}
/** Finds the service and the route of a request. */
export declare function destinationOf(services: readonly Service[], method: string, pathname: string): Destination;
/** Reports whether a route's path matches a path. */
export declare function matches(path: string, pathname: string): boolean;
