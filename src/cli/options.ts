/** What several commands read in the same way. */

import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import type { LogVersion } from '../core/trust/index.ts';
import type { InstanceName, InstanceRequest } from '../run/index.ts';

export const instanceNames: readonly InstanceName[] = ['public-good', 'github', 'staging', 'custom', 'sandbox'];

/** The options that say which Sigstore it is about. */
export interface InstanceOptions {
  readonly instance: InstanceName;
  readonly trustedRoot?: string;
  readonly signingConfig?: string;
  readonly tufUrl?: string;
  readonly tufRoot?: string;
  readonly offline?: boolean;
  readonly offlineStale?: boolean;
  readonly logVersion?: '1' | '2';
}

/** The instance that the options describe. What is fetched for it is kept where programs keep such things. */
export function instanceRequest(
  { instance: name, ...options }: InstanceOptions,
  purpose: InstanceRequest['purpose'],
): InstanceRequest {
  const path = (given: string | undefined): string | undefined => (given === undefined ? undefined : resolve(given));
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return {
    name,
    purpose,
    trustedRoot: path(options.trustedRoot),
    signingConfig: path(options.signingConfig),
    tufUrl: options.tufUrl,
    tufRoot: path(options.tufRoot),
    logVersion: options.logVersion === undefined ? undefined : (Number(options.logVersion) as LogVersion),
    cacheDirectory: join(cache, 'countersign', 'tuf'),
    mode: options.offlineStale ? 'offline-stale' : options.offline ? 'offline' : 'online',
  };
}

const unitMilliseconds = { '': 1000, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** A duration: `90s`, `5m`, `1h`. */
export function parseDuration(text: string): number {
  const [, count, unit = ''] = /^(\d{1,6})([smh]?)$/.exec(text) ?? [];
  if (count === undefined) throw new InvalidArgumentError('Write a duration as 90s, 5m or 1h.');
  return Number(count) * unitMilliseconds[unit as keyof typeof unitMilliseconds];
}

export function parseConcurrency(text: string): number {
  const count = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > 256) throw new InvalidArgumentError('Give a number from 1 to 256.');
  return count;
}

/** Collects an option that may be given several times. */
export function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}
