/** Images in the sandbox's registries. */

import type { Http } from '../../src/services/http/index.ts';
import {
  isManifestMediaType,
  openRegistries,
  parseTag,
  type Registries,
  type RepositoryClient,
} from '../../src/services/registry/index.ts';
import { type BuiltImage, digestOf } from './image-layout.ts';

/** Registries that nobody logs in to, and that are never waited for. */
export function anonymousRegistries(http: Http): Registries {
  return openRegistries(http, async () => undefined, {
    sleep: async () => undefined,
    random: (length) => new Uint8Array(length),
  });
}

/** Pushes an image with all that it is made of, the innermost first, and gives it tags. */
export async function pushImage(
  client: RepositoryClient,
  built: BuiltImage,
  tags: readonly string[] = [],
): Promise<void> {
  for (const { mediaType, bytes } of built.blobs.toReversed()) {
    if (!isManifestMediaType(mediaType)) await client.pushBlob(bytes);
    else await client.putManifest(digestOf(bytes), { mediaType, bytes });
  }
  const { mediaType, bytes } = built;
  for (const tag of tags)
    if (isManifestMediaType(mediaType)) await client.putManifest(parseTag(tag), { mediaType, bytes });
}
