/** The origins that the sandbox listens at: one for each host that a real Sigstore has. */

import { readUint } from '../src/core/encoding/index.ts';
import { CountersignError, fail } from '../src/core/errors/index.ts';
import { HttpListener, type Traffic } from './http/index.ts';
import type { RandomBytes } from './sources.ts';

export const originNames = [
  'main',
  'rekor',
  'rekorV1',
  'frozenRekor',
  'artifacts',
  'blobs',
  'registry',
  'registryWithoutReferrers',
  'github',
  'githubUploads',
  'githubWeb',
] as const;
/** Origins added later: older state files have no port for them, and nothing in the state names them by their ports. */
export const laterOriginNames: readonly OriginName[] = [
  'registry',
  'registryWithoutReferrers',
  'github',
  'githubUploads',
  'githubWeb',
];
export type OriginName = (typeof originNames)[number];
export type Ports = Readonly<Record<OriginName, number>>;
export type Origins = Readonly<Record<OriginName, HttpListener>>;

/**
 * Opens all origins, or none. Port 0 is any free port.
 *
 * @throws CountersignError `USAGE` if a port is taken
 */
export async function openOrigins(ports: Ports, traffic: Traffic): Promise<Origins> {
  const opened = await Promise.allSettled(originNames.map((name) => HttpListener.listen(ports[name], traffic)));
  const listeners = opened.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const failure = opened.find((result) => result.status === 'rejected');
  if (failure !== undefined) {
    await Promise.all(listeners.map((listener) => listener.close()));
    failPort(failure.reason);
  }
  return Object.fromEntries(originNames.map((name, at) => [name, listeners[at]])) as unknown as Origins;
}

/** Ports below those that systems assign to others, so that they are likely to be free at each start. */
const keepable = { from: 20_000, count: 10_000 };
const attempts = 20;

/**
 * Opens one more origin, at a port, or at one that is free and likely to be free at the next start.
 *
 * @throws CountersignError `USAGE` if the port is taken
 */
export async function openFurther(traffic: Traffic, random: RandomBytes, port?: number): Promise<HttpListener> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await HttpListener.listen(port ?? keepable.from + (Number(readUint(random(4))) % keepable.count), traffic);
    } catch (error) {
      if (port !== undefined || attempt === attempts) failPort(error);
    }
  }
}

/** Opens all origins at consecutive ports that are free, and likely to be free at the next start. */
export async function openKeepable(traffic: Traffic, random: RandomBytes): Promise<Origins> {
  for (let attempt = 1; ; attempt++) {
    const offset = Number(readUint(random(4))) % (keepable.count - originNames.length);
    try {
      return await openOrigins(
        portsBy((_, at) => keepable.from + offset + at),
        traffic,
      );
    } catch (error) {
      if (!(error instanceof CountersignError) || attempt === attempts) throw error;
    }
  }
}

export function portsOf(origins: Origins): Ports {
  return portsBy((name) => Number(new URL(origins[name].origin).port));
}

export function portsBy(port: (name: OriginName, at: number) => number): Ports {
  return Object.fromEntries(originNames.map((name, at) => [name, port(name, at)])) as Ports;
}

export async function closeOrigins(origins: Origins): Promise<void> {
  await Promise.all(Object.values(origins).map((listener) => listener.close()));
}

function failPort(cause: unknown): never {
  if (!(typeof cause === 'object' && cause !== null && 'code' in cause && 'port' in cause)) throw cause;
  const { code, port } = cause;
  if (code === 'EADDRINUSE')
    fail('USAGE', `port ${port} is already in use`, {
      cause,
      remedy:
        'If a sandbox with this state folder is already running, stop it. Otherwise, use a new folder, with another --port.',
    });
  fail('USAGE', `cannot listen on port ${port}: ${code}`, {
    cause,
    remedy: 'Use a new state folder, with another --port.',
  });
}
