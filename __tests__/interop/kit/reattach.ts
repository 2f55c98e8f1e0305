/** Attaches the attachments of an image to another one, or changes them, as anybody with push access can. */

import { formatDigest, parseDigest } from '../../../src/core/crypto/index.ts';
import { utf8 } from '../../../src/core/encoding/index.ts';
import { parseTag, type Registries, type RepositoryClient } from '../../../src/services/registry/index.ts';
import { clientOf, imageType } from '../../kit/registries.ts';
import type { Layout } from './image-clients.ts';
import type { Pushed } from './images.ts';

interface Described {
  digest: string;
  size: number;
  readonly artifactType?: string;
  annotations?: Readonly<Record<string, string>>;
}

interface ManifestDocument {
  readonly artifactType?: string;
  readonly config: Described;
  readonly layers: readonly Described[];
  subject?: object;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A layer, and what its manifest says of it. */
export interface Layer {
  readonly text: string;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Changes what is attached before it is attached again. */
export type Change = (layer: Layer) => Layer;

/** Takes everything that is attached to one image in a layout and attaches it to another, which may be the same elsewhere. */
export async function reattach(
  registries: Registries,
  layout: Layout,
  from: Pushed,
  to: Pushed,
  change: Change = (layer) => layer,
): Promise<void> {
  const [source, target] = [clientOf(registries, from.repository), clientOf(registries, to.repository)];
  if (layout === 'older layout') await reattachTags(source, target, from, to, change);
  else await reattachBundles(source, target, from, to, change);
}

async function reattachTags(
  source: RepositoryClient,
  target: RepositoryClient,
  from: Pushed,
  to: Pushed,
  change: Change,
): Promise<void> {
  let found = false;
  for (const suffix of ['sig', 'att']) {
    const tagOf = ({ digest: of }: Pushed) => parseTag(`${of.replace(':', '-')}.${suffix}`);
    const fetched = await source.getManifest(tagOf(from));
    if (fetched === undefined) continue;
    found = true;
    const manifest = await copied(source, target, fetched.bytes, change);
    await target.putManifest(tagOf(to), { mediaType: imageType, bytes: utf8(JSON.stringify(manifest)) });
  }
  if (!found) throw new Error('nothing is attached');
}

async function reattachBundles(
  source: RepositoryClient,
  target: RepositoryClient,
  from: Pushed,
  to: Pushed,
  change: Change,
): Promise<void> {
  const { descriptors } = await source.referrers(parseDigest(from.digest));
  if (descriptors.length === 0) throw new Error('nothing is attached');
  for (const descriptor of descriptors) {
    const fetched = await source.getManifest(descriptor.digest);
    const manifest = await copied(source, target, fetched?.bytes ?? new Uint8Array(), change);
    const image = await target.getManifest(parseDigest(to.digest));
    manifest.subject = { mediaType: image?.mediaType, digest: to.digest, size: image?.bytes.length };
    await target.attach({
      mediaType: imageType,
      bytes: utf8(JSON.stringify(manifest)),
      subject: parseDigest(to.digest),
      artifactType: manifest.artifactType ?? manifest.config.artifactType ?? '',
      annotations: manifest.annotations ?? {},
    });
  }
}

/** The manifest with all its blobs, in the other repository. */
async function copied(
  source: RepositoryClient,
  target: RepositoryClient,
  bytes: Uint8Array,
  change: Change,
): Promise<ManifestDocument> {
  const manifest: ManifestDocument = JSON.parse(Buffer.from(bytes).toString());
  await target.pushBlob(await fetched(source, manifest.config));
  for (const descriptor of manifest.layers) {
    const text = Buffer.from(await fetched(source, descriptor)).toString();
    const changed = change({ text, annotations: descriptor.annotations ?? {} });
    const blob = utf8(changed.text);
    descriptor.digest = formatDigest(await target.pushBlob(blob));
    descriptor.size = blob.length;
    if (descriptor.annotations !== undefined) descriptor.annotations = changed.annotations;
  }
  return manifest;
}

async function fetched(source: RepositoryClient, { digest }: Described): Promise<Uint8Array> {
  const blob = await source.getBlob(parseDigest(digest), 16 * 1024 * 1024);
  if (blob === undefined) throw new Error(`there is no ${digest}`);
  return blob;
}
