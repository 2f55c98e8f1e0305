/** Resources that predicates refer to. */

import type { Digest } from '../../core/crypto/index.ts';

import { encodeHex, type JsonObject } from '../../core/encoding/index.ts';
import { fail } from '../../core/errors/index.ts';

declare const checked: unique symbol;

/** A URI, or the relative path of a file as URIs write it. Made by {@link readResourceUri} and {@link relativeUri} only. */
export type ResourceUri = string & { readonly [checked]: true };

/** A resource descriptor (in-toto attestation framework): where a resource is, and what it contains. */
export interface Resource {
  readonly uri: ResourceUri;
  readonly digest: Digest;
}

/**
 * Reads a URI that a person specifies.
 *
 * @param name of the option
 * @throws CountersignError `USAGE` for a text that is not an absolute URI
 */
export function readResourceUri(text: string, name: string): ResourceUri {
  if (/^[A-Za-z][A-Za-z0-9+.-]*:[^\s\p{Cc}]+$/u.test(text)) return text as ResourceUri;
  return fail('USAGE', `\`${name}\` is ${JSON.stringify(text)}, which is not a URI`, {
    remedy: 'Specify a URI with a scheme, such as `https://example.com/app-1.2.tar.gz` or `pkg:npm/app@1.2.0`.',
  });
}

/** Returns a relative path, or the name of an image, as URIs write it. */
export function relativeUri(path: string): ResourceUri {
  return path.split(/[\\/]/).map(encodeURIComponent).join('/') as ResourceUri;
}

/** Returns the descriptor in the form of statements. */
export function descriptor({ uri, digest }: Resource): JsonObject {
  return { uri, digest: { [digest.algorithm]: encodeHex(digest.bytes) } };
}
