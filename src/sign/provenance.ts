/** SLSA provenance v1 of a job of GitHub Actions (buildType https://actions.github.io/buildtypes/workflow/v1). */

import type { JsonObject } from '../core/encoding/index.ts';
import { fail } from '../core/errors/index.ts';
import { type TokenClaims, textClaim } from '../identity/index.ts';

export const provenancePredicateType = 'https://slsa.dev/provenance/v1';

/**
 * Builds the provenance predicate. Every value is a claim of the job's token; none is from the environment, which an earlier step could
 * have set.
 *
 * @param claims of a token whose signature was verified
 * @param serverUrl `https://github.com`, except on GitHub Enterprise Server
 * @throws CountersignError `TOKEN_INVALID`, naming the claim that is missing
 */
export function buildProvenance(claims: TokenClaims, serverUrl: string): JsonObject {
  const claim = (name: string): string =>
    textClaim(claims, name) ??
    fail('TOKEN_INVALID', `the identity token has no claim ${name}, which provenance requires`);
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

/** `owner/repository/.github/workflows/file.yml@ref`: a ref may contain an `@`, so that the path ends at its suffix. */
function readWorkflowRef(workflowRef: string, repository: string): { readonly path: string; readonly ref: string } {
  const relative = workflowRef.startsWith(`${repository}/`) ? workflowRef.slice(repository.length + 1) : workflowRef;
  const [, path, ref] =
    /^(.+?\.ya?ml)@(.+)$/.exec(relative) ??
    fail(
      'TOKEN_INVALID',
      `the workflow_ref of the identity token is ${JSON.stringify(workflowRef)}, which contains no workflow file`,
    );
  return { path: path ?? '', ref: ref ?? '' };
}
