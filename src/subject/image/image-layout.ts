/** An OCI image layout (image specification, "Image Layout"), and what `docker save` has written since Docker 25, which is one. */

import { type Digest, digest, equalDigests, formatDigest, toDigest } from '../../core/crypto/index.ts';
import {
  asList,
  asObject,
  asText,
  decodeHex,
  encodeHex,
  type JsonObject,
  parseJson,
} from '../../core/encoding/index.ts';
import { CountersignError } from '../../core/errors/index.ts';
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
import { demandSizeAndType, isAttestationManifest, isIndex, type ManifestSource, manifestsOf } from './image-index.ts';
import { invalidImage, readingImage } from './invalid-image.ts';
import type { SavedFiles } from './saved-files.ts';
import {
  type AttachedManifest,
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
 * Reads a layout. What is attached to an image in it is not one of its images: what names a `subject`, and the signatures and
 * attestations that `cosign save` puts beside an image.
 *
 * @param mark the file `oci-layout`
 * @throws CountersignError `IMAGE_INVALID`, `LIMIT_EXCEEDED`; those of reading the files
 */
export async function readLayout(mark: Uint8Array, saved: SavedFiles, path: string): Promise<DiskImage> {
  const what = `${path}: ${layoutMarkName}`;
  const { imageLayoutVersion: version } = objectOf(parseDocument(mark, what), what);
  if (version !== '1.0.0') invalidImage(`${path} is an image layout with a version other than 1.0.0`);
  const getManifest: ManifestSource = (wanted) => readBlob(wanted, saved, path);
  const descriptors = await readLayoutIndex(saved, path);
  const listed: ListedImage[] = [];
  const referrers: AttachedManifest[] = [];
  for (const descriptor of descriptors.filter(isImage)) {
    const manifest = await listedManifest(descriptor, getManifest, path);
    const isAttached = objectOf(parseDocument(manifest.bytes, path), path).subject !== undefined;
    if (isAttached) referrers.push({ kind: 'referrer', manifest });
    else listed.push({ manifest, name: nameOf(descriptor, path) });
  }
  if (listed.length === 0) invalidImage(`${path} contains no image`);
  const list = await saved.read(dockerListName, maxManifestLength);
  const named = list === undefined ? listed : await withNamesOf(readDockerList(list, path), listed, getManifest, path);
  const images = named.map(({ manifest, name }) => ({
    name: name?.repository,
    digest: manifest.digest,
    mediaType: manifest.mediaType,
    size: manifest.bytes.length,
  }));
  const attached = async (): Promise<readonly AttachedManifest[]> => {
    const older: AttachedManifest[] = [];
    for (const descriptor of descriptors) {
      const kind = kinds.get(descriptor.annotations?.kind ?? '');
      if (kind !== undefined) older.push({ kind, manifest: await listedManifest(descriptor, getManifest, path) });
    }
    return [...older, ...(await withUnlisted(referrers, saved, getManifest))];
  };
  return {
    images: withoutRepeated(images),
    getManifest,
    getBlob: (...blob) => getBlob(...blob, saved, path),
    attached,
  };
}

/** What `cosign save` puts beside an image, by its annotation. */
const kinds: ReadonlyMap<string, AttachedManifest['kind']> = new Map([
  ['dev.cosignproject.cosign/sigs', 'signatures'],
  ['dev.cosignproject.cosign/atts', 'attestations'],
]);

/** The number of blobs among which referrers are looked for that index.json does not list. */
const maxBlobs = 2000;

/** Adds the referrers that are among the blobs alone, where `cosign load` looks for them too. */
async function withUnlisted(
  listed: readonly AttachedManifest[],
  saved: SavedFiles,
  source: ManifestSource,
): Promise<readonly AttachedManifest[]> {
  const found = new Map(listed.map((one) => [formatDigest(one.manifest.digest), one]));
  const names = (await saved.list('blobs/sha256')).filter((name) => /^[0-9a-f]{64}$/.test(name));
  if (names.length > maxBlobs) return listed;
  for (const name of names) {
    if (found.has(`sha256:${name}`)) continue;
    const manifest = await source(toDigest('sha256', decodeHex(name))).catch(notManifest);
    // Statements, which are blobs too, have a list of subjects.
    const { subject } = (manifest && asObject(parseJson(manifest.bytes))) ?? {};
    if (manifest !== undefined && asObject(subject) !== undefined)
      found.set(`sha256:${name}`, { kind: 'referrer', manifest });
  }
  return [...found.values()];
}

/** Most blobs are layers and configurations. */
function notManifest(failure: unknown): undefined {
  if (failure instanceof CountersignError && ['IMAGE_INVALID', 'LIMIT_EXCEEDED'].includes(failure.code))
    return undefined;
  throw failure;
}

async function getBlob(
  wanted: Digest,
  maxLength: number,
  saved: SavedFiles,
  path: string,
): Promise<Uint8Array | undefined> {
  const bytes = await saved.read(blobName(wanted), maxLength);
  if (bytes !== undefined && !equalDigests(digest(wanted.algorithm, bytes), wanted))
    invalidImage(`${path}: the blob ${formatDigest(wanted)} does not match its digest`);
  return bytes;
}

function blobName({ algorithm, bytes }: Digest): string {
  return `blobs/${algorithm}/${encodeHex(bytes)}`;
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
  return descriptors;
}

function isImage(descriptor: Descriptor): boolean {
  const { kind } = descriptor.annotations ?? {};
  const isCosigns = kind?.startsWith('dev.cosignproject.cosign/') && !/\/image(?:Index)?$/.test(kind);
  return !isCosigns && !isAttestationManifest(descriptor);
}

async function listedManifest(descriptor: Descriptor, source: ManifestSource, path: string): Promise<Manifest> {
  const name = formatDigest(descriptor.digest);
  const { mediaType } = descriptor;
  const what = `${path}: the manifest ${name}, listed in ${layoutIndexName},`;
  if (!isManifestMediaType(mediaType)) {
    invalidImage(
      `${what} has the media type ${JSON.stringify(mediaType.slice(0, 100))}, which is not a manifest or index`,
    );
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
    if (same.length === 0) invalidImage(`${what} is an image that ${layoutIndexName} does not list`);
    const unnamed = same.filter(({ name }) => name === undefined);
    for (const name of names) {
      if (same.some((image) => image.name?.full === name.full)) continue;
      if (unnamed.length === 0) invalidImage(`${what} has an image name that differs from ${layoutIndexName}`);
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
    const written = asText(descriptor.digest) ?? invalidImage(`${what} has a descriptor without digest`);
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
  const bytes = await saved.read(blobName(wanted), maxManifestLength);
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
  return invalidImage(`the media type of ${what} is not a manifest or index`);
}
