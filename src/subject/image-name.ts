/** Telling how an image was named: what it is called in a registry, or where it is on disk. */

import { sep, win32 } from 'node:path';
import { fail } from '../core/errors/index.ts';
import { type ImageReference, parseImageReference } from '../services/registry/index.ts';

export type ImageName =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'reference'; readonly reference: ImageReference };

/**
 * Reads how an image was named. A path begins with `./`, `../` or `/` (on Windows with `\` too, or a drive), or comes after skopeo's `oci:`,
 * `oci-archive:` or `docker-archive:`. Anything else is a name; gh's `oci://` may stand before it.
 *
 * @param separator the platform's, of paths
 * @throws CountersignError `USAGE`
 *
 * @example
 * readImageName('ghcr.io/owner/app:1.2'); // a reference, as is oci://ghcr.io/owner/app:1.2
 * readImageName('./build/app.tar'); // a path, as is docker-archive:build/app.tar
 */
export function readImageName(written: string, separator: string = sep): ImageName {
  const [, path] = /^(?:oci|oci-archive|docker-archive):(?!\/\/)(.*)$/s.exec(written) ?? [];
  if (path === '') fail('USAGE', `${JSON.stringify(written)} names no path after the colon`);
  if (path !== undefined) return { kind: 'path', path };
  const begins = separator === win32.sep ? /^(?:\.{0,2}[\\/]|[A-Za-z]:[\\/])/ : /^\.{0,2}\//;
  if (begins.test(written)) return { kind: 'path', path: written };
  return { kind: 'reference', reference: parseImageReference(written.replace(/^oci:\/\//, '')) };
}

/**
 * Reads the name of an image whose registry is to say what is attached to it.
 *
 * @throws CountersignError `USAGE`, also for one that is on disk
 */
export function readRegistryName(written: string): ImageReference {
  const name = readImageName(written);
  if (name.kind === 'reference') return name.reference;
  return fail(
    'USAGE',
    `${JSON.stringify(written)} is a path, of an image on disk, to which nothing is attached there`,
    {
      remedy:
        'Give its name: registry/name:tag, or registry/name@sha256:…. Its digest alone is verified with the path of a bundle.',
    },
  );
}
