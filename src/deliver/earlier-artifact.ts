/** Looks at a workflow artifact that has the name of the one to upload: it may be of an earlier attempt, or of an earlier step. */

import type * as fs from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { type Digest, formatDigest } from '../core/crypto/index.ts';
import { CountersignError, fail } from '../core/errors/index.ts';
import { type DownloadClient, downloadArtifact } from '../fetch/index.ts';
import { openArtifactClient } from '../services/github/index.ts';
import { digestFile, type Subject } from '../subject/index.ts';
import { readManifest } from './manifest.ts';

/** A subject as a manifest names it. */
export interface NamedDigest {
  readonly name: string;
  readonly digest: Digest;
}

/** The file system and the folder into which an earlier artifact is unpacked. */
export interface Unpacking {
  readonly files: typeof fs;
  readonly temporaryDirectory: string;
}

/** An artifact of this run. */
export interface EarlierArtifact {
  readonly id: number;
  /** `sha256:<hex>`, as the service states it. */
  readonly digest: string | undefined;
  /** The paths of its files in the artifact, with their digests; `undefined` if they cannot be read. */
  readonly contents: ReadonlyMap<string, string> | undefined;
  /** What its manifest lists; `undefined` if it has none. */
  readonly subjects: ReadonlySet<string> | undefined;
}

/** Returns the artifact of this run that has a name, with its content; `undefined` if there is none. */
export async function findEarlier(
  name: string,
  client: DownloadClient,
  { files, temporaryDirectory }: Unpacking,
): Promise<EarlierArtifact | undefined> {
  const { artifacts } = await client.listArtifacts();
  const listed = artifacts.find((one) => one.name === name);
  if (listed === undefined) return undefined;
  const { id, digest } = listed;
  const folder = await files.mkdtemp(join(temporaryDirectory, 'countersign-earlier-'));
  try {
    const request = { artifact: { name, id }, input: 'artifact-name', missing: 'BUNDLE_MISSING', folder } as const;
    const { directory, names } = await downloadArtifact(request, files, async () => client);
    const contents = new Map<string, string>();
    for (const one of names) contents.set(one, await hashOf(join(directory, one), files));
    return { id, digest, contents, subjects: await subjectsIn(directory, names, files) };
  } catch (failure) {
    if (!(failure instanceof CountersignError)) throw failure;
    return { id, digest, contents: undefined, subjects: undefined };
  } finally {
    await files.rm(folder, { recursive: true, force: true });
  }
}

const manifestName = /^(?:countersign-)?manifest(?:-\d+)?\.json$/;

async function hashOf(path: string, files: typeof fs): Promise<string> {
  return formatDigest(await digestFile(files, { path }, 'sha256'));
}

async function subjectsIn(
  directory: string,
  names: readonly string[],
  files: typeof fs,
): Promise<ReadonlySet<string> | undefined> {
  const [manifest, ...others] = names.filter((name) => manifestName.test(name));
  if (manifest === undefined || others.length > 0) return undefined;
  const entries = await readManifest(join(directory, manifest), files);
  return entries && new Set(entries.map(({ name, digest }) => keyOf(name, digest)));
}

function keyOf(name: string, digest: string): string {
  return `${digest} ${name}`;
}

/** Reports whether an artifact has these subjects with these digests, and no others. */
export function holdsSubjects({ subjects }: EarlierArtifact, wanted: readonly NamedDigest[]): boolean {
  const keys = new Set(wanted.map(({ name, digest }) => keyOf(name, formatDigest(digest))));
  return subjects !== undefined && keys.size === subjects.size && [...keys].every((key) => subjects.has(key));
}

/** Reports whether an artifact holds exactly these files. */
export async function holdsFiles(
  { contents }: EarlierArtifact,
  paths: readonly string[],
  root: string,
  files: typeof fs,
): Promise<boolean> {
  if (contents?.size !== paths.length) return false;
  for (const path of paths) {
    const name = relative(root, path).split(sep).join('/');
    if (contents.get(name) !== (await hashOf(resolve(path), files))) return false;
  }
  return true;
}

/**
 * Demands that an artifact of this name can be uploaded: the run has none, or one about the same subjects, which is replaced. Whether
 * it can be uploaded for other reasons is for the upload to find out.
 *
 * @throws CountersignError `USAGE` if the name is taken; `SUBJECT_UNREADABLE`, `SUBJECT_CHANGED`
 */
export async function demandNameFree(
  name: string,
  subjects: readonly Subject[],
  unpacking: Unpacking,
  open: () => Promise<DownloadClient> = openArtifactClient,
): Promise<void> {
  const earlier = await findEarlier(name, await open(), unpacking).catch(() => undefined);
  if (earlier === undefined) return;
  // Files are hashed only if there is a list to compare them with.
  if (earlier.subjects !== undefined) {
    const named: NamedDigest[] = [];
    for (const subject of subjects) named.push(await withDigest(subject, unpacking));
    if (holdsSubjects(earlier, named)) return;
  }
  fail(
    'USAGE',
    `nothing was signed: this run already has an artifact named ${JSON.stringify(name)} with bundles of other subjects`,
    {
      remedy: 'Omit `artifact-name`, or use a different name in each job, step and matrix leg.',
    },
  );
}

async function withDigest(subject: Subject, { files }: Unpacking): Promise<NamedDigest> {
  const { name } = subject;
  return { name, digest: subject.kind === 'file' ? await digestFile(files, subject, 'sha256') : subject.digest };
}
