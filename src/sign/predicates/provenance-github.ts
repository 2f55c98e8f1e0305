/** SLSA provenance v1 of a job of GitHub Actions (buildType https://actions.github.io/buildtypes/workflow/v1). */

import type { JsonObject } from '../../core/encoding/index.ts';
import { fail } from '../../core/errors/index.ts';
import type { TokenClaims } from '../../identity/index.ts';
import { provenanceClaims } from './provenance-claims.ts';

/** @param serverUrl `https://github.com`, except on GitHub Enterprise Server */
export function githubProvenance(claims: TokenClaims, serverUrl: string): JsonObject {
  const { claim } = provenanceClaims(claims);
  const repository = `${serverUrl}/${claim('repository')}`;
  const workflow = readWorkflowRef(claim('workflow_ref'), claim('repository'));
  return {
    buildDefinition: {
      buildType: 'https://actions.github.io/buildtypes/workflow/v1',
      externalParameters: { workflow: { ref: workflow.ref, repository, path: workflow.path } },
      internalParameters: {
        github: {
          event_name: claim('event_name'),
          repository_id: claim('repository_id'),
          repository_owner_id: claim('repository_owner_id'),
          runner_environment: claim('runner_environment'),
        },
      },
      resolvedDependencies: [{ uri: `git+${repository}@${claim('ref')}`, digest: { gitCommit: claim('sha') } }],
    },
    runDetails: {
      builder: { id: `${serverUrl}/${claim('job_workflow_ref')}` },
      metadata: { invocationId: `${repository}/actions/runs/${claim('run_id')}/attempts/${claim('run_attempt')}` },
    },
  };
}

/**
 * Splits `owner/repository/.github/workflows/file.yml@ref`. A ref may contain an `@`, so the path ends at its suffix.
 *
 * @throws CountersignError `TOKEN_INVALID`
 */
export function readWorkflowRef(
  workflowRef: string,
  repository: string,
): { readonly path: string; readonly ref: string } {
  const relative = workflowRef.startsWith(`${repository}/`) ? workflowRef.slice(repository.length + 1) : workflowRef;
  const [, path, ref] =
    /^(.+?\.ya?ml)@(.+)$/.exec(relative) ??
    fail(
      'TOKEN_INVALID',
      `the workflow_ref of the identity token is ${JSON.stringify(workflowRef)}, which contains no workflow file`,
    );
  return { path: path ?? '', ref: ref ?? '' };
}
