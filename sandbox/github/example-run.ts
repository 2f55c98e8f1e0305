import { exampleJob } from '../oidc/index.ts';
import type { GitHubService } from './github-service.ts';

/** Adds the repository, the commit and the successful run that job tokens name by default. */
export function addExampleRun(github: GitHubService): void {
  const { repository, repository_id, repository_owner_id, run_id, run_attempt, event_name, sha } = exampleJob;
  const added = github.addRepository(repository, { id: Number(repository_id), ownerId: Number(repository_owner_id) });
  added.addCommit(sha, 'identical');
  added.addRun({
    id: Number(run_id),
    attempt: Number(run_attempt),
    workflow: 'release.yml',
    event: event_name,
    headSha: sha,
    headBranch: added.defaultBranch,
    jobs: [{ name: 'release', status: 'completed', conclusion: 'success' }],
  });
}
