/** Attachments of an image in an image layout on disk, as `cosign save` writes it. */

import { equalDigests } from '../core/crypto/index.ts';
import { type Descriptor, type Manifest, readImageManifest } from '../services/registry/index.ts';
import type { DiskImage } from '../subject/index.ts';
import type { AttachmentSource } from './attachment-source.ts';

const suffixes = { signatures: 'sig', attestations: 'att', referrer: undefined } as const;

/**
 * Returns a layout as a source of attachments. As each manifest that `cosign save` puts beside an image is about that image, there are
 * no tags.
 *
 * @param path the layout, for errors
 */
export async function layoutAttachments(image: DiskImage, path: string): Promise<AttachmentSource> {
  const attached = await image.attached();
  return {
    getManifest: async (name) => (typeof name === 'string' ? undefined : image.getManifest(name)),
    getBlob: image.getBlob,
    findReferrers: async (digest) => {
      const descriptors = attached.flatMap(({ kind, manifest }) => {
        const { subject } = kind === 'referrer' ? readImageManifest(manifest.bytes, path) : { subject: undefined };
        return subject !== undefined && equalDigests(subject.digest, digest) ? [described(manifest)] : [];
      });
      return { source: 'layout', descriptors, unread: [], isAnswered: true };
    },
    untagged: (suffix) => attached.filter(({ kind }) => suffixes[kind] === suffix).map(({ manifest }) => manifest),
  };
}

function described({ mediaType, digest, bytes }: Manifest): Descriptor {
  return { mediaType, digest, size: bytes.length };
}
