/** The job that a watch runs in, from the environment that GitHub's runner sets. */

import { fail } from '../core/errors/index.ts';

export interface WatchJob {
  /** `owner/name`. */
  readonly repository: string;
  readonly repositoryId: string;
  /** The path of the workflow that was started, not of a reusable one: `.github/workflows/watch.yml`. */
  readonly workflow: string;
  readonly runId: string;
  readonly attempt: number;
  readonly event: string;
  /** The branch of the run; `undefined` for a tag or a pull request. */
  readonly branch: string | undefined;
}

/** @throws CountersignError `USAGE` outside of a job of GitHub Actions */
export function readWatchJob(environment: NodeJS.ProcessEnv): WatchJob {
  const text = (name: string): string =>
    environment[name] ||
    fail('USAGE', `${name} is not set`, {
      remedy: 'Run the action in a job of GitHub Actions. Elsewhere, use `countersign watch`.',
    });
  const repository = text('GITHUB_REPOSITORY');
  const workflowRef = text('GITHUB_WORKFLOW_REF');
  const [, workflow] = /^[^/]+\/[^/]+\/(\.github\/workflows\/.+?\.ya?ml)@refs\//.exec(workflowRef) ?? [];
  if (workflow === undefined || !workflowRef.startsWith(`${repository}/`))
    fail('USAGE', `GITHUB_WORKFLOW_REF is ${JSON.stringify(workflowRef)}, which is not a workflow of ${repository}`, {
      remedy: 'Start the watch from a workflow of the repository.',
    });
  const [, branch] = /^refs\/heads\/(.+)$/.exec(text('GITHUB_REF')) ?? [];
  return {
    repository,
    repositoryId: text('GITHUB_REPOSITORY_ID'),
    workflow,
    runId: text('GITHUB_RUN_ID'),
    attempt: Number(text('GITHUB_RUN_ATTEMPT')),
    event: text('GITHUB_EVENT_NAME'),
    branch,
  };
}
