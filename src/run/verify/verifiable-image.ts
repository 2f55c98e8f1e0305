/** A container image as something to verify: what its name stands for, and what is attached to it. */

import type { Digest } from '../../core/crypto/index.ts';
import { fail } from '../../core/errors/index.ts';
import { fetchAttached } from '../../fetch/index.ts';
import { formatRepository, type ImageReference, type Registries } from '../../services/registry/index.ts';
import { formatImage, readRegistryName, resolveImage } from '../../subject/index.ts';
import type { BundlePool } from './bundle-pool.ts';

export interface VerifiableImage {
  readonly kind: 'image';
  /** As it was named. */
  readonly name: string;
  /** Asks the registry what a tag stands for, once; a digest is known without asking. */
  readonly resolve: () => Promise<KnownImage>;
}

export interface KnownImage {
  readonly digest: Digest;
  /** `registry/name@sha256:…`: what may be deployed once it is verified. */
  readonly reference: string;
  /** Fetches the bundles that are attached to it; at least one, or one that cannot be read. */
  readonly attached: () => Promise<BundlePool>;
}

/**
 * Reads an image's name, with or without `oci://` before it. Nothing is asked yet.
 *
 * @throws CountersignError `USAGE`
 */
export function verifiableImage(name: string, registries: Registries): VerifiableImage {
  const reference = readRegistryName(name);
  return {
    kind: 'image',
    name,
    resolve: async () => knownImage(reference, await digestOf(reference, name, registries), registries),
  };
}

async function digestOf(reference: ImageReference, name: string, registries: Registries): Promise<Digest> {
  return reference.digest ?? (await resolveImage(reference, name, registries)).subject.digest;
}

function knownImage({ repository }: ImageReference, digest: Digest, registries: Registries): KnownImage {
  const name = formatRepository(repository);
  const reference = formatImage({ name, digest });
  return {
    digest,
    reference,
    attached: async () => {
      const client = registries(repository);
      const { bundles, unread } = await fetchAttached(client, { name, digest });
      if (bundles.length + unread.length === 0) {
        // Of what is not there nothing can be attached, and that is what is wrong then.
        if ((await client.headManifest(digest)) === undefined)
          fail('SUBJECT_MISSING', `${repository.registry} has no image ${reference}`, {
            remedy: 'Check the name, and the digest.',
          });
        fail('BUNDLE_MISSING', `no bundle and no signature of cosign is attached to ${reference}`, {
          remedy:
            'Check that this very image was signed, and its bundle pushed: `countersign tree` lists what is attached. A bundle that is elsewhere is named with `bundle`.',
        });
      }
      return {
        bundles: bundles.map(({ place, ...found }) => ({
          ...found,
          path: place,
          content: found.bundle.content.kind,
          named: undefined,
          stem: undefined,
        })),
        unread: unread.map(({ place, failure }) => ({ path: place, failure, stem: undefined })),
      };
    },
  };
}
