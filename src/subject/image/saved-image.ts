/** An image on disk, in any of the forms in which images are saved. */

import { type Digest, formatDigest } from '../../core/crypto/index.ts';
import { asObject, type JsonObject, type JsonValue, parseJson } from '../../core/encoding/index.ts';
import { CountersignError, fail, reading } from '../../core/errors/index.ts';
import {
  formatRepository,
  type ImageReference,
  type Manifest,
  maxManifestLength,
  parseImageReference,
} from '../../services/registry/index.ts';
import type { ManifestSource } from './image-index.ts';
import { invalidImage } from './invalid-image.ts';

/** One of the images that were saved together. */
export interface SavedImage {
  /** `registry/name`, if it was saved under a full name; without the tag, which moves. */
  readonly name: string | undefined;
  /** Of its manifest or index; of what `docker save` wrote before Docker 25, of its configuration: the image ID. */
  readonly digest: Digest;
  readonly mediaType: string;
  /** Of the manifest, index or configuration; in bytes. */
  readonly size: number;
}

export interface DiskImage {
  /** At least one; of one name and digest, one. */
  readonly images: readonly SavedImage[];
  /**
   * A manifest or index among what was saved, held to its digest; `undefined` if it is not there.
   *
   * @throws CountersignError `IMAGE_INVALID`, `LIMIT_EXCEEDED`, `SUBJECT_UNREADABLE`, `SUBJECT_CHANGED`
   */
  readonly getManifest: ManifestSource;
  /**
   * A blob among what was saved, held to its digest; `undefined` if it is not there.
   *
   * @throws CountersignError as `getManifest` does
   */
  readonly getBlob: (digest: Digest, maxLength: number) => Promise<Uint8Array | undefined>;
  /**
   * The manifests that are attached to the images.
   *
   * @throws CountersignError as `getManifest` does
   */
  readonly attached: () => Promise<readonly AttachedManifest[]>;
}

/** A manifest that holds signatures or attestations as `cosign save` puts them beside an image, or one that names a subject. */
export interface AttachedManifest {
  readonly kind: 'signatures' | 'attestations' | 'referrer';
  readonly manifest: Manifest;
}

/** More than anybody saves together. */
const maxImages = 1000;

export function demandNotTooMany(count: number, what: string): void {
  if (count > maxImages) fail('LIMIT_EXCEEDED', `${what} lists more than ${maxImages} images`);
}

/** A name that an image was saved under. */
export interface SavedName {
  /** `registry/name` */
  readonly repository: string;
  /** In full, with tag and digest: equal for the same name, however short it is written. */
  readonly full: string;
}

/**
 * Reads a name as docker, containerd and podman write it.
 *
 * @throws CountersignError `IMAGE_INVALID`
 */
export function readSavedName(text: string, what: string): SavedName {
  try {
    return toSavedName(parseImageReference(text));
  } catch (cause) {
    if (!(cause instanceof CountersignError)) throw cause;
    return invalidImage(`${what}: ${cause.message}`, 'Save the image with its full name.');
  }
}

/** A name, if the text is one with its registry; it may be a tag, or anything else. */
export function readFullName(text: string): SavedName | undefined {
  try {
    const reference = parseImageReference(text);
    return text.startsWith(`${reference.repository.registry}/`) ? toSavedName(reference) : undefined;
  } catch (cause) {
    if (!(cause instanceof CountersignError)) throw cause;
    return undefined;
  }
}

function toSavedName({ repository, tag, digest }: ImageReference): SavedName {
  const name = formatRepository(repository);
  return { repository: name, full: `${name}:${tag ?? ''}@${digest === undefined ? '' : formatDigest(digest)}` };
}

/**
 * Returns the digest of the one image that was saved.
 *
 * @throws CountersignError `USAGE` if there are several
 */
export function onlyImage({ images }: DiskImage, path: string): Digest {
  const digests = new Map(images.map(({ digest }) => [formatDigest(digest), digest]));
  const [digest, ...others] = digests.values();
  if (digest !== undefined && others.length === 0) return digest;
  return fail('USAGE', `${path} contains ${digests.size} images`, {
    remedy: 'Save only the image to verify, or verify its digest (sha256:…) with `bundle`.',
  });
}

/** Of each name and digest the first. */
export function withoutRepeated(images: readonly SavedImage[]): readonly SavedImage[] {
  const first = new Map<string, SavedImage>();
  for (const image of images) {
    const key = `${image.name ?? ''}@${formatDigest(image.digest)}`;
    if (!first.has(key)) first.set(key, image);
  }
  return [...first.values()];
}

export function parseDocument(bytes: Uint8Array, what: string): JsonValue {
  return reading('IMAGE_INVALID', what, () => parseJson(bytes, { maxLength: maxManifestLength }));
}

export function objectOf(value: JsonValue | undefined, what: string): JsonObject {
  return asObject(value) ?? invalidImage(`${what} is not an object`);
}

/** A list of texts; nothing, which Go writes for an empty list, is one too. */
export function textsOf(value: JsonValue | undefined, what: string): readonly string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) {
    invalidImage(`${what} is not a list of strings`);
  }
  return value as readonly string[];
}
