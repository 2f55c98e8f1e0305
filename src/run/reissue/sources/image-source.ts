/** The signatures that are attached to images in registries. */

import { maxBundleLength } from '../../../core/bundle/index.ts';
import { type Digest, formatDigest, parseDigest } from '../../../core/crypto/index.ts';
import { attempt, CountersignError, fail } from '../../../core/errors/index.ts';
import { readStatement } from '../../../core/statement/index.ts';
import { readBundle } from '../../../core/verify/index.ts';
import { attachBundle } from '../../../deliver/index.ts';
import { type AttachedBundle, fetchAttached } from '../../../fetch/index.ts';
import {
  formatRepository,
  parseRepository,
  type Registries,
  type RepositoryClient,
} from '../../../services/registry/index.ts';
import { collectImages, formatImage, type ImageSubject, type StoredImage } from '../../../subject/index.ts';
import type { World } from '../../world/index.ts';
import type { BadEntry, BundlePlace, OldSignature, Source } from '../old-signature.ts';

/** The annotation of a bundle that replaces an older signature: the place of that signature. */
const replaces = 'dev.countersign.bundle.replaces';

/** cosign's older tags and the lists of referrers, whose names have the digest of the image. */
const digestTag = /^sha256-([0-9a-f]{64})(?:\.(?:sig|att|sbom))?$/;

/**
 * Returns the signatures on images and on the platforms of each. A name without a tag or digest is a whole repository: all tags, and all
 * images that cosign's tags name.
 *
 * A new bundle is attached to the same image, with the place of the old signature in an annotation. Nothing is removed. A bundle with this
 * annotation is left out while the old signature is there, so that it is not issued again itself.
 */
export function imageSource(names: readonly string[], registries: Registries, { files }: Pick<World, 'files'>): Source {
  return {
    title: `the images ${names.join(', ')}`,
    async *signatures() {
      const seen = new Set<string>();
      for (const name of names) {
        for (const reference of await referencesIn(name, registries)) {
          const images = await orBad(reference, () =>
            collectImages([reference], { recursive: true }, '.', registries, files),
          );
          if ('error' in images) {
            yield images;
            continue;
          }
          for (const image of images) {
            const key = formatImage(image);
            if (seen.has(key)) continue;
            seen.add(key);
            yield* signaturesOn(image, registries);
          }
        }
      }
    },
  };
}

/** Returns the images that a name stands for. */
async function referencesIn(name: string, registries: Registries): Promise<readonly string[]> {
  const repository = attempt(() => parseRepository(name.replace(/^oci:\/\//, '')));
  if (repository === undefined) return [name];
  const repositoryName = formatRepository(repository);
  const tags =
    (await registries(repository).tags()) ??
    fail('SUBJECT_MISSING', `the registry has no repository ${repositoryName}`, { remedy: 'Check the name.' });
  const references = tags.map((one) => {
    const [, hex] = digestTag.exec(one) ?? [];
    return hex === undefined
      ? `${repositoryName}:${one}`
      : `${repositoryName}@${formatDigest(parseDigest(`sha256:${hex}`))}`;
  });
  return [...new Set(references)];
}

async function* signaturesOn(image: ImageSubject, registries: Registries): AsyncGenerator<OldSignature | BadEntry> {
  const { stored, digest } = image;
  if (stored === undefined)
    fail('USAGE', `${image.name} is an image on disk`, { remedy: 'Specify an image in a registry.' });
  const client = registries.attachmentsOf(stored.repository);
  const name = formatImage(image);
  const found = await orBad(name, async () => ({
    attached: await fetchAttached(client, { name: client.name, digest }),
    replacements: await replacementsOn(client, digest),
  }));
  if ('error' in found) {
    yield found;
    return;
  }
  const { bundles, unread } = found.attached;
  for (const { place, failure } of unread) yield { origin: place, error: failure };
  const places = new Set(bundles.map(({ place }) => place));
  for (const one of bundles) {
    const replaced = found.replacements.get(one.place);
    if (replaced !== undefined && replaced !== one.place && places.has(replaced)) continue;
    yield { name, digests: [digest], place: placeOf(one, image, stored, client) };
  }
}

/** Returns the places of bundles that replace others, with the places of those. */
async function replacementsOn(client: RepositoryClient, digest: Digest): Promise<ReadonlyMap<string, string>> {
  const { descriptors } = await client.findReferrers(digest);
  return new Map(
    descriptors.flatMap(({ digest: manifest, annotations }) => {
      const replaced = annotations?.[replaces];
      return replaced === undefined ? [] : [[formatImage({ name: client.name, digest: manifest }), replaced] as const];
    }),
  );
}

function placeOf(
  { place, bundle, document, digest: blob }: AttachedBundle,
  image: ImageSubject,
  stored: StoredImage,
  client: RepositoryClient,
): BundlePlace {
  return {
    location: `oci://${place}`,
    read: async () => {
      const bytes = document ?? (blob && (await client.getBlob(blob, maxBundleLength)));
      if (bytes === undefined)
        fail('BUNDLE_MISSING', `${place} no longer has a signature`, {
          remedy: 'Run again: the images are listed again.',
        });
      return { bundle, bytes, ...(document !== undefined && { document }) };
    },
    deliver: async (text) => {
      const { content } = readBundle(text);
      const statement = content.kind === 'dsse-envelope' ? attempt(() => readStatement(content.payload)) : undefined;
      await attachBundle(client, {
        image,
        stored,
        bundle: new TextEncoder().encode(text),
        predicateType: statement?.predicateType,
        annotations: { [replaces]: place },
      });
    },
  };
}

async function orBad<Result extends object>(origin: string, work: () => Promise<Result>): Promise<Result | BadEntry> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CountersignError) || error.code === 'CANCELLED') throw error;
    return { origin, error };
  }
}
