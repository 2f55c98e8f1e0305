/** Fetches the bundles that are attached to an image in its registry, in every layout that cosign has used. */

import { type Bundle, readBundle } from '../core/bundle/index.ts';
import type { Digest } from '../core/crypto/index.ts';
import { fail } from '../core/errors/index.ts';
import { mapConcurrently } from '../node/index.ts';
import { formatImage } from '../subject/index.ts';
import type { AttachedTo, AttachmentSource } from './attachment-source.ts';
import type { AttachedLayer, UnreadAttachment } from './attachments.ts';
import { failMissing, findLayers, orUnread } from './attachments.ts';
import { type Annotations, bundleOfAttestation, bundleOfSignature } from './older-signatures.ts';

export type { UnreadAttachment };

export interface AttachedBundle {
  /** `registry/name@sha256:…` of the manifest that holds it, or `registry/name:sha256-….sig, layer 1`. */
  readonly place: string;
  readonly bundle: Bundle;
  /** The document that an older signature signs, which must name the image; `undefined` for bundles. */
  readonly document: Uint8Array | undefined;
  /** The annotations of the layer of an older signature, which are its other parts. */
  readonly annotations?: Annotations;
  /** The digest of the bundle or attestation; absent for older signatures, which are in several places. */
  readonly digest?: Digest;
}

export interface Attached {
  readonly bundles: readonly AttachedBundle[];
  /** Attachments that say they are bundles and cannot be read, and places that cannot be read. */
  readonly unread: readonly UnreadAttachment[];
}

/** The limit for all bundles together. */
const maxTotalLength = 128 * 1024 * 1024;

/**
 * Fetches every bundle that is attached to an image: by the referrers API or the fallback tag, and under cosign's older tags
 * `sha256-….sig` and `sha256-….att`. Places that cannot be read are reported. Nothing is verified.
 *
 * @param image identified by its digest; the name is for errors
 * @throws CountersignError those of the registry's client, if it answers none of the requests; `LIMIT_EXCEEDED` for more than 256
 *   bundles, or 128 MiB of them
 */
export async function fetchAttached(source: AttachmentSource, image: AttachedTo): Promise<Attached> {
  const found = await findLayers(source, image);
  const layers = found.flatMap((one) => ('failure' in one ? [] : [one]));
  const total = layers.reduce((sum, { descriptor }) => sum + descriptor.size, 0);
  if (total > maxTotalLength) {
    fail(
      'LIMIT_EXCEEDED',
      `the bundles attached to ${formatImage(image)} exceed the limit of ${maxTotalLength} bytes in total`,
      {
        remedy: 'Download the relevant bundles and specify them with `bundle`.',
      },
    );
  }
  const fetched = await mapConcurrently(layers, (layer) => orUnread(layer.place, () => fetchBundle(layer, source)));
  return {
    bundles: fetched.flatMap((one) => ('bundle' in one ? [one] : [])),
    unread: [...found, ...fetched].flatMap((one) => ('failure' in one ? [one] : [])),
  };
}

async function fetchBundle(
  { kind, place, descriptor }: AttachedLayer,
  source: AttachmentSource,
): Promise<AttachedBundle> {
  const bytes = (await source.getBlob(descriptor.digest, descriptor.size)) ?? failMissing(place);
  const { annotations = {} } = descriptor;
  switch (kind) {
    case 'bundle':
      return { place, bundle: readBundle(bytes), document: undefined, digest: descriptor.digest };
    case 'signature':
      return { place, bundle: bundleOfSignature(annotations), document: bytes, annotations };
    case 'attestation':
      return {
        place,
        bundle: bundleOfAttestation(bytes, annotations),
        document: undefined,
        digest: descriptor.digest,
      };
  }
}
