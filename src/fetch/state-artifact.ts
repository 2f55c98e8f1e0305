/** Restores the state that an earlier run of the same workflow left in a workflow artifact. Artifacts are untrusted. */

import type * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { CountersignError } from '../core/errors/index.ts';
import type { GitHubArtifact, GitHubClient, ListedRun } from '../services/github/index.ts';
import { type UnpackingFiles, unpackArchive } from './unpack-archive.ts';

/** The workflow and the run that need the state. */
export interface StateSource {
  /** `owner/name`. */
  readonly repository: string;
  readonly repositoryId: string;
  readonly defaultBranch: string;
  /** The path of the workflow: `.github/workflows/watch.yml`. */
  readonly workflow: string;
  /** The name of the artifact; see {@link stateArtifactName}. */
  readonly artifact: string;
  /** This run: an earlier attempt of it may have left a state. */
  readonly run: Pick<ListedRun, 'id' | 'attempt' | 'event' | 'headBranch'>;
}

/** The result of looking for a state. */
export interface RestoredState {
  /** The run that left it; `undefined` if there is none. */
  readonly run: string | undefined;
  /** The reason why the state is not the latest, as a sentence without its full stop: it was lost, or is damaged. */
  readonly problem: string | undefined;
  /** Artifacts that were not used because others could have made them, as sentences without full stops. */
  readonly refused: readonly string[];
}

/** A run that may have left a state. */
type StateRun = Omit<ListedRun, 'status' | 'createdAt'>;

type StateClient = Pick<GitHubClient, 'workflowRuns' | 'artifactsOfRun' | 'downloadArtifact'>;
export type StateFiles = UnpackingFiles & Pick<typeof fs, 'mkdir' | 'writeFile' | 'rm'>;

/** Events that only people with write access cause. The code of a pull request must not choose the past of a watch. */
const trustedEvents: readonly string[] = ['schedule', 'workflow_dispatch', 'push', 'repository_dispatch'];
/** The number of runs in which a state is looked for. */
const maxRuns = 30;

/** Returns the name of the artifact of an attempt: artifacts of one run need different names. */
export function stateArtifactName(name: string, attempt: number): string {
  return attempt === 1 ? name : `${name}-attempt-${attempt}`;
}

/**
 * Unpacks the state of the latest run of the workflow on the default branch that left one.
 *
 * @param folder the folder to unpack into, which must exist and be empty
 * @param temporary an existing folder for the archive
 * @throws CountersignError those of the API of GitHub. Without its answer, nothing says whether there is a state
 */
export async function restoreState(
  source: StateSource,
  client: StateClient,
  { folder, temporary }: { readonly folder: string; readonly temporary: string },
  files: StateFiles,
): Promise<RestoredState> {
  const refused: string[] = [];
  let problem: string | undefined;
  for (const run of await runsOf(source, client)) {
    const artifact = await latestArtifact(source, run, client);
    const reason = refusal(source, run, artifact);
    if (reason !== undefined) {
      // Most runs of pull requests have no such artifact, which is no news.
      if (artifact !== undefined) refused.push(`the state of the run ${run.id} is not used: ${reason}`);
      continue;
    }
    if (artifact === undefined || artifact.isExpired) {
      const what = artifact === undefined ? 'has no state' : 'has a state that has expired';
      // A run that failed may have ended before it had a state.
      if (artifact !== undefined || run.conclusion === 'success') problem ??= `the run ${run.id} ${what}`;
      continue;
    }
    try {
      await unpack(await client.downloadArtifact(source.repository, artifact), folder, temporary, files);
      return { run: run.id, problem, refused };
    } catch (error) {
      if (!(error instanceof CountersignError) || error.kind !== 'invalid') throw error;
      problem ??= `the state of the run ${run.id} is damaged: ${error.message}`;
      await files.rm(folder, { recursive: true, force: true });
      await files.mkdir(folder);
    }
  }
  return { run: undefined, problem, refused };
}

/** Returns the runs that may have left a state, the latest first: an earlier attempt of this run, and completed runs. */
async function runsOf(
  { repository, repositoryId, workflow, defaultBranch, run }: StateSource,
  client: StateClient,
): Promise<readonly StateRun[]> {
  const file = workflow.replace(/^.*\//, '');
  const query = { workflow: file, branch: defaultBranch, status: 'completed' };
  const runs = (await client.workflowRuns(repository, query)).filter(({ id }) => id !== run.id).slice(0, maxRuns);
  if (run.attempt === 1) return runs;
  const earlier = { ...run, attempt: run.attempt - 1, path: workflow, conclusion: undefined };
  return [{ ...earlier, headRepositoryId: repositoryId }, ...runs];
}

/** Returns the state of the latest attempt that left one. */
async function latestArtifact(
  { repository, artifact }: StateSource,
  run: StateRun,
  client: StateClient,
): Promise<GitHubArtifact | undefined> {
  for (let attempt = run.attempt; attempt >= 1; attempt--) {
    const found = await client.artifactsOfRun(repository, run.id, stateArtifactName(artifact, attempt));
    if (found[0] !== undefined) return found[0];
  }
  return undefined;
}

/** Returns the reason why the artifact of a run must not be used; `undefined` if it may. */
function refusal(source: StateSource, run: StateRun, artifact: GitHubArtifact | undefined): string | undefined {
  const { repositoryId, workflow, defaultBranch } = source;
  if (run.path !== workflow) return `the run is of the workflow ${run.path}`;
  if (!trustedEvents.includes(run.event)) return `the run was started by ${run.event}`;
  if (run.headBranch !== defaultBranch) return 'the run is not of the default branch';
  if (run.headRepositoryId !== repositoryId) return 'the run is of a fork';
  if (artifact === undefined) return undefined;
  const { run: of } = artifact;
  if (of === undefined || of.repositoryId !== repositoryId || of.headRepositoryId !== repositoryId)
    return 'the artifact is of a fork';
  if (of.headBranch !== defaultBranch) return 'the artifact is not of the default branch';
  return undefined;
}

async function unpack(archive: Uint8Array, folder: string, temporary: string, files: StateFiles): Promise<void> {
  const path = join(temporary, 'countersign-state.zip');
  await files.writeFile(path, archive);
  try {
    await unpackArchive(path, folder, files);
  } finally {
    await files.rm(path, { force: true });
  }
}
