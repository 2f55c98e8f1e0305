/** Container images as programs save them: layouts, with one platform or several, and what older versions of docker write. */

import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Digest } from '../../src/core/crypto/index.ts';
import { parseDigest } from '../../src/core/crypto/index.ts';
import { tarOf } from './tar.ts';

export const mediaTypes = {
  index: 'application/vnd.oci.image.index.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
  empty: 'application/vnd.oci.empty.v1+json',
} as const;

export interface Blob {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** A manifest or index with all that it is made of. */
export interface BuiltImage extends Blob {
  readonly digest: Digest;
  /** Its own bytes too. */
  readonly blobs: readonly Blob[];
}

export interface SinglePlatform extends BuiltImage {
  readonly config: Blob;
  readonly layers: readonly Blob[];
  /** The layers as they are before they are compressed: what docker save writes. */
  readonly plainLayers: readonly Uint8Array[];
}

export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
}

export type FileMap = ReadonlyMap<string, Uint8Array | string>;

export const sha256Hex = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
export const digestOf = (bytes: Uint8Array | string): Digest => parseDigest(`sha256:${sha256Hex(bytes)}`);
const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

/** A descriptor, with whatever else it is to say. */
export function described({ mediaType, bytes }: Blob, more: object = {}): object {
  return { mediaType, digest: `sha256:${sha256Hex(bytes)}`, size: bytes.length, ...more };
}

/** A blob of JSON, of the media type that the JSON states unless told otherwise. */
export function document(value: { readonly mediaType?: string }, mediaType = value.mediaType ?? ''): Blob {
  return { mediaType, bytes: json(value) };
}

/** An image of one platform, whose layers hold one file each. */
export function image(
  contents: readonly string[] = ['hello'],
  platform: Platform = { os: 'linux', architecture: 'amd64' },
): SinglePlatform {
  const plainLayers = contents.map((content, at) => tarOf(new Map([[`file-${at}`, content]])));
  const layers = plainLayers.map((plain) => ({ mediaType: mediaTypes.layer, bytes: gzipSync(plain) }));
  const config = {
    mediaType: mediaTypes.config,
    bytes: json({
      ...platform,
      config: {},
      rootfs: { type: 'layers', diff_ids: plainLayers.map((plain) => `sha256:${sha256Hex(plain)}`) },
    }),
  };
  const manifest = document({
    mediaType: mediaTypes.manifest,
    ...{ schemaVersion: 2, config: described(config), layers: layers.map((layer) => described(layer)) },
  });
  const blobs = [manifest, config, ...layers];
  return { ...manifest, digest: digestOf(manifest.bytes), blobs, config, layers, plainLayers };
}

/** An index of other images, each with what its descriptor says besides. */
export function index(
  listed: readonly (readonly [BuiltImage, object])[],
  mediaType: string = mediaTypes.index,
): BuiltImage {
  const own = document({
    mediaType,
    ...{ schemaVersion: 2, manifests: listed.map(([each, more]) => described(each, more)) },
  });
  return { ...own, digest: digestOf(own.bytes), blobs: [own, ...listed.flatMap(([{ blobs }]) => blobs)] };
}

/** The statements that BuildKit makes about an image: its provenance and an SBOM. */
export const buildKitTypes = ['https://slsa.dev/provenance/v1', 'https://spdx.dev/Document'] as const;

/** A statement of BuildKit's about an image. */
export function buildKitStatement(about: BuiltImage, predicateType: string = buildKitTypes[0]): object {
  const subject = [
    { name: 'pkg:docker/example/app@1?platform=linux%2Famd64', digest: { sha256: sha256Hex(about.bytes) } },
  ];
  return { _type: 'https://in-toto.io/Statement/v0.1', predicateType, subject, predicate: {} };
}

/** An attestation manifest of BuildKit's. */
export function attestationManifest(statements: readonly object[], more: object = {}): BuiltImage {
  const layers = statements.map((statement) => ({
    mediaType: 'application/vnd.in-toto+json',
    bytes: json(statement),
    more: 'predicateType' in statement ? { annotations: { 'in-toto.io/predicate-type': statement.predicateType } } : {},
  }));
  const config = {
    mediaType: mediaTypes.config,
    bytes: json({ os: 'unknown', architecture: 'unknown', rootfs: { type: 'layers', diff_ids: [] } }),
  };
  const own = document({
    mediaType: mediaTypes.manifest,
    ...{ schemaVersion: 2, config: described(config) },
    ...{ layers: layers.map((layer) => described(layer, layer.more)), ...more },
  });
  return { ...own, digest: digestOf(own.bytes), blobs: [own, config, ...layers] };
}

/** The attestation manifest that BuildKit attaches to an image with `oci-artifact=true`. */
export function attachedAttestation(about: BuiltImage, subject: BuiltImage = about): BuiltImage {
  return attestationManifest(
    buildKitTypes.map((type) => buildKitStatement(about, type)),
    { artifactType: 'application/vnd.docker.attestation.manifest.v1+json', subject: described(subject) },
  );
}

