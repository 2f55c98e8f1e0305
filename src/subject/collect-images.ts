/** Finds images: names in registries, and paths of saved images, one per line. */

import { basename, isAbsolute, resolve } from 'node:path';
import { CountersignError, fail } from '../core/errors/index.ts';
import { isWithin, mapConcurrently, pathBelow, pathExists } from '../node/index.ts';
import { formatPlatform, type ImageReference, type Registries } from '../services/registry/index.ts';
import { type FileSystem, orUnreadable } from './file-system.ts';
import { readDiskImage } from './image/disk-image.ts';
import { type ListedManifest, manifestsOf } from './image/image-index.ts';
import { type ImageName, readImageName } from './image-name.ts';
import { resolveImage } from './resolve-image.ts';
import { byName, formatImage, type ImageSubject, type StoredImage } from './subject.ts';

export interface ImageOptions {
  /** Includes each manifest below an index as a subject, under the name of the index. */
  readonly recursive: boolean;
}

/**
 * Finds every image that is named, in the order of names by code units. One name with one digest is one subject, with all the
 * tags that led to it. A saved image has the name that it was saved under, else that of its path below the workspace.
 *
 * @param lines as {@link readImageName} reads them; a blank one is refused
 * @throws CountersignError `USAGE`; `SUBJECT_MISSING`; those of {@link readDiskImage}, of {@link manifestsOf} and of the
 * registries' clients
 */
export async function collectImages(
  lines: readonly string[],
  options: ImageOptions,
  workspace: string,
  registries: Registries,
  files: FileSystem,
): Promise<readonly ImageSubject[]> {
  const written = lines.map((line) => line.trim());
  // Before anything is asked of a registry: whatever is mistyped.
  const read = await mapConcurrently(written, async (line) => ({
    line,
    image: await readLine(line, workspace, files),
  }));
  const found = await mapConcurrently(read, ({ line, image }) =>
    image.kind === 'path'
      ? subjectsOnDisk(image.path, line, options, workspace, files)
      : subjectsInRegistry(image.reference, line, options, registries),
  );
  // Within one name as they were found: an index before what it lists.
  return merge(found.flat()).sort(byName);
}

/** As {@link readImageName}; the error for what is a file and no name says how a path is written. */
async function readLine(line: string, workspace: string, files: FileSystem): Promise<ImageName> {
  if (line === '') {
    fail('USAGE', 'an image name is empty', { remedy: 'Check that the variable with the image name is set.' });
  }
  try {
    return readImageName(line);
  } catch (cause) {
    const isThere = await pathExists(resolve(workspace, line), files);
    if (!(cause instanceof CountersignError) || !isThere) throw cause;
    return fail('USAGE', `${JSON.stringify(line)} is not a valid image name; it is a path, which must start with ./`, {
      cause,
      remedy: `Use ./${line} to specify the image at this path.`,
    });
  }
}

async function subjectsInRegistry(
  reference: ImageReference,
  line: string,
  { recursive }: ImageOptions,
  registries: Registries,
): Promise<readonly ImageSubject[]> {
  const { subject, manifest } = await resolveImage(reference, line, registries);
  if (!recursive) return [subject];
  const { repository } = reference;
  const below = await manifestsOf(manifest, (digest) => registries(repository).getManifest(digest), line);
  const stored = ({ mediaType, bytes }: ListedManifest['manifest']): StoredImage => ({
    repository,
    tags: [],
    mediaType,
    size: bytes.length,
  });
  return [
    subject,
    ...below.map(
      ({ manifest: each, platform }) =>
        ({ ...subject, digest: each.digest, ...named(platform), stored: stored(each) }) as const,
    ),
  ];
}

async function subjectsOnDisk(
  path: string,
  line: string,
  { recursive }: ImageOptions,
  workspace: string,
  files: FileSystem,
): Promise<readonly ImageSubject[]> {
  const absolute = resolve(workspace, path);
  await demandInside(path, absolute, workspace, files);
  const { images, getManifest } = await readDiskImage(absolute, files);
  const found: ImageSubject[] = [];
  for (const { name = nameOfPath(absolute, workspace), digest } of images) {
    const subject = { kind: 'image', name, digest, origin: line, stored: undefined } as const;
    found.push(subject);
    const manifest = recursive ? await getManifest(digest) : undefined;
    if (manifest === undefined) continue;
    const below = await manifestsOf(manifest, getManifest, line);
    found.push(
      ...below.map(({ manifest: each, platform }) => ({ ...subject, digest: each.digest, ...named(platform) })),
    );
  }
  return found;
}

function named(platform: ListedManifest['platform']): Pick<ImageSubject, 'platform'> {
  return platform === undefined ? {} : { platform: formatPlatform(platform) };
}

/** A path that is written absolute says where it leads; a link in the workspace may come from anybody. */
async function demandInside(path: string, absolute: string, workspace: string, files: FileSystem): Promise<void> {
  if (isAbsolute(path)) return;
  const [root, real] = await orUnreadable(absolute, () =>
    Promise.all([files.realpath(workspace), files.realpath(absolute)]),
  );
  if (!isWithin(root, real)) {
    fail('USAGE', `the image path ${path} points to ${real}, which is outside of the workspace`, {
      remedy: 'Save the image in the workspace, or specify its absolute path.',
    });
  }
}

/** Returns the path below the workspace; elsewhere only its last part, so that nothing about this machine is published. */
function nameOfPath(absolute: string, workspace: string): string {
  return pathBelow(workspace, absolute) || basename(absolute);
}

function merge(subjects: readonly ImageSubject[]): ImageSubject[] {
  const merged = new Map<string, ImageSubject>();
  for (const subject of subjects) {
    const key = formatImage(subject);
    const known = merged.get(key);
    merged.set(key, known === undefined ? subject : { ...known, stored: mergeStored(known.stored, subject.stored) });
  }
  return [...merged.values()];
}

/** Merges the two: an image that is saved and in a registry can be attached to there. */
function mergeStored(a: StoredImage | undefined, b: StoredImage | undefined): StoredImage | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return { ...a, tags: [...new Set([...a.tags, ...b.tags])] };
}
