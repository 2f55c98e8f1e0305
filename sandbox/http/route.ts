/** What is served where, and by which of the sandbox's services. */

import type { HttpRequest, HttpResponse } from './message.ts';

/** The services, by the names under which their requests are counted and their faults are set. */
export const serviceNames = [
  'oidc',
  'fulcio',
  'ct',
  'timestamp',
  'rekor-v1',
  'rekor-v2',
  'tuf',
  'artifacts',
  'blobs',
  'registry',
] as const;
export type ServiceName = (typeof serviceNames)[number];

export type Handler = (request: HttpRequest) => HttpResponse | Promise<HttpResponse>;

export interface Route {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH';
  /** The whole path, or a prefix if it ends in `/*`. */
  readonly path: string;
  readonly handle: Handler;
  /** In bytes; what Fulcio and Rekor take at most, if nothing is said. */
  readonly maxBodyLength?: number;
}

export interface Service {
  readonly name: ServiceName;
  readonly routes: readonly Route[];
}

/** Where a request leads: to a service, if to any, and to a route, or to a refusal. */
export interface Destination {
  readonly service: ServiceName | undefined;
  readonly route: Route | undefined;
  /** The methods that are served at the path. */
  readonly methods: readonly string[];
}

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

/** Whether a route's path is this one, or leads to it. */
export function matches(path: string, pathname: string): boolean {
  return path.endsWith('/*') ? pathname.startsWith(path.slice(0, -1)) : pathname === path;
}
