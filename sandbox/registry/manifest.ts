/** Reads manifests: their parts, their subject, and the members that lists show. */

import { type JsonObject, type JsonValue, parseJson } from '../../src/core/encoding/index.ts';
import { CountersignError } from '../../src/core/errors/index.ts';
import { refuseRegistry } from '../http/index.ts';
import { isDigest } from './endpoint.ts';

export const indexType = 'application/vnd.oci.image.index.v1+json';

const imageTypes = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];
const indexTypes = [indexType, 'application/vnd.docker.distribution.manifest.list.v2+json'];

export interface Manifest {
  readonly digest: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  readonly outline: Outline;
}

export interface Outline {
  /** The digests of blobs and manifests that must be pushed before it. */
  readonly blobs: readonly string[];
  readonly manifests: readonly string[];
  readonly subject?: string;
  readonly artifactType?: string;
  readonly annotations?: JsonObject;
}

/** Reads a manifest. One of an unknown media type is stored unread, and has no parts. */
export function readOutline(mediaType: string, bytes: Uint8Array): Outline {
  const isImage = imageTypes.includes(mediaType);
  if (!isImage && !indexTypes.includes(mediaType)) return { blobs: [], manifests: [] };
  const manifest = demandObject(parsed(bytes), 'the manifest');
  if (manifest.schemaVersion !== 2) invalid('schemaVersion is not 2');
  if ((manifest.mediaType ?? mediaType) !== mediaType) invalid('mediaType is not the Content-Type');
  return { ...(isImage ? imageParts(manifest) : indexParts(manifest)), ...listing(manifest) };
}

function imageParts(manifest: JsonObject): Outline {
  const config = demandDescriptor(manifest.config, 'config');
  const layers = demandList(manifest.layers, 'layers');
  const blobs = [config, ...layers].filter(isHeldHere).map(digestOf);
  return { blobs, manifests: [], ...artifactTypeOf(manifest.artifactType || config.mediaType) };
}

function indexParts({ manifests, artifactType }: JsonObject): Outline {
  const listed = demandList(manifests, 'manifests').map(digestOf);
  return { blobs: [], manifests: listed, ...artifactTypeOf(artifactType) };
}

function artifactTypeOf(artifactType: JsonValue | undefined): Pick<Outline, 'artifactType'> {
  return typeof artifactType === 'string' && artifactType !== '' ? { artifactType } : {};
}

function listing({ subject, annotations }: JsonObject): Pick<Outline, 'subject' | 'annotations'> {
  return {
    ...(subject === undefined ? {} : { subject: digestOf(demandDescriptor(subject, 'subject')) }),
    ...(annotations === undefined ? {} : { annotations: demandObject(annotations, 'annotations') }),
  };
}

/** Reports whether content must be in the registry: with URLs, it may be elsewhere (image specification, "Descriptors"). */
function isHeldHere({ urls }: JsonObject): boolean {
  return !Array.isArray(urls) || urls.length === 0;
}

function digestOf({ digest }: JsonObject): string {
  return String(digest);
}

function demandList(value: JsonValue | undefined, what: string): readonly JsonObject[] {
  if (!Array.isArray(value)) return invalid(`${what} is not a list`);
  return value.map((one: JsonValue) => demandDescriptor(one, what));
}

function demandDescriptor(value: JsonValue | undefined, what: string): JsonObject {
  const descriptor = demandObject(value, what);
  const { mediaType, digest, size } = descriptor;
  const isRight = typeof mediaType === 'string' && typeof digest === 'string' && isDigest(digest);
  return isRight && Number.isSafeInteger(size) ? descriptor : invalid(`${what} is not a descriptor`);
}

function demandObject(value: JsonValue | undefined, what: string): JsonObject {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as JsonObject) : invalid(`${what} is not an object`);
}

function parsed(bytes: Uint8Array): JsonValue {
  try {
    return parseJson(bytes);
  } catch (error) {
    if (error instanceof CountersignError) return invalid(error.message);
    throw error;
  }
}

function invalid(problem: string): never {
  return refuseRegistry('MANIFEST_INVALID', `manifest invalid: ${problem}`);
}
