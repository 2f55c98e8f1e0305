/** The origins that the sandbox listens at. What is another host in the real world is another origin here. */

import { HttpListener, type Traffic } from './http/index.ts';

export type OriginName = 'main' | 'rekor' | 'rekorV1' | 'artifacts' | 'blobs';
export type Origins = Readonly<Record<OriginName, HttpListener>>;

/** Opens all of them, or none. */
export async function openOrigins(
  ports: Readonly<Record<OriginName, number | undefined>>,
  traffic: Traffic,
): Promise<Origins> {
  const names = Object.keys(ports) as OriginName[];
  const opened = await Promise.allSettled(names.map((name) => HttpListener.listen(ports[name], traffic)));
  const listeners = opened.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const failure = opened.find((result) => result.status === 'rejected');
  if (failure !== undefined) {
    await Promise.all(listeners.map((listener) => listener.close()));
    throw failure.reason;
  }
  return Object.fromEntries(names.map((name, at) => [name, listeners[at]])) as unknown as Origins;
}

export async function closeOrigins(origins: Origins): Promise<void> {
  await Promise.all(Object.values(origins).map((listener) => listener.close()));
}
