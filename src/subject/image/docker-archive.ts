/**
 * `manifest.json`, the list of what `docker save` writes; and what it wrote before Docker 25: no manifest, but a configuration
 * and layers.
 */

import { type Digest, digest, equalDigests, formatDigest, toDigest } from '../../core/crypto/index.ts';
import { asList, decodeHex } from '../../core/encoding/index.ts';
import { maxManifestLength } from '../../services/registry/index.ts';
import { invalidImage } from './invalid-image.ts';
import type { SavedFiles } from './saved-files.ts';
import {
  type DiskImage,
  demandNotTooMany,
  objectOf,
  parseDocument,
  readSavedName,
  type SavedImage,
  type SavedName,
  textsOf,
  withoutRepeated,
} from './saved-image.ts';

export const dockerListName = 'manifest.json';

/** One image of the list. */
export interface DockerEntry {
  /** For errors. */
  readonly what: string;
  /** The file with its configuration. */
  readonly config: string;
  readonly names: readonly SavedName[];
  /** The files with its layers, undermost first. */
  readonly layers: readonly string[];
}

/** @throws CountersignError `IMAGE_INVALID`, `LIMIT_EXCEEDED` */
export function readDockerList(bytes: Uint8Array, path: string): readonly DockerEntry[] {
  const document = parseDocument(bytes, `${path}: ${dockerListName}`);
  const list = asList(document) ?? invalidImage(`${path}: ${dockerListName} is not a list`);
  demandNotTooMany(list.length, `${path}: ${dockerListName}`);
  return list.map((item, at) => {
    const what = `${path}: ${dockerListName}[${at}]`;
    const { Config: config, RepoTags: tags, Layers: layers } = objectOf(item, what);
    if (typeof config !== 'string') return invalidImage(`${what} has no Config`);
    const names = textsOf(tags, `${what}: RepoTags`).map((tag) => readSavedName(tag, what));
    return { what, config, names, layers: textsOf(layers, `${what}: Layers`) };
  });
}

/**
 * Reads what has a list and no manifest. What can be signed of it is the image ID: the SHA-256 of the configuration, which
 * names each layer by its digest.
 *
 * @throws CountersignError `IMAGE_INVALID`, `LIMIT_EXCEEDED`; those of reading the files
 */
export async function readDockerArchive(list: Uint8Array, saved: SavedFiles, path: string): Promise<DiskImage> {
  const images: SavedImage[] = [];
  for (const { what, config, names, layers } of readDockerList(list, path)) {
    const stated = statedId(config, what);
    const bytes =
      (await saved.read(config, maxManifestLength)) ?? invalidImage(`${what} refers to ${config}, which is missing`);
    const id = digest('sha256', bytes);
    if (!equalDigests(id, stated))
      invalidImage(`${what} refers to ${config}, but the digest of that file is ${formatDigest(id)}`);
    demandConfiguration(bytes, layers.length, `${path}: ${config}`);
    const image = { digest: id, mediaType: 'application/vnd.docker.container.image.v1+json', size: bytes.length };
    const repositories = names.length === 0 ? [undefined] : names.map(({ repository }) => repository);
    images.push(...repositories.map((name) => ({ name, ...image })));
  }
  if (images.length === 0) return invalidImage(`${path} contains no image`);
  const nothing = async (): Promise<undefined> => undefined;
  return { images: withoutRepeated(images), getManifest: nothing, getBlob: nothing, attached: async () => [] };
}

/** The ID in a configuration's name, as docker writes it; or go-containerregistry; or those who write a layout's blobs. */
function statedId(name: string, what: string): Digest {
  const shape = /^(?:([0-9a-f]{64})\.json|sha256:([0-9a-f]{64})|blobs\/sha256\/([0-9a-f]{64}))$/;
  const [, ...found] = shape.exec(name) ?? [];
  const hex = found.find((group) => group !== undefined);
  if (hex !== undefined) return toDigest('sha256', decodeHex(hex));
  return invalidImage(
    `${what} has the Config ${JSON.stringify(name.slice(0, 200))}, which does not have the form <64 digits>.json`,
  );
}

/** Demands that a configuration describes the image: it must name as many layers as there are. */
function demandConfiguration(bytes: Uint8Array, layers: number, what: string): void {
  const { rootfs } = objectOf(parseDocument(bytes, what), what);
  const { diff_ids: ids } = objectOf(rootfs, `${what}: rootfs`);
  if (textsOf(ids, `${what}: diff_ids`).length !== layers) {
    invalidImage(`the number of layers in ${what} differs from ${dockerListName}`);
  }
}
