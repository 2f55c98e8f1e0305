/** GitHub's services, as a job reaches them. */

export {
  demandArtifactName,
  demandArtifactService,
  describeClientError,
  forbiddenInPaths,
  openArtifactClient,
} from './artifact-client.ts';
