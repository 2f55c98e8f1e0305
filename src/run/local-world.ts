/** The world of whoever needs no network as a rule: it is opened when something is asked of it, and not even loaded before. */

import { randomBytes } from 'node:crypto';
import * as files from 'node:fs/promises';
import type { SystemWorldOptions } from './system-world.ts';
import type { World } from './world.ts';

const never = new AbortController().signal;

export function localWorld(options: SystemWorldOptions = {}): World & Disposable {
  let network: Promise<World & Disposable> | undefined;
  const open = async (): Promise<World & Disposable> => (await import('./system-world.ts')).systemWorld(options);
  return {
    clock: () => new Date(),
    random: randomBytes,
    http: async (request) => {
      network ??= open();
      return (await network).http(request);
    },
    files,
    cancellation: options.cancellation ?? never,
    [Symbol.dispose]: () => void network?.then((opened) => opened[Symbol.dispose]()),
  };
}
