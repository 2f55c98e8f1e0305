/** Downloads a workflow artifact of this run with GitHub's own client, which uses the token that every job has, also for a fork. */

import type * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { type Digest, formatDigest } from '../core/crypto/index.ts';
import { type ErrorCode, fail } from '../core/errors/index.ts';
import { demandArtifactName, describeClientError, openArtifactClient } from '../services/github/index.ts';
import { digestFile } from '../subject/index.ts';
import { archiveLimits, isArchive } from './archive-directory.ts';
import type { UnpackingFiles } from './unpack-archive.ts';
import { unpackArchive } from './unpack-archive.ts';

/** A workflow artifact of this run. A name can be reused after the artifact is deleted; an id and a digest cannot. */
export type ArtifactReference = ArtifactKey & {
  /** The digest of the artifact's bytes as they were uploaded: those of the archive, or of the single file. */
  readonly digest?: Digest<'sha256'> | undefined;
};

type ArtifactKey =
  | { readonly name: string; readonly id?: undefined }
  | { readonly name?: string | undefined; readonly id: number };

export interface DownloadRequest {
  readonly artifact: ArtifactReference;
  /** The input that names it, for errors. Those of its id and digest have `-id` and `-digest` behind this name. */
  readonly input: string;
  /** The input that states its digest, if it is another one. */
  readonly digestInput?: string;
  /** The limit for its bytes, as they were uploaded and when they are unpacked. */
  readonly maxBytes?: number;
  /** The error code if there is no such artifact. */
  readonly missing: Extract<ErrorCode, 'BUNDLE_MISSING' | 'SUBJECT_MISSING'>;
  /** An empty folder that no other program uses. */
  readonly folder: string;
}

export interface DownloadedArtifact {
  /** The folder with its files, and nothing else. */
  readonly directory: string;
  /** Their paths below it, with `/` between their parts. */
  readonly names: readonly string[];
}

/** Describes an artifact, as the service lists it. */
export interface ListedArtifact {
  readonly id: number;
  readonly name: string;
  /** In bytes, as it was uploaded. */
  readonly size: number;
  /** `sha256:<hex>`; artifacts of older clients have none. */
  readonly digest?: string;
}

/** The methods of GitHub's client that are used here. */
export interface DownloadClient {
  getArtifact(name: string): Promise<{ readonly artifact: ListedArtifact }>;
  listArtifacts(): Promise<{ readonly artifacts: readonly ListedArtifact[] }>;
  downloadArtifact(id: number, options: { path: string; skipDecompress: boolean }): Promise<unknown>;
}

export type DownloadFiles = UnpackingFiles & Pick<typeof fs, 'readdir' | 'rename' | 'rm'>;

/**
 * Downloads an artifact, checks its digest and unpacks it here, as the client would unpack unsafe names and lengths.
 *
 * @param open the client; it is large, and loaded only now
 * @throws CountersignError `USAGE` for a name that GitHub forbids or an id of another name; the code for what is missing;
 *   `SUBJECT_CHANGED` if it is another artifact than the id or the digest says; `SERVICE_UNAVAILABLE`, `SERVICE_RESPONSE_INVALID`; `ARCHIVE_INVALID`, `LIMIT_EXCEEDED`
 */
export async function downloadArtifact(
  request: DownloadRequest,
  files: DownloadFiles,
  open: () => Promise<DownloadClient> = openArtifactClient,
): Promise<DownloadedArtifact> {
  const { artifact, input, folder, maxBytes = archiveLimits.bytes } = request;
  if (artifact.name !== undefined) demandArtifactName(artifact.name, input);
  const downloads = join(folder, 'download');
  const directory = join(folder, 'files');
  for (const path of [downloads, directory]) await files.mkdir(path);
  const client = await open();
  const listed = await find(request, client);
  await asked(request, () => client.downloadArtifact(listed.id, { path: downloads, skipDecompress: true }));
  const [file, ...more] = await files.readdir(downloads);
  if (file === undefined || more.length > 0) failed(request, 'the client did not write exactly one file', undefined);
  const path = join(downloads, file);
  // Checked before unpacking, so that another artifact is not parsed at all.
  await demandDigest(request, listed, path, files);
  const names = await ((await beginsAsArchive(path, files))
    ? unpackArchive(path, directory, files, maxBytes)
    : keep(path, listed.name, input, directory, files));
  await files.rm(downloads, { recursive: true });
  return { directory, names };
}

async function find(request: DownloadRequest, client: DownloadClient): Promise<ListedArtifact> {
  const { artifact, input, maxBytes = archiveLimits.bytes } = request;
  const listed =
    artifact.id === undefined
      ? (await asked(request, () => client.getArtifact(artifact.name))).artifact
      : listedAs(artifact.id, request, (await asked(request, () => client.listArtifacts())).artifacts);
  if (artifact.name === undefined) demandArtifactName(listed.name, input);
  else if (artifact.id === undefined && listed.name !== artifact.name)
    failed(request, 'the artifact service returned a different artifact', undefined);
  // The client asks for the address of a blob by the artifact's name: without a digest, its bytes could be those of a successor.
  if (artifact.id !== undefined && artifact.digest === undefined && listed.digest === undefined)
    fail('SERVICE_RESPONSE_INVALID', `the artifact service did not return a digest of ${shown(request)}`, {
      remedy: `Set \`${digestInput(request)}\` to the output \`artifact-digest\` of the step that uploads the artifact.`,
    });
  if (listed.size > maxBytes)
    fail('LIMIT_EXCEEDED', `${shown(request)} has ${listed.size} bytes; the limit is ${maxBytes}`, {
      remedy: 'Download the artifact with actions/download-artifact, and specify the files in its folder.',
    });
  return listed;
}

