/** Routes: which of the sandbox's services handles a request. */

import type { HttpRequest, HttpResponse } from './message.ts';

/** The names of the services, for faults and in the record of requests. */
export const serviceNames = [
  'oidc',
  'fulcio',
  'ct',
  'timestamp',
  'rekor-v1',
  'rekor-v2',
  'witness',
  'tuf',
  'artifacts',
  'blobs',
  'registry',
  'github',
] as const;
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
export function destinationOf(services: readonly Service[], method: string, pathname: string): Destination {
  for (const { name, routes } of services) {
    const there = routes.filter(({ path }) => matches(path, pathname));
    if (there.length > 0) {
      const route = there.find((candidate) => candidate.method === method);
      return { service: name, route, methods: there.map((candidate) => candidate.method) };
    }
  }
  return { service: undefined, route: undefined, methods: [] };
}

/** Reports whether a route's path matches a path. */
export function matches(path: string, pathname: string): boolean {
  return path.endsWith('/*') ? pathname.startsWith(path.slice(0, -1)) : pathname === path;
}
