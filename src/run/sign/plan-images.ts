/** Images among what is to be signed. */

import { mapConcurrently } from '../../node/index.ts';
import type { Registries } from '../../services/registry/index.ts';
import {
  byName,
  collectImages,
  formatImage,
  type ImageSubject,
  type LocalSubject,
  type Subject,
} from '../../subject/index.ts';
import type { World } from '../world/index.ts';
import type { ImageDelivery } from './attach-images.ts';

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