/** Returns the artifact that has this id, and the name that was given with it. */
function listedAs(id: number, request: DownloadRequest, all: readonly ListedArtifact[]): ListedArtifact {
  const { artifact, input, missing } = request;
  const listed = all.find((one) => one.id === id);
  if (listed !== undefined) {
    if (artifact.name === undefined || listed.name === artifact.name) return listed;
    fail(
      'USAGE',
      `the workflow artifact with the ID ${id} has the name ${JSON.stringify(listed.name)}, not ${JSON.stringify(artifact.name)}`,
      {
        remedy: `Omit \`${input}\`, or set \`${input}-id\` to the ID of the artifact with this name.`,
      },
    );
  }
  const successor = all.find(({ name }) => name === artifact.name);
  if (successor === undefined)
    fail(missing, `this run has no workflow artifact with the ID ${id}`, {
      remedy:
        'Make this job depend on the job that uploads the artifact (`needs`), and check that no job deletes it. Artifacts of other runs are not searched.',
    });
  return fail(
    'SUBJECT_CHANGED',
    `the workflow artifact ${JSON.stringify(artifact.name)} with the ID ${id} was replaced by one with the ID ${successor.id}`,
    { remedy: replaced },
  );
}

const replaced = 'Do not use this artifact. Find the job of this run that replaced it.';

/** Demands that the downloaded bytes have the digest that the caller knows, and then the one that the service states. */
async function demandDigest(
  request: DownloadRequest,
  listed: ListedArtifact,
  path: string,
  files: DownloadFiles,
): Promise<void> {
  const { artifact } = request;
  const found = formatDigest(await digestFile(files, { path }, 'sha256'));
  if (artifact.digest !== undefined && found !== formatDigest(artifact.digest))
    fail(
      'SUBJECT_CHANGED',
      `the digest of ${shown(request)} is ${found}, but \`${digestInput(request)}\` is ${formatDigest(artifact.digest)}`,
      { remedy: replaced },
    );
  if (listed.digest !== undefined && found !== listed.digest)
    fail('ARCHIVE_INVALID', `the content of ${shown(request)} does not match its digest`);
}

function digestInput({ input, digestInput: named = `${input}-digest` }: DownloadRequest): string {
  return named;
}

async function asked<T>(request: DownloadRequest, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    return failed(request, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

async function beginsAsArchive(path: string, files: DownloadFiles): Promise<boolean> {
  const handle = await files.open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return isArchive(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}

/** Handles an artifact that is a single file, uploaded without an archive (`archive: false`): the artifact's name is the file's. */
async function keep(
  path: string,
  name: string,
  input: string,
  directory: string,
  files: DownloadFiles,
): Promise<readonly string[]> {
  // Checked against the rules for artifacts; these two are folders.
  if (name === '.' || name === '..') fail('USAGE', `\`${input}\` is ${JSON.stringify(name)}, which is not a file name`);
  await files.rename(path, join(directory, name));
  return [name];
}

/** Returns the artifact as errors show it: `the workflow artifact "release"`. */
function shown({ artifact: { name, id } }: DownloadRequest): string {
  return `the workflow artifact ${name === undefined ? `with the ID ${id}` : JSON.stringify(name)}`;
}

function failed(request: DownloadRequest, message: string, cause: unknown): never {
  const { input, missing } = request;
  const details = cause === undefined ? {} : { cause };
  if (/Artifact not found|No artifacts found for ID/.test(message))
    fail(missing, `this run has no ${shown(request).replace('the ', '')}`, {
      ...details,
      remedy:
        'Make this job depend on the job that uploads the artifact (`needs`). Artifacts of other runs are not searched.',
    });
  if (/not currently supported on GHES/.test(message))
    fail('USAGE', 'GitHub Enterprise Server does not provide this artifact service', {
      ...details,
      remedy:
        'Download the artifact with a version of actions/download-artifact that supports this server, and specify the files in its folder.',
    });
  if (/ACTIONS_RUNTIME_TOKEN|ACTIONS_RESULTS_URL/.test(message))
    fail('USAGE', `\`${input}\` requires the artifact service, which this runner does not provide to this step`, {
      ...details,
      remedy: 'Use it in a GitHub Actions job. Elsewhere, specify files and folders.',
    });
  return fail('SERVICE_UNAVAILABLE', `${shown(request)} was not downloaded: ${describeClientError(message)}`, {
    ...details,
    remedy: 'Check githubstatus.com, and run the job again.',
  });
}
