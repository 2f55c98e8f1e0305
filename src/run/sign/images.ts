/** Images among what is to be signed. */

import { maxBundleLength } from '../../core/bundle/index.ts';
import { equalDigests, formatDigest } from '../../core/crypto/index.ts';
import { CountersignError, fail, inContext } from '../../core/errors/index.ts';
import { attachBundle } from '../../deliver/index.ts';
import { mapConcurrently, readRegularFile } from '../../node/index.ts';
import { formatRepository, type Registries, type Tag } from '../../services/registry/index.ts';
import {
  byName,
  collectImages,
  formatImage,
  type ImageSubject,
  type LocalSubject,
  type StoredImage,
  type Subject,
} from '../../subject/index.ts';
import type { World } from '../world/index.ts';
import { type SignedSubject, signedAt } from './receipt.ts';

export interface ImageRequest extends ImageDelivery {
  /** As they are written: names with a tag or digest, paths of images on disk. */
  readonly named: readonly string[];
  /** Whether each manifest of an index is signed too. */
  readonly recursive: boolean;
  /** What paths are relative to. */
  readonly workspace: string;
}

/**
 * Finds the images, and puts them among the other subjects, in the order of their names. A digest that was named as an image too is one.
 *
 * @throws CountersignError those of finding images; those of the registry's client, where bundles could not be pushed later
 */
export async function withImages(
  local: readonly LocalSubject[],
  { named, recursive, workspace, registries, push }: ImageRequest,
  { files }: Pick<World, 'files'>,
): Promise<readonly Subject[]> {
  const images = await collectImages(named, { recursive }, workspace, registries, files);
  if (push) await demandPush(images, registries);
  const known = new Set(images.map(formatImage));
  const others = local.filter((subject) => subject.kind === 'file' || !known.has(formatImage(subject)));
  return [...others, ...images].sort(byName);
}

/** Before anything is signed: a log keeps for ever what then could not be put beside the image. */
async function demandPush(images: readonly ImageSubject[], registries: Registries): Promise<void> {
  const repositories = new Map(
    images.flatMap(({ name, stored }) => (stored === undefined ? [] : [[name, stored.repository] as const])),
  );
  await mapConcurrently([...repositories.values()], (repository) => registries(repository).demandPush());
}

/** Where images are, and what is done there. */
export interface ImageDelivery {
  readonly registries: Registries;
  /** Whether bundles are pushed. Tags are looked at in any case. */
  readonly push: boolean;
}

export interface AttachedImages {
  /** What each bundle was attached as: `registry/name@sha256:…`, the manifest's. */
  readonly attached: ReadonlyMap<SignedSubject, string>;
  readonly failures: readonly CountersignError[];
}

interface SignedImage {
  readonly signed: SignedSubject;
  readonly image: ImageSubject;
  readonly stored: StoredImage;
}

/** What came of one image. Its bundle may be attached, and its tag be elsewhere all the same. */
interface Outcome {
  readonly signed: SignedSubject;
  readonly reference: string | undefined;
  readonly failure: CountersignError | undefined;
}

/** Each image on its own: one that fails does not hinder the others, but for a registry that is down, which is asked no more. */
export async function attachImages(
  all: readonly SignedSubject[],
  { registries, push }: ImageDelivery,
  world: Pick<World, 'files'>,
): Promise<AttachedImages> {
  const down = new Map<string, CountersignError>();
  const work = async ({ signed, image, stored }: SignedImage): Promise<Outcome> => {
    const { registry } = stored.repository;
    let reference: string | undefined;
    try {
      const outage = down.get(registry);
      if (outage !== undefined) throw outage;
      if (push) reference = await attach(signed, image, stored, registries, world);
      await demandTags(image, stored, registries);
      return { signed, reference, failure: undefined };
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      if (error.code === 'SERVICE_UNAVAILABLE') down.set(registry, error);
      const left = push && reference === undefined ? ': its bundle is not attached' : '';
      return { signed, reference, failure: inContext(error.code, `${formatImage(image)}${left}`, error) };
    }
  };
  const outcomes = await mapConcurrently(storedImages(all), work);
  return {
    attached: new Map(
      outcomes.flatMap(({ signed, reference }) => (reference === undefined ? [] : [[signed, reference] as const])),
    ),
    failures: outcomes.flatMap(({ failure }) => failure ?? []),
  };
}

function storedImages(all: readonly SignedSubject[]): readonly SignedImage[] {
  return all.flatMap((signed) => {
    const { subject: image } = signed;
    return image.kind === 'image' && image.stored !== undefined ? [{ signed, image, stored: image.stored }] : [];
  });
}

async function attach(
  { bundlePath, verdict }: SignedSubject,
  image: ImageSubject,
  stored: StoredImage,
  registries: Registries,
  { files }: Pick<World, 'files'>,
): Promise<string> {
  const { content } = verdict;
  if (content.kind !== 'dsse-envelope') return fail('DELIVERY_FAILED', 'the bundle of an image holds no statement');
  const bundle = await readRegularFile(files, bundlePath, maxBundleLength).catch((cause: unknown) =>
    fail('DELIVERY_FAILED', `the bundle ${bundlePath} cannot be read back`, { cause }),
  );
  const { predicateType } = content.statement;
  const manifest = await attachBundle(registries(stored.repository), {
    image,
    stored,
    bundle,
    predicateType,
    signedAt: signedAt(verdict),
  });
  return formatImage({ name: image.name, digest: manifest });
}

/** Who deploys by tag deploys what it leads to now. */
async function demandTags(image: ImageSubject, stored: StoredImage, registries: Registries): Promise<void> {
  const where = registries(stored.repository);
  const moved = async (tag: Tag): Promise<void> => {
    const now = await where.headManifest(tag);
    if (now !== undefined && equalDigests(now.digest, image.digest)) return;
    const name = `${formatRepository(stored.repository)}:${tag}`;
    const found = now === undefined ? 'is gone' : `is ${formatDigest(now.digest)} by now`;
    fail('SUBJECT_CHANGED', `${name} was another image when it was signed, and ${found}`, {
      remedy: `What was signed is ${formatImage(image)}: deploy that, or sign again when nothing else pushes this tag.`,
    });
  };
  await Promise.all(stored.tags.map(moved));
}