/** The entry of an index for an attestation manifest of an image. */
export function attestationEntry(about: BuiltImage): object {
  const annotations = {
    'vnd.docker.reference.digest': `sha256:${sha256Hex(about.bytes)}`,
    'vnd.docker.reference.type': 'attestation-manifest',
  };
  return { annotations, platform: { os: 'unknown', architecture: 'unknown' } };
}

/** The attestation manifest that BuildKit lists beside the manifest of each platform. */
export function buildKitAttestation(about: BuiltImage): readonly [BuiltImage, object] {
  return [attestationManifest(buildKitTypes.map((type) => buildKitStatement(about, type))), attestationEntry(about)];
}

export const platforms: readonly Platform[] = [
  { os: 'linux', architecture: 'amd64' },
  { os: 'linux', architecture: 'arm64', variant: 'v8' },
];

/** An index of two platforms, as BuildKit makes it. */
export function multiPlatform(content = 'hello'): BuiltImage & { readonly manifests: readonly SinglePlatform[] } {
  const manifests = platforms.map((platform) => image([content], platform));
  const listed = manifests.map((each, at) => [each, { platform: platforms[at] }] as const);
  return { ...index([...listed, ...manifests.map(buildKitAttestation)]), manifests };
}

/** Something attached to an image, as a bundle is. */
export function attachment(
  subject: BuiltImage,
  { artifactType = 'application/vnd.dev.sigstore.bundle.v0.3+json', content = '{}', annotations = {} } = {},
): BuiltImage {
  const config = { mediaType: mediaTypes.empty, bytes: Buffer.from('{}') };
  const layer = { mediaType: artifactType, bytes: Buffer.from(content) };
  const own = document({
    mediaType: mediaTypes.manifest,
    ...{ schemaVersion: 2, artifactType, config: described(config), layers: [described(layer)] },
    ...{ subject: described(subject), annotations },
  });
  return { ...own, digest: digestOf(own.bytes), blobs: [own, config, layer] };
}

export const annotated = {
  /** As Docker and containerd write the name. */
  imageName: (name: string): object => ({ annotations: { 'io.containerd.image.name': name } }),
  refName: (name: string): object => ({ annotations: { 'org.opencontainers.image.ref.name': name } }),
};

/** The files of a layout (image specification, "Image Layout"), each image with what index.json says of it besides. */
export function layoutFiles(images: readonly (readonly [BuiltImage, object])[]): Map<string, Uint8Array | string> {
  const blobs = images.flatMap(([each]) => each.blobs);
  return new Map<string, Uint8Array | string>([
    ...blobs.map(({ bytes }) => [`blobs/sha256/${sha256Hex(bytes)}`, bytes] as const),
    [
      'index.json',
      json({
        ...{ schemaVersion: 2, mediaType: mediaTypes.index },
        manifests: images.map(([each, more]) => described(each, more)),
      }),
    ],
    ['oci-layout', '{"imageLayoutVersion":"1.0.0"}'],
  ]);
}

/** Writes an archive as `docker save` does since Docker 25: a layout, and the list that older versions read. */
export function dockerLayoutFiles(
  saved: SinglePlatform,
  repoTags: readonly string[],
): Map<string, Uint8Array | string> {
  const names = repoTags.map((tag) => [saved, annotated.imageName(tag)] as const);
  const blob = ({ bytes }: Blob): string => `blobs/sha256/${sha256Hex(bytes)}`;
  const entry = { Config: blob(saved.config), RepoTags: repoTags, Layers: saved.layers.map(blob) };
  return layoutFiles(names.length === 0 ? [[saved, {}]] : names).set('manifest.json', JSON.stringify([entry]));
}

/** Writes an archive as `docker save` did before Docker 25: configuration and layers, without a manifest. */
export function dockerSaveFiles(
  images: readonly (readonly [SinglePlatform, readonly string[] | null])[],
): Map<string, Uint8Array | string> {
  const configName = ({ config }: SinglePlatform): string => `${sha256Hex(config.bytes)}.json`;
  const layerName = (plain: Uint8Array): string => `${sha256Hex(plain)}/layer.tar`;
  return new Map<string, Uint8Array | string>([
    ...images.flatMap(([each]) => each.plainLayers.map((plain) => [layerName(plain), plain] as const)),
    ...images.map(([each]) => [configName(each), each.config.bytes] as const),
    [
      'manifest.json',
      json(
        images.map(([each, repoTags]) => ({
          ...{ Config: configName(each), RepoTags: repoTags, Layers: each.plainLayers.map(layerName) },
        })),
      ),
    ],
  ]);
}

/** Writes files into a folder. */
export async function writeFiles(folder: string, files: FileMap): Promise<string> {
  for (const [name, content] of files) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
  return folder;
}
