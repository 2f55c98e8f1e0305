/** What is attached to an image, attached to another one, or with one byte of it another: what somebody who may push can do. */

import { digest, formatDigest, parseDigest } from '../../../src/core/crypto/index.ts';
import { utf8 } from '../../../src/core/encoding/index.ts';
import { parseTag, type Registries, type RepositoryClient } from '../../../src/services/registry/index.ts';
import { clientOf, imageType } from '../../kit/registries.ts';
import type { Layout } from './image-clients.ts';
import type { Pushed } from './images.ts';

interface Described {
  digest: string;
  size: number;
  readonly artifactType?: string;
  readonly annotations?: Record<string, string>;
}

interface ManifestDocument {
  readonly artifactType?: string;
  readonly config: Described;
  readonly layers: readonly Described[];
  subject?: object;
  readonly annotations?: Readonly<Record<string, string>>;
}

interface Envelope {
  payload: string;
  readonly signatures: readonly { sig: string }[];
}

/** A bundle, an envelope, or a document of the older layout. */
type LayerDocument = { readonly dsseEnvelope: Envelope } | Envelope | { readonly critical: object; optional: unknown };

/** Changes what is attached before it is attached again: the manifest, and the bytes of its first layer. */
export interface Change {
  readonly manifest?: (manifest: ManifestDocument) => void;
  readonly layer?: (layer: Uint8Array) => Uint8Array;
}

/** Takes everything that is attached to one image in a layout and attaches it to another, which may be the same elsewhere. */
export async function reattach(
  registries: Registries,
  layout: Layout,
  from: Pushed,
  to: Pushed,
  change: Change = {},
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
  { manifest: changeManifest, layer: changeLayer }: Change,
): Promise<ManifestDocument> {
  const manifest: ManifestDocument = JSON.parse(Buffer.from(bytes).toString());
  for (const descriptor of [manifest.config, ...manifest.layers]) {
    const blob = await source.getBlob(parseDigest(descriptor.digest), 16 * 1024 * 1024);
    const isLayer = descriptor === manifest.layers[0];
    const changed =
      isLayer && changeLayer !== undefined ? changeLayer(blob ?? new Uint8Array()) : (blob ?? new Uint8Array());
    descriptor.digest = formatDigest(digest('sha256', changed));
    descriptor.size = changed.length;
    await target.pushBlob(changed);
  }
  changeManifest?.(manifest);
  return manifest;
}

const signatureAnnotation = 'dev.cosignproject.cosign/signature';

/** Another signature: the last byte of it is. */
export const anotherSignature: Change = {
  manifest: ({ layers }) => {
    for (const { annotations = {} } of layers) {
      const signature = annotations[signatureAnnotation];
      if (signature) annotations[signatureAnnotation] = withLastByte(signature);
    }
  },
  layer: (layer) => {
    const document = read(layer);
    if ('critical' in document) return layer;
    for (const one of envelopeIn(document).signatures) one.sig = withLastByte(one.sig);
    return write(document);
  },
};

/** Another statement or document under the signature: what it says besides the image is another. */
export const anotherClaim: Change = {
  layer: (layer) => {
    const document = read(layer);
    if ('critical' in document) {
      document.optional = { added: true };
    } else {
      const envelope = envelopeIn(document);
      const statement = JSON.parse(Buffer.from(envelope.payload, 'base64').toString());
      envelope.payload = Buffer.from(JSON.stringify({ ...statement, predicate: { added: true } })).toString('base64');
    }
    return write(document);
  },
};

const read = (layer: Uint8Array): LayerDocument => JSON.parse(Buffer.from(layer).toString());
const write = (document: LayerDocument): Uint8Array => utf8(JSON.stringify(document));
const envelopeIn = (document: Exclude<LayerDocument, { readonly critical: object }>): Envelope =>
  'dsseEnvelope' in document ? document.dsseEnvelope : document;

function withLastByte(base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  const last = bytes.length - 1;
  bytes.writeUInt8(bytes.readUInt8(last) ^ 1, last);
  return bytes.toString('base64');
}
