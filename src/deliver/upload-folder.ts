/** Uploads a folder as a workflow artifact, with GitHub's own client. */

import type * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { CountersignError, fail } from '../core/errors/index.ts';
import { demandArtifactName, describeClientError, openArtifactClient } from '../services/github/index.ts';
import type { ArtifactClient } from './upload-artifact.ts';

export interface FolderUpload {
  readonly name: string;
  readonly folder: string;
  /** The content, for errors: `the state of the watch`. */
  readonly what: string;
}

/** An artifact as its service names it. */
export interface UploadedFolder {
  readonly id: number;
  /** The digest of the uploaded archive: `sha256:<hex>`. */
  readonly digest: string;
}

/**
 * Uploads all files of a folder.
 *
 * @param open the client; it is large, and loaded only now
 * @throws CountersignError `USAGE` for a name that GitHub forbids; `DELIVERY_FAILED`
 */
export async function uploadFolder(
  { name, folder, what }: FolderUpload,
  files: Pick<typeof fs, 'readdir'>,
  open: () => Promise<Pick<ArtifactClient, 'uploadArtifact'>> = openArtifactClient,
): Promise<UploadedFolder> {
  demandArtifactName(name);
  const entries = await files.readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const client = await open();
  try {
    const { id, digest } = await client.uploadArtifact(name, paths.sort(), folder);
    if (id === undefined || digest === undefined)
      return failed(what, 'the artifact service returned no artifact ID', undefined);
    return { id, digest: `sha256:${digest}` };
  } catch (cause) {
    if (cause instanceof CountersignError) throw cause;
    return failed(what, describeClientError(cause instanceof Error ? cause.message : String(cause)), cause);
  }
}

function failed(what: string, reason: string, cause: unknown): never {
  return fail('DELIVERY_FAILED', `${what} was not uploaded: ${reason}`, {
    ...(cause !== undefined && { cause }),
    remedy: 'Check githubstatus.com and the artifact storage of the account, and run the job again.',
  });
}
