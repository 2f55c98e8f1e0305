/** An OCI image layout (image specification, "Image Layout"), and what `docker save` has written since Docker 25, which is one. */

import { type Digest, formatDigest } from '../../core/crypto/index.ts';
import { asList, asText, encodeHex, type JsonObject } from '../../core/encoding/index.ts';
import {
  type Descriptor,
  imageMediaType,
  indexMediaType,
  isManifestMediaType,
  type Manifest,
  type ManifestMediaType,
  maxManifestLength,
  readIndex,
  readManifest,
} from '../../services/registry/index.ts';
import { type DockerEntry, dockerListName, readDockerList } from './docker-archive.ts';
import { demandSizeAndType, isIndex, type ManifestSource, manifestsOf } from './image-index.ts';
import { invalidImage, readingImage } from './invalid-image.ts';
import type { SavedFiles } from './saved-files.ts';
import {
  type DiskImage,
  demandNotTooMany,
  objectOf,
  parseDocument,
  readFullName,
  readSavedName,
  type SavedName,
  withoutRepeated,
} from './saved-image.ts';

export const layoutMarkName = 'oci-layout';
export const layoutIndexName = 'index.json';

/**
 * Reads a layout. What is attached to an image in it is left out: what names a `subject`, and the signatures and attestations
 * that `cosign save` puts beside an image.
 *
 * @param mark the file `oci-layout`
 * @throws CountersignError `IMAGE_INVALID`, `LIMIT_EXCEEDED`; those of reading the files
 */
export async function readLayout(mark: Uint8Array, saved: SavedFiles, path: string): Promise<DiskImage> {
  const what = `${path}: ${layoutMarkName}`;
  const { imageLayoutVersion: version } = objectOf(parseDocument(mark, what), what);
  if (version !== '1.0.0') invalidImage(`${path} is an image layout of another version than 1.0.0`);
  const getManifest: ManifestSource = (wanted) => readBlob(wanted, saved, path);
  const listed: ListedImage[] = [];
  for (const descriptor of await readLayoutIndex(saved, path)) {
    const manifest = await listedManifest(descriptor, getManifest, path);
    const isAttached = objectOf(parseDocument(manifest.bytes, path), path).subject !== undefined;
    if (!isAttached) listed.push({ manifest, name: nameOf(descriptor, path) });
  }
  if (listed.length === 0) invalidImage(`${path} holds no image`);
  const list = await saved.read(dockerListName, maxManifestLength);
  const named = list === undefined ? listed : await withNamesOf(readDockerList(list, path), listed, getManifest, path);
  const images = named.map(({ manifest, name }) => ({
    name: name?.repository,
    digest: manifest.digest,
    mediaType: manifest.mediaType,
    size: manifest.bytes.length,
  }));
  return { images: withoutRepeated(images), getManifest };
}

/** An image that index.json lists. */
interface ListedImage {
  readonly manifest: Manifest;
  readonly name: SavedName | undefined;
}

async function readLayoutIndex(saved: SavedFiles, path: string): Promise<readonly Descriptor[]> {
  const what = `${path}: ${layoutIndexName}`;
  const bytes = await saved.read(layoutIndexName, maxManifestLength);
  if (bytes === undefined) return invalidImage(`${path} is an image layout without ${layoutIndexName}`);
  const descriptors = readingImage(() => {
    readManifest(bytes, indexMediaType, undefined, what);
    return readIndex(bytes, what);
  });
  demandNotTooMany(descriptors.length, what);
  return descriptors.filter(({ annotations = {} }) => {
    const { kind, 'vnd.docker.reference.type': type } = annotations;
    const isCosigns = kind?.startsWith('dev.cosignproject.cosign/') && !/\/image(?:Index)?$/.test(kind);
    return !isCosigns && type !== 'attestation-manifest';
  });
}

async function listedManifest(descriptor: Descriptor, source: ManifestSource, path: string): Promise<Manifest> {
  const name = formatDigest(descriptor.digest);
  const { mediaType } = descriptor;
  const what = `${path}: ${name}, which ${layoutIndexName} lists,`;
  if (!isManifestMediaType(mediaType)) {
    invalidImage(`${what} is of ${JSON.stringify(mediaType.slice(0, 100))}, which is no manifest or index`);
  }
  const manifest = (await source(descriptor.digest)) ?? invalidImage(`${what} is missing`);
  demandSizeAndType(manifest, descriptor, what);
  return manifest;
}

