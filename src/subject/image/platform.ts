/** Platforms of images, as people name them. */

import { fail } from '../../core/errors/index.ts';
import type { Platform } from '../../services/registry/index.ts';

/**
 * Parses the name of a platform: `linux/amd64`, or `linux/arm64/v8`.
 *
 * @throws CountersignError `USAGE`
 */
export function parsePlatform(text: string): Platform {
  const [os = '', architecture = '', variant, ...more] = text.split('/');
  const isPlain = [os, architecture, variant ?? 'v'].every((part) => /^[a-z0-9][a-z0-9._-]{0,63}$/.test(part));
  if (!isPlain || more.length > 0)
    fail('USAGE', `${JSON.stringify(text.slice(0, 200))} is not a valid platform`, {
      remedy: 'Set `platform` to an operating system and an architecture: linux/amd64, or linux/arm64/v8.',
    });
  return { os, architecture, ...(variant !== undefined && { variant }) };
}

/** The variants that programs leave out. */
const usualVariants: ReadonlyMap<string, string> = new Map([
  ['arm64', 'v8'],
  ['arm', 'v7'],
]);

/** Reports whether a platform is the one that is wanted. One without variant stands for all variants. */
export function isPlatform(platform: Platform, wanted: Platform): boolean {
  return isSameMachine(platform, wanted) && (wanted.variant === undefined || variantOf(platform) === variantOf(wanted));
}

/** Reports whether two statements about one image agree. Programs leave out variants that the other states. */
export function agree(a: Platform, b: Platform): boolean {
  return isSameMachine(a, b) && (a.variant === undefined || b.variant === undefined || variantOf(a) === variantOf(b));
}

function isSameMachine(a: Platform, b: Platform): boolean {
  return a.os === b.os && a.architecture === b.architecture;
}

function variantOf({ architecture, variant }: Platform): string {
  return variant ?? usualVariants.get(architecture) ?? '';
}

/** Reports whether an entry of an index is marked as no image: no container runtime selects this platform. */
export function isNoPlatform(platform: Platform | undefined): boolean {
  return platform?.os === 'unknown' && platform.architecture === 'unknown';
}
