/** Finds images in their registries for a program. */

import { fail } from '../core/errors/index.ts';
import { Secret } from '../node/index.ts';
import { loadRegistries, type RegistryAccount, type World } from '../run/world/index.ts';
import type { Registries } from '../services/registry/index.ts';
import { type ImageSubject, readImageName, resolveImage, type StoredImage } from '../subject/index.ts';
import type { ImageOptions, RequestOptions } from './options.ts';

/** Opens the registry of an image. */
export async function registriesOf(
  name: string,
  options: ImageOptions & RequestOptions,
  world: World,
): Promise<Registries> {
  const { environment = process.env } = options;
  const registries = await loadRegistries({ images: [name], account: accountOf(options), environment }, world);
  return registries ?? fail('USAGE', 'no image was named');
}

/** Returns the account, if one was given. */
export function accountOf({ account }: ImageOptions): RegistryAccount | undefined {
  if (account === undefined) return undefined;
  return { registry: undefined, user: account.username, password: new Secret(account.password) };
}

/**
 * Finds an image by its name, once: a tag may move.
 *
 * @throws CountersignError `USAGE` for a name that is none; `SUBJECT_MISSING`; those of the registry's client
 */
export async function resolveSubject(
  name: string,
  options: ImageOptions & RequestOptions,
  world: World,
): Promise<ImageSubject & { readonly stored: StoredImage }> {
  const read = readImageName(name);
  if (read.kind === 'path')
    fail('USAGE', `${JSON.stringify(name)} is the path of an image on disk, which has no registry`, {
      remedy: 'Name the image as its registry knows it: `registry/name:tag` or `registry/name@sha256:…`.',
    });
  const registries = await registriesOf(name, options, world);
  return (await resolveImage(read.reference, name, registries)).subject;
}
