import { readdir } from 'node:fs/promises';
import type { Sandbox } from '../../sandbox/index.ts';
import { fail } from '../core/errors/index.ts';
import { openArtifactClient } from '../services/github/index.ts';

export interface Downloaded {
  readonly name: string;
  readonly digest: string;
  readonly files: number;
}

/** Downloads the newest workflow artifact into a folder, with GitHub's own client. */
export async function downloadArtifact(
  { artifactService }: Sandbox,
  folder: string,
  workspace: string,
): Promise<Downloaded> {
  // GitHub's client reads its settings only from the environment.
  Object.assign(process.env, {
    ACTIONS_RESULTS_URL: artifactService.resultsUrl,
    ACTIONS_RUNTIME_TOKEN: artifactService.job.token,
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_WORKSPACE: workspace,
  });
  const artifact = await quietly(async () => {
    const client = await openArtifactClient();
    const [newest] = (await client.listArtifacts()).artifacts;
    if (newest === undefined) fail('DELIVERY_FAILED', 'the action uploaded no artifact');
    const { digestMismatch } = await client.downloadArtifact(newest.id, {
      path: folder,
      ...(newest.digest !== undefined && { expectedHash: newest.digest }),
    });
    if (digestMismatch) fail('DELIVERY_FAILED', 'the artifact is not what was uploaded');
    return newest;
  });
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return {
    name: artifact.name,
    digest: artifact.digest ?? 'no digest',
    files: entries.filter((entry) => entry.isFile()).length,
  };
}

/** Silences GitHub's client, which prints workflow commands and deprecation warnings. */
async function quietly<T>(work: () => Promise<T>): Promise<T> {
  const { write } = process.stdout;
  process.noDeprecation = true;
  process.stdout.write = () => true;
  try {
    return await work();
  } finally {
    process.stdout.write = write;
  }
}
