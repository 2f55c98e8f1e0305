/** Manifests and indexes as bytes of a known type (image specification, "Manifest", "Index"; Docker's image manifest v2, schema 2). */

import {
  type Digest,
  digest,
  equalDigests,
  formatDigest,
  type HashAlgorithm,
  parseDigest,
} from '../../core/crypto/index.ts';
import { asList, asObject, type JsonObject, type JsonValue, parseJson } from '../../core/encoding/index.ts';
import { fail, reading } from '../../core/errors/index.ts';

export const indexMediaType = 'application/vnd.oci.image.index.v1+json';
export const imageMediaType = 'application/vnd.oci.image.manifest.v1+json';
/** Of the two bytes `{}`, which artifacts have for a configuration (image specification, "Guidance for an Empty Descriptor"). */
export const emptyMediaType = 'application/vnd.oci.empty.v1+json';
export const manifestMediaTypes = [
  indexMediaType,
  imageMediaType,
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
] as const;
export type ManifestMediaType = (typeof manifestMediaTypes)[number];

/** The length that every registry must accept (distribution specification, "Pushing Manifests"). */
export const maxManifestLength = 4 * 1024 * 1024;
/** An index of 4 MiB has about as many. */
const maxDescriptors = 20_000;

export interface Manifest {
  readonly mediaType: ManifestMediaType;
  readonly digest: Digest;
  readonly bytes: Uint8Array;
}

/** The description of a blob or manifest in another document (image specification, "Content Descriptors"). */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  readonly size: number;
  readonly artifactType?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly platform?: Platform;
}

/** The platform of an image, as an index or a configuration states it. */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
}

/** Reports whether a text is a known media type of a manifest or index. */
export function isManifestMediaType(text: string): text is ManifestMediaType {
  return (manifestMediaTypes as readonly string[]).includes(text);
}

/**
 * Reads a manifest that was answered, and holds it to its digest where one was asked for.
 *
 * @param contentType as the answer names it
 * @throws CountersignError `SERVICE_RESPONSE_INVALID`
 */
export function readManifest(
  bytes: Uint8Array,
  contentType: unknown,
  wanted: Digest | undefined,
  what: string,
): Manifest {
  const mediaType = readMediaType(contentType, what);
  const actual = demandDigest(bytes, wanted, what);
  const { mediaType: own, manifests, layers, config } = parseObject(bytes, what);
  // One document that is an index to one reader and an image to another (CVE-2021-41190).
  if (own !== undefined && own !== mediaType)
    fail('SERVICE_RESPONSE_INVALID', `${what} states a different media type than the registry`);
  if (manifests !== undefined && (layers !== undefined || config !== undefined)) {
    fail('SERVICE_RESPONSE_INVALID', `${what} is both an index and an image manifest`);
  }
  return { mediaType, digest: actual, bytes };
}

/** The media type of an answer, without its parameters. */
export function readMediaType(contentType: unknown, what: string): ManifestMediaType {
  const named = mediaTypeOf(contentType);
  if (isManifestMediaType(named)) return named;
  const shown = named === '' ? 'no media type' : `the media type ${JSON.stringify(named.slice(0, 100))}`;
  return fail('SERVICE_RESPONSE_INVALID', `${what} has ${shown}, which is not an OCI or Docker manifest or index`);
}

export function mediaTypeOf(contentType: unknown): string {
  return typeof contentType === 'string' ? (contentType.split(';')[0] ?? '').trim().toLowerCase() : '';
}

/**
 * Holds bytes to a digest.
 *
 * @returns the digest asked for, or the bytes' SHA-256
 * @throws CountersignError `SERVICE_RESPONSE_INVALID`
 */
export function demandDigest(bytes: Uint8Array, wanted: Digest | undefined, what: string): Digest {
  const algorithm: HashAlgorithm = wanted?.algorithm ?? 'sha256';
  const actual = digest(algorithm, bytes);
  if (wanted !== undefined && !equalDigests(actual, wanted)) {
    fail('SERVICE_RESPONSE_INVALID', `${what} has the wrong content: its digest is ${formatDigest(actual)}`);
  }
  return actual;
}

/**
 * Reads the descriptors of an index.
 *
 * @throws CountersignError `SERVICE_RESPONSE_INVALID`, `LIMIT_EXCEEDED`
 */
export function readIndex(bytes: Uint8Array, what: string): readonly Descriptor[] {
  const { manifests: listed } = parseObject(bytes, what);
  // Go writes null for an empty list.
  const manifests =
    asList(listed === null ? [] : listed) ??
    fail('SERVICE_RESPONSE_INVALID', `${what} is not an index: it has no list "manifests"`);
  if (manifests.length > maxDescriptors) fail('LIMIT_EXCEEDED', `${what} lists more than ${maxDescriptors} manifests`);
  return manifests.map((item, at) => readDescriptor(item, `${what}: manifests[${at}]`));
}

