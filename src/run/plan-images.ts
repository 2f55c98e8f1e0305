/** Images among what is to be signed. */

import type { Registries } from '../services/registry/index.ts';
import { collectImages, formatImage, type LocalSubject, type Subject } from '../subject/index.ts';
import type { World } from './world.ts';

export interface ImageRequest {
  /** As they are written: names with a tag or digest, paths of images on disk. */
  readonly named: readonly string[];
  /** Whether each manifest of an index is signed too. */
  readonly recursive: boolean;
  /** What paths are relative to. */
  readonly workspace: string;
  readonly registries: Registries;
}

/**
 * Finds the images, and puts them among the other subjects, in the order of their names. A digest that was named as an image too is one.
 *
 * @throws CountersignError those of finding images
 */
export async function withImages(
  local: readonly LocalSubject[],
  { named, recursive, workspace, registries }: ImageRequest,
  { files }: Pick<World, 'files'>,
): Promise<readonly Subject[]> {
  const images = await collectImages(named, { recursive }, workspace, registries, files);
  const known = new Set(images.map(formatImage));
  const others = local.filter((subject) => subject.kind === 'file' || !known.has(formatImage(subject)));
  return [...others, ...images].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
