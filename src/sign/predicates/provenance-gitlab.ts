/** SLSA provenance v1 of a job of GitLab CI/CD. docs/providers/gitlab.md documents the build type. */

import type { JsonObject } from '../../core/encoding/index.ts';
import { gitlabServer, type TokenClaims } from '../../identity/index.ts';
import { provenanceClaims } from './provenance-claims.ts';

export const gitlabBuildType = 'urn:countersign:build-type:gitlab-job:v1';

/**
 * GitLab's own build type requires the name of the job and its variables, and no claim of the token states them.
 */
export function gitlabProvenance(claims: TokenClaims): JsonObject {
  const { claim, present } = provenanceClaims(claims);
  const project = `${gitlabServer(claims)}/${claim('project_path')}`;
  const config = `https://${claim('ci_config_ref_uri')}`;
  const ref = `refs/${claim('ref_type') === 'branch' ? 'heads' : 'tags'}/${claim('ref')}`;
  // The commit is known only if the definition is in a repository of the same server.
  const { ci_config_sha: configCommit } = present('ci_config_sha');
  return {
    buildDefinition: {
      buildType: gitlabBuildType,
      externalParameters: { project, ref, config },
      internalParameters: {
        gitlab: {
          pipeline_source: claim('pipeline_source'),
          pipeline_id: claim('pipeline_id'),
          project_id: claim('project_id'),
          namespace_id: claim('namespace_id'),
          runner_environment: claim('runner_environment'),
          ...present('environment', 'ref_protected'),
        },
      },
      resolvedDependencies: [
        { uri: `git+${project}@${ref}`, digest: { gitCommit: claim('sha') } },
        ...(configCommit === undefined ? [] : [{ uri: config, digest: { gitCommit: configCommit } }]),
      ],
    },
    runDetails: {
      builder: { id: config },
      metadata: { invocationId: `${project}/-/jobs/${claim('job_id')}` },
    },
  };
}
