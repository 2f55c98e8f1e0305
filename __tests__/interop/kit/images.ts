/** Images and registries that are real: layouts, pushed by crane. */

import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { formatDigest } from '../../../src/core/crypto/index.ts';
import { type BuiltImage, image, layoutFiles, multiPlatform, writeFiles } from '../../kit/image-layout.ts';
import type { Court } from './court.ts';
import { judgePath, run } from './program.ts';

export const registryNames = [
  'go-containerregistry',
  'go-containerregistry without referrers',
  'docker-registry',
] as const;
export type RegistryName = (typeof registryNames)[number];

/** Its host and port, as names of images begin. */
export function hostOf(court: Court, registry: RegistryName): string {
  switch (registry) {
    case 'go-containerregistry':
      return court.instance.setting('REGISTRY');
    case 'go-containerregistry without referrers':
      return court.instance.setting('REGISTRY_NOREF');
    case 'docker-registry':
      return judgePath('COUNTERSIGN_INTEROP_DOCKER_REGISTRY');
  }
}

/** A manifest or index in a registry. */
export interface Pushed {
  /** `host/name` */
  readonly repository: string;
  /** `sha256:…` */
  readonly digest: string;
}

export interface PushedIndex extends Pushed {
  readonly platforms: readonly Pushed[];
  /** The attestation manifest of each platform. */
  readonly attestations: readonly Pushed[];
}

/** `host/name@sha256:…` */
export function referenceTo({ repository, digest }: Pushed): string {
  return `${repository}@${digest}`;
}

/** A repository that nothing was ever pushed into. */
export function freshRepository(court: Court, registry: RegistryName): string {
  return `${hostOf(court, registry)}/example/${randomUUID()}`;
}

/** Pushes an image that is like no other, as `repository:v1`. */
export async function pushImage(court: Court, registry: RegistryName): Promise<Pushed> {
  return push(court, image([randomUUID()]), freshRepository(court, registry));
}

/** Pushes an index of two platforms, with what BuildKit attests of them, as `repository:v1`. */
export async function pushIndex(court: Court, registry: RegistryName): Promise<PushedIndex> {
  const built = multiPlatform(randomUUID());
  const pushed = await push(court, built, freshRepository(court, registry));
  const { manifests }: { readonly manifests: readonly { readonly digest: string; readonly annotations?: object }[] } =
    JSON.parse(String(Buffer.from(built.bytes)));
  return {
    ...pushed,
    platforms: built.manifests.map(({ digest }) => ({ ...pushed, digest: formatDigest(digest) })),
    attestations: manifests.flatMap(({ digest, annotations }) =>
      annotations === undefined ? [] : { ...pushed, digest },
    ),
  };
}

async function push(court: Court, built: BuiltImage, repository: string): Promise<Pushed> {
  const folder = await mkdtemp(court.path('layout-'));
  await writeFiles(folder, layoutFiles([[built, {}]]));
  await crane(court, 'push', folder, `${repository}:v1`);
  const digest = await crane(court, 'digest', `${repository}:v1`);
  if (digest !== formatDigest(built.digest)) throw new Error(`crane pushed ${digest}`);
  return { repository, digest };
}

/** Copies an image, by its digest alone and with nothing that is attached to it, into a repository of its own. */
export async function copyImage(court: Court, { repository, digest }: Pushed): Promise<Pushed> {
  const copy = `${repository}-copy-${randomUUID()}`;
  await crane(court, 'copy', `${repository}@${digest}`, `${copy}:v1`);
  return { repository: copy, digest };
}

/** @returns what it prints */
export async function crane(court: Court, ...args: readonly string[]): Promise<string> {
  const home = court.path('crane');
  const { code, stdout, stderr } = await run(judgePath('COUNTERSIGN_INTEROP_CRANE'), args, {
    cwd: court.path('.'),
    env: { HOME: home },
  });
  if (code !== 0) throw new Error(`crane ${args.join(' ')} ended with ${code}:\n${stderr}`);
  return stdout.trim();
}

/** @returns what oras finds attached to an image: the types, one a line */
export async function orasDiscover(court: Court, image: Pushed): Promise<string> {
  const args = ['discover', '--plain-http', '--format', 'json', referenceTo(image)];
  const { code, stdout, stderr } = await run(judgePath('COUNTERSIGN_INTEROP_ORAS'), args, {
    cwd: court.path('.'),
    env: { HOME: court.path('oras') },
  });
  if (code !== 0) throw new Error(`oras ${args.join(' ')} ended with ${code}:\n${stderr}`);
  return stdout;
}
