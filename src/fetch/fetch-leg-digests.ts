/** Fetches the digests that legs of this run handed over, each in a workflow artifact. */

import type * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../core/errors/index.ts';
import { readRegularFile } from '../node/index.ts';
import { describeClientError, openArtifactClient } from '../services/github/index.ts';
import { type LegDigests, legArtifactPrefix, legDigestsFile, legLimits, readLegDigests } from '../subject/index.ts';
import {
  type ArtifactReference,
  type DownloadClient,
  type DownloadFiles,
  downloadArtifact,
} from './download-artifact.ts';

/** The file system, and the runner's temporary folder. */
export interface LegDigestsFolder {
  readonly files: DownloadFiles & Pick<typeof fs, 'mkdtemp'>;
  readonly temporaryDirectory: string;
}

/**
 * Returns the references of all artifacts of this run that have the name of digests of a leg, in the order of their ids.
 *
 * @throws CountersignError `SERVICE_UNAVAILABLE`
 */
export async function listLegArtifacts(
  open: () => Promise<DownloadClient> = openArtifactClient,
): Promise<readonly ArtifactReference[]> {
  const client = await open();
  const { artifacts } = await client.listArtifacts().catch((cause: unknown) =>
    fail('SERVICE_UNAVAILABLE', `the workflow artifacts were not listed: ${describeClientError(String(cause))}`, {
      cause,
      remedy: 'Check githubstatus.com, and run the job again.',
    }),
  );
  const found = artifacts.filter(({ name }) => name.startsWith(legArtifactPrefix));
  return found.map(({ id, name }) => ({ id, name })).sort((a, b) => a.id - b.id);
}

/**
 * Fetches the digests of a leg.
 *
 * @throws CountersignError those of {@link downloadArtifact}; `ARCHIVE_INVALID` for an artifact with anything else in it; those of
 *   reading the file
 */
export async function fetchLegDigests(
  artifact: ArtifactReference,
  { files, temporaryDirectory }: LegDigestsFolder,
  open: () => Promise<DownloadClient> = openArtifactClient,
): Promise<LegDigests> {
  const folder = await files.mkdtemp(join(temporaryDirectory, 'countersign-leg-'));
  try {
    const limits = { digestInput: 'collected', maxBytes: legLimits.bytes };
    const request = { artifact, input: 'collected', missing: 'SUBJECT_MISSING', folder, ...limits } as const;
    const { directory, names } = await downloadArtifact(request, files, open);
    const what = `the workflow artifact ${JSON.stringify(artifact.name ?? artifact.id)}`;
    if (names.length !== 1 || names[0] !== legDigestsFile)
      fail('ARCHIVE_INVALID', `${what} does not contain the file ${legDigestsFile}, and nothing else`, {
        remedy: 'Set `collected` to the outputs `collected` of steps with `mode: collect`.',
      });
    return readLegDigests(await readRegularFile(files, join(directory, legDigestsFile), legLimits.bytes), what);
  } finally {
    await files.rm(folder, { recursive: true, force: true });
  }
}
