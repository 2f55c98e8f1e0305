/** A workflow artifact of this run, on disk. */

import { join } from 'node:path';
import { fail } from '../core/errors/index.ts';
import { type DownloadedArtifact, type DownloadRequest, downloadArtifact } from '../deliver/index.ts';
import { bundleStem } from './bundle-pool.ts';
import { untilCancelled } from './until-cancelled.ts';
import type { World } from './world.ts';

export interface ArtifactSource extends Pick<DownloadRequest, 'name' | 'input'> {
  /** What it is to hold. */
  readonly holds: 'files' | 'bundles';
  /** The runner's: it is emptied when the job is over. */
  readonly temporaryDirectory: string;
}

const missing = { files: 'SUBJECT_MISSING', bundles: 'BUNDLE_MISSING' } as const;

/** @throws CountersignError those of {@link downloadArtifact}, also if there is nothing in it of what it is to hold; `CANCELLED` */
export async function fetchArtifact(
  { name, input, holds, temporaryDirectory }: ArtifactSource,
  { files, cancellation }: Pick<World, 'files' | 'cancellation'>,
): Promise<DownloadedArtifact> {
  // Fresh, and nobody else's: what an earlier step left must not pass for what is in the artifact.
  const folder = await files.mkdtemp(join(temporaryDirectory, 'countersign-'));
  const artifact = await untilCancelled(
    () => downloadArtifact({ name, input, missing: missing[holds], folder }, files),
    'downloading a workflow artifact',
    'Run again.',
    cancellation,
  );
  const found = holds === 'files' ? artifact.names : artifact.names.filter((path) => bundleStem(path) !== undefined);
  if (found.length === 0) fail(missing[holds], `the workflow artifact ${JSON.stringify(name)} holds no ${holds}`);
  return artifact;
}