/** The manifest of an image or artifact (image specification, "Image Manifest"), with the members that are used here. */
export interface ImageManifest {
  /** The artifact type, if it has one; older manifests use the media type of the configuration instead. */
  readonly artifactType: string | undefined;
  /** None of what has no layers, as an index. */
  readonly layers: readonly Descriptor[];
  /** True if it has a list of layers, even an empty one. */
  readonly listsLayers: boolean;
  /** The manifest that it is attached to. */
  readonly subject: Descriptor | undefined;
}

/**
 * Reads the manifest of an image or artifact.
 *
 * @throws CountersignError `SERVICE_RESPONSE_INVALID`, `LIMIT_EXCEEDED`
 */
export function readImageManifest(bytes: Uint8Array, what: string): ImageManifest {
  const { artifactType, layers: listed, subject } = parseObject(bytes, what);
  if (artifactType !== undefined && typeof artifactType !== 'string')
    return fail('SERVICE_RESPONSE_INVALID', `${what} has an artifactType that is not a string`);
  const layers = asList(listed ?? []) ?? fail('SERVICE_RESPONSE_INVALID', `${what} has layers that are not a list`);
  if (layers.length > maxDescriptors) fail('LIMIT_EXCEEDED', `${what} has more than ${maxDescriptors} layers`);
  return {
    artifactType,
    listsLayers: listed !== undefined,
    layers: layers.map((item, at) => readDescriptor(item, `${what}: layers[${at}]`)),
    subject: subject === undefined || subject === null ? undefined : readDescriptor(subject, `${what}: subject`),
  };
}

/**
 * Reads which configuration a manifest names.
 *
 * @throws CountersignError `SERVICE_RESPONSE_INVALID`
 */
export function readConfigDescriptor(bytes: Uint8Array, what: string): Descriptor {
  const { config } = parseObject(bytes, what);
  return config === undefined
    ? fail('SERVICE_RESPONSE_INVALID', `${what} has no configuration`)
    : readDescriptor(config, `${what}: config`);
}

function readDescriptor(value: JsonValue, what: string): Descriptor {
  const { mediaType, digest: written, size, artifactType, annotations, platform: named } = toObject(value, what);
  const refuse = (problem: string): never => fail('SERVICE_RESPONSE_INVALID', `${what} ${problem}`);
  if (typeof mediaType !== 'string' || mediaType === '') return refuse('has no media type');
  // Capital hexadecimal is another text for the same digest, and a name under which a registry has nothing.
  if (typeof written !== 'string' || !/^[a-z0-9]+:[0-9a-f]+$/.test(written)) return refuse('has no digest');
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) return refuse('has no size');
  if (artifactType !== undefined && typeof artifactType !== 'string')
    return refuse('has an artifactType that is not a string');
  const platform = readPlatform(named);
  return {
    mediaType,
    digest: reading('SERVICE_RESPONSE_INVALID', what, () => parseDigest(written)),
    size,
    ...(artifactType !== undefined && { artifactType }),
    ...(annotations !== undefined && { annotations: readAnnotations(annotations, what) }),
    ...(platform !== undefined && { platform }),
  };
}

/** `linux/amd64`, `linux/arm64/v8` */
export function formatPlatform({ os, architecture, variant }: Platform): string {
  return [os, architecture, ...(variant === undefined ? [] : [variant])].join('/');
}

/** `undefined` where it does not say at least what everybody says. */
export function readPlatform(value: JsonValue | undefined): Platform | undefined {
  const { os, architecture, variant } = asObject(value) ?? {};
  if (typeof os !== 'string' || typeof architecture !== 'string') return undefined;
  return { os, architecture, ...(typeof variant === 'string' && { variant }) };
}

function readAnnotations(value: JsonValue, what: string): Readonly<Record<string, string>> {
  const annotations = toObject(value, `${what}: annotations`);
  if (!Object.values(annotations).every((text) => typeof text === 'string')) {
    fail('SERVICE_RESPONSE_INVALID', `${what}: annotations has a value that is not a string`);
  }
  return annotations as Readonly<Record<string, string>>;
}

/** The document as it is, so that what is written back keeps what is not known here. */
export function parseObject(bytes: Uint8Array, what: string): JsonObject {
  return toObject(
    reading('SERVICE_RESPONSE_INVALID', what, () => parseJson(bytes, { maxLength: maxManifestLength })),
    what,
  );
}

function toObject(value: JsonValue, what: string): JsonObject {
  return asObject(value) ?? fail('SERVICE_RESPONSE_INVALID', `${what} is not an object`);
}

/** A descriptor as JSON holds it. */
export function descriptorJson({ digest: named, platform, ...rest }: Descriptor): JsonObject {
  return { ...rest, digest: formatDigest(named), ...(platform !== undefined && { platform: { ...platform } }) };
}
