/** SLSA provenance v1 of a job of Forgejo Actions. docs/providers/forgejo.md documents the build type. */

import type { JsonObject } from '../../core/encoding/index.ts';
import { forgejoServer, type TokenClaims } from '../../identity/index.ts';
import { provenanceClaims } from './provenance-claims.ts';
import { readWorkflowRef } from './provenance-github.ts';

export const forgejoBuildType = 'urn:countersign:build-type:forgejo-workflow:v1';

export function forgejoProvenance(claims: TokenClaims): JsonObject {
  const { claim, present } = provenanceClaims(claims);
  const server = forgejoServer(claims);
  const repository = `${server}/${claim('repository')}`;
  const workflow = readWorkflowRef(claim('workflow_ref'), claim('repository'));
  return {
    buildDefinition: {
      buildType: forgejoBuildType,
      externalParameters: { workflow: { ref: workflow.ref, repository, path: workflow.path } },
      internalParameters: {
        forgejo: {
          event_name: claim('event_name'),
          run_id: claim('run_id'),
          run_attempt: claim('run_attempt'),
          // Forgejo 15 does not state these.
          ...present('repository_id', 'repository_owner_id'),
        },
      },
      resolvedDependencies: [{ uri: `git+${repository}@${claim('ref')}`, digest: { gitCommit: claim('sha') } }],
    },
    runDetails: {
      builder: { id: `${server}/${claim('workflow_ref')}` },
      metadata: { invocationId: `${repository}/actions/runs/${claim('run_number')}` },
    },
  };
}