/** Docker and containerd write the whole name; others do so where the specification has a tag. */
function nameOf({ annotations = {} }: Descriptor, path: string): SavedName | undefined {
  const { 'io.containerd.image.name': whole, 'org.opencontainers.image.ref.name': reference } = annotations;
  const what = `${path}: ${layoutIndexName}`;
  if (whole !== undefined) return readSavedName(whole, what);
  return reference === undefined ? undefined : readFullName(reference);
}

/**
 * The images with the names that the list beside index.json gives them. Some programs load what the one names, some what the
 * other does: each image of the list must be one of those that index.json leads to, under the same name.
 */
async function withNamesOf(
  list: readonly DockerEntry[],
  listed: readonly ListedImage[],
  source: ManifestSource,
  path: string,
): Promise<readonly ListedImage[]> {
  const made = new Map<ListedImage, readonly string[]>();
  for (const image of listed) {
    // Of an image for many platforms, docker saves those that it has.
    const below = await manifestsOf(image.manifest, source, path, 'left out');
    const manifests = [image.manifest, ...below.map(({ manifest }) => manifest)].filter((each) => !isIndex(each));
    made.set(
      image,
      manifests.map((each) => partsOf(each, path)),
    );
  }
  const nameless = new Map<ListedImage, SavedName[]>();
  for (const { what, config, layers, names } of list) {
    const parts = partsText(config, layers);
    const same = listed.filter((image) => made.get(image)?.includes(parts));
    if (same.length === 0) invalidImage(`${what} is an image to which ${layoutIndexName} does not lead`);
    const unnamed = same.filter(({ name }) => name === undefined);
    for (const name of names) {
      if (same.some((image) => image.name?.full === name.full)) continue;
      if (unnamed.length === 0) invalidImage(`${what} has a name that the image does not have in ${layoutIndexName}`);
      for (const image of unnamed) nameless.set(image, [...(nameless.get(image) ?? []), name]);
    }
  }
  return listed.flatMap((image) => {
    const names = nameless.get(image) ?? [image.name];
    return names.map((name) => ({ manifest: image.manifest, name }));
  });
}

/** Returns the parts of a manifest, as the list beside it names the files. */
function partsOf({ bytes, digest: named }: Manifest, path: string): string {
  const what = `${path}: ${formatDigest(named)}`;
  const { config, layers: listed } = objectOf(parseDocument(bytes, what), what);
  const layers = asList(listed) ?? invalidImage(`${what} has no list of layers`);
  const blob = (descriptor: JsonObject): string => {
    const written = asText(descriptor.digest) ?? invalidImage(`${what} lacks a digest`);
    return `blobs/${written.replace(':', '/')}`;
  };
  return partsText(
    blob(objectOf(config, what)),
    layers.map((layer) => blob(objectOf(layer, what))),
  );
}

function partsText(config: string, layers: readonly string[]): string {
  return JSON.stringify([config, layers]);
}

async function readBlob(wanted: Digest, saved: SavedFiles, path: string): Promise<Manifest | undefined> {
  const { algorithm, bytes: hash } = wanted;
  const bytes = await saved.read(`blobs/${algorithm}/${encodeHex(hash)}`, maxManifestLength);
  if (bytes === undefined) return undefined;
  const what = `${path}: ${formatDigest(wanted)}`;
  return readingImage(() => readManifest(bytes, statedMediaType(bytes, what), wanted, what));
}

/** A manifest of OCI need not say what it is; then its members do. */
function statedMediaType(bytes: Uint8Array, what: string): ManifestMediaType {
  const { mediaType, manifests } = objectOf(parseDocument(bytes, what), what);
  if (mediaType === undefined) {
    return manifests === undefined ? imageMediaType : indexMediaType;
  }
  if (typeof mediaType === 'string' && isManifestMediaType(mediaType)) return mediaType;
  return invalidImage(`${what} says that it is no manifest or index`);
}
