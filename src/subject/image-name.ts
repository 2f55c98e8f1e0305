/** Telling how an image was named: where it is on disk, or what it is called in a registry. */

import { type ImageReference, parseImageReference } from '../services/registry/index.ts';

export type ImageName =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'reference'; readonly reference: ImageReference };

/** No name of an image begins like this. */
const pathShape = /^(?:\.{0,2}[/\\]|[A-Za-z]:[/\\])/;
/** As skopeo and podman mark paths; two slashes mark a name, as gh does. */
const markedPath = /^(?:oci|oci-archive|docker-archive):(?!\/\/)(.+)$/s;
const markedName = /^oci:\/\/(.*)$/s;

/**
 * Reads how an image was named. What may be either is a name: a path begins with `./`.
 *
 * @throws CountersignError `USAGE` for what is neither
 *
 * @example
 * readImageName('ghcr.io/owner/app:1.2'); // a reference, as is oci://ghcr.io/owner/app:1.2
 * readImageName('./build/app.tar'); // a path, as is docker-archive:build/app.tar
 */
export function readImageName(text: string): ImageName {
  if (pathShape.test(text)) return { kind: 'path', path: text };
  const [, path] = markedPath.exec(text) ?? [];
  if (path !== undefined) return { kind: 'path', path };
  const [, name = text] = markedName.exec(text) ?? [];
  return { kind: 'reference', reference: parseImageReference(name) };
}
