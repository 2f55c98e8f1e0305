/** Fetches a workflow artifact of this run to disk. */

import type * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { bundleStem } from '../core/bundle/index.ts';
import { fail } from '../core/errors/index.ts';
import {
  type ArtifactReference,
  type DownloadedArtifact,
  type DownloadFiles,
  type DownloadRequest,
  downloadArtifact,
} from './download-artifact.ts';

export interface ArtifactSource extends Pick<DownloadRequest, 'artifact' | 'input'> {
  /** The kind of file that the artifact should contain. */
  readonly holds: 'files' | 'bundles';
  /** The runner's temporary folder, which is emptied after the job. */
  readonly temporaryDirectory: string;
}

const missing = { files: 'SUBJECT_MISSING', bundles: 'BUNDLE_MISSING' } as const;

/** @throws CountersignError those of {@link downloadArtifact}, also if it does not contain what it should */
export async function fetchArtifact(
  { artifact, input, holds, temporaryDirectory }: ArtifactSource,
  files: DownloadFiles & Pick<typeof fs, 'mkdtemp'>,
): Promise<DownloadedArtifact> {
  // A new folder, so that files of an earlier step do not pass for those of the artifact.
  const folder = await files.mkdtemp(join(temporaryDirectory, 'countersign-'));
  const downloaded = await downloadArtifact({ artifact, input, missing: missing[holds], folder }, files);
  const { names } = downloaded;
  const found = holds === 'files' ? names : names.filter((path) => bundleStem(path) !== undefined);
  if (found.length === 0)
    fail(missing[holds], `the workflow artifact ${JSON.stringify(artifact.name ?? artifact.id)} contains no ${holds}`);
  return downloaded;
}

const consequences = {
  sign: 'so this run could sign files that were not built by the expected job',
  verify: 'for example with files of an older release, which satisfy the same policy',
} as const;

/** Returns a warning if an artifact is named by its name alone. */
export function artifactWarnings(
  { name, id, digest }: ArtifactReference,
  purpose: keyof typeof consequences,
): readonly string[] {
  if (id !== undefined || digest !== undefined) return [];
  return [
    `the workflow artifact ${JSON.stringify(name)} was identified only by its name. Until it is downloaded, any other job of this run can replace it, ${consequences[purpose]}. Set \`files-artifact-id\` and \`files-artifact-digest\` to the outputs \`artifact-id\` and \`artifact-digest\` of actions/upload-artifact, passed on as outputs of the job that uploads it`,
  ];
}
