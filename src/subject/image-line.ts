/** A line of the input `images`: an image's name, or the path of one on disk. */

import { sep, win32 } from 'node:path';
import { fail } from '../core/errors/index.ts';
import { type ImageReference, parseImageReference } from '../services/registry/index.ts';

export type ImageLine =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'reference'; readonly reference: ImageReference };

/**
 * Reads a line. A path begins with `./`, `../` or `/` (on Windows with `\` too, or a drive), or comes after skopeo's `oci:`,
 * `oci-archive:` or `docker-archive:`. Anything else is a name; gh's `oci://` may stand before it.
 *
 * @throws CountersignError `USAGE`
 */
export function readImageLine(line: string, separator: string = sep): ImageLine {
  const [, path] = /^(?:oci|oci-archive|docker-archive):(?!\/\/)(.*)$/s.exec(line) ?? [];
  if (path === '') fail('USAGE', `${JSON.stringify(line)} names no path after the colon`);
  if (path !== undefined) return { kind: 'path', path };
  const begins = separator === win32.sep ? /^(?:\.{0,2}[\\/]|[A-Za-z]:[\\/])/ : /^\.{0,2}\//;
  if (begins.test(line)) return { kind: 'path', path: line };
  return { kind: 'reference', reference: parseImageReference(line.replace(/^oci:\/\//, '')) };
}
