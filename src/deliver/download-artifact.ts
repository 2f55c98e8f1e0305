/** A workflow artifact of this very run, through GitHub's own client: it takes the token that every job has, a fork's too. */

import type * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { type ErrorCode, fail } from '../core/errors/index.ts';
import { archiveLimits, isArchive } from './archive-directory.ts';
import { demandArtifactName, withoutQueries } from './artifact.ts';
import { type UnpackingFiles, unpackArchive } from './unpack-archive.ts';

export interface DownloadRequest {
  readonly name: string;
  /** The input that named it, for errors. */
  readonly input: string;
  /** What is missing where there is no such artifact. */
  readonly missing: Extract<ErrorCode, 'BUNDLE_MISSING' | 'SUBJECT_MISSING'>;
  /** One that is empty, and nobody else's. */
  readonly folder: string;
}

export interface DownloadedArtifact {
  /** Where its files are, and nothing else. */
  readonly directory: string;
  /** Their paths below it, with `/` between their parts. */
  readonly names: readonly string[];
}

/** Of GitHub's client, what is used here. */
export interface DownloadClient {
  getArtifact(name: string): Promise<{
    readonly artifact: { readonly id: number; readonly name: string; readonly size: number; readonly digest?: string };
  }>;
  downloadArtifact(
    id: number,
    options: { path: string; skipDecompress: boolean; expectedHash?: string },
  ): Promise<{ readonly digestMismatch?: boolean }>;
}

export type DownloadFiles = UnpackingFiles & Pick<typeof fs, 'readdir' | 'rename' | 'rm'>;

/**
 * Downloads an artifact and unpacks it here, not in the client, which unpacks whatever names and lengths it finds.
 *
 * @param open the client; it is large, and loaded only now
 * @throws CountersignError `USAGE` for a name that GitHub forbids; the code for what is missing; `SERVICE_UNAVAILABLE`;
 *   `ARCHIVE_INVALID`, `LIMIT_EXCEEDED`
 */
export async function downloadArtifact(
  request: DownloadRequest,
  files: DownloadFiles,
  open: () => Promise<DownloadClient> = openClient,
): Promise<DownloadedArtifact> {
  const { name, input, folder } = request;
  demandArtifactName(name, input);
  const downloads = join(folder, 'download');
  const directory = join(folder, 'files');
  for (const path of [downloads, directory]) await files.mkdir(path);
  await download(request, downloads, await open());
  const [file, ...more] = await files.readdir(downloads);
  if (file === undefined || more.length > 0) failed(request, 'the client did not write one file', undefined);
  const path = join(downloads, file);
  const names = await ((await beginsAsArchive(path, files))
    ? unpackArchive(path, directory, files)
    : keep(path, request, directory, files));
  await files.rm(downloads, { recursive: true });
  return { directory, names };
}

async function openClient(): Promise<DownloadClient> {
  const { DefaultArtifactClient } = await import('@actions/artifact');
  return new DefaultArtifactClient();
}

async function download(request: DownloadRequest, path: string, client: DownloadClient): Promise<void> {
  const shown = JSON.stringify(request.name);
  const { artifact } = await asked(request, () => client.getArtifact(request.name));
  if (artifact.name !== request.name) failed(request, 'the artifact service answered with another one', undefined);
  if (artifact.size > archiveLimits.bytes)
    fail('LIMIT_EXCEEDED', `the workflow artifact ${shown} has ${artifact.size} bytes`, {
      remedy: 'Fetch it with actions/download-artifact, and name its folder.',
    });
  const { digest } = artifact;
  const options = { path, skipDecompress: true, ...(digest !== undefined && { expectedHash: digest }) };
  const { digestMismatch } = await asked(request, () => client.downloadArtifact(artifact.id, options));
  if (digestMismatch) fail('ARCHIVE_INVALID', `the workflow artifact ${shown} is not what its digest says`);
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

/** An artifact that is a single file, uploaded as it is (`archive: false`): the artifact's name is the file's. */
async function keep(
  path: string,
  { name, input }: DownloadRequest,
  directory: string,
  files: DownloadFiles,
): Promise<readonly string[]> {
  // Checked against the rules for artifacts; these two are folders.
  if (name === '.' || name === '..') fail('USAGE', `\`${input}\` is ${JSON.stringify(name)}, which is no file`);
  await files.rename(path, join(directory, name));
  return [name];
}

function failed({ name, input, missing }: DownloadRequest, message: string, cause: unknown): never {
  const shown = JSON.stringify(name);
  const details = cause === undefined ? {} : { cause };
  if (/Artifact not found/.test(message))
    fail(missing, `this run has no workflow artifact ${shown}`, {
      ...details,
      remedy: 'Let this job need the one that uploads it; artifacts of other runs are not looked at.',
    });
  if (/not currently supported on GHES/.test(message))
    fail('USAGE', 'GitHub Enterprise Server does not have this artifact service', {
      ...details,
      remedy: 'Fetch the artifact with the actions/download-artifact that works there, and name its folder.',
    });
  if (/ACTIONS_RUNTIME_TOKEN|ACTIONS_RESULTS_URL/.test(message))
    fail('USAGE', `the runner offers no artifact service to this step, from which \`${input}\` could come`, {
      ...details,
      remedy: 'Use it in a job of GitHub Actions; elsewhere, name files and folders.',
    });
  return fail('SERVICE_UNAVAILABLE', `the workflow artifact ${shown} was not downloaded: ${withoutQueries(message)}`, {
    ...details,
    remedy: 'See githubstatus.com and run again.',
  });
}
