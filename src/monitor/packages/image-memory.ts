/** What the checks of images remember between runs. It is untrusted when it is read. */

import { asList, asText, type JsonObject, type JsonValue } from '../../core/encoding/index.ts';
import { readSource, sourceJson } from './source-memory.ts';
import type { ProvenanceSource } from './verify-provenance.ts';

/** The number of tags of a repository that are remembered. */
export const mostTags = 10_000;

/** The image of a tag when it was last resolved. */
export interface RememberedTag {
  /** `sha256:…`. Undefined for a tag that the first run did not resolve. */
  readonly digest: string | undefined;
  /** True if the image has verified provenance of the source that is expected. */
  readonly hasProvenance: boolean;
}

/** The memory of a repository of images. */
export interface ImageMemory {
  /** By tag. Those that were not resolved for the longest time come first. */
  readonly tags: ReadonlyMap<string, RememberedTag>;
  /** The source of verified provenance. */
  readonly source: ProvenanceSource | undefined;
}

/** Reads the memory of a repository. Returns undefined for one that is damaged. */
export function readImage(value: JsonObject | undefined): ImageMemory | undefined {
  const list = asList(value?.tags);
  if (value === undefined || list === undefined || list.length > mostTags) return undefined;
  const source = readSource(value);
  if (source === 'invalid') return undefined;
  const tags = new Map<string, RememberedTag>();
  for (const each of list) {
    const read = readTag(each);
    if (read === undefined) return undefined;
    tags.set(...read);
  }
  return { tags, source };
}

function readTag(value: JsonValue): readonly [string, RememberedTag] | undefined {
  const [name = null, of = null, hasProvenance] = asList(value) ?? [];
  const [tag, digest] = [asText(name), asText(of)];
  if (tag === undefined || typeof hasProvenance !== 'boolean' || (of !== null && digest === undefined))
    return undefined;
  return [tag, { digest, hasProvenance }];
}

/** Returns a memory as JSON. Tags are a list, since objects do not keep the order of tags that are numbers. */
export function imageJson({ tags, source }: ImageMemory): JsonObject {
  const list = [...tags].map(([tag, { digest, hasProvenance }]): JsonValue => [tag, digest ?? null, hasProvenance]);
  return { tags: list, ...sourceJson(source) };
}
