/** GitHub's services, as a job reaches them. */

export { demandArtifactName, describeClientError, forbiddenInPaths, openArtifactClient } from './artifact-client.ts';
