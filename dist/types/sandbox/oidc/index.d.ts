/** The issuers of the sandbox's tokens: for jobs of CI systems, and for people. */
export { buildkite, exampleBuildkiteJob } from './buildkite.ts';
export { circleci, exampleCircleciJob } from './circleci.ts';
export { isEmailAddress } from './email-address.ts';
export { exampleForgejoJob, forgejo } from './forgejo.ts';
export { exampleJob, github, type JobClaims, jobSubject } from './github.ts';
export { exampleGitlabJob, gitlab } from './gitlab.ts';
export type { Claims, JobProvider, SubjectForm } from './job-provider.ts';
export { type JobTokenSettings, JobTokens } from './job-tokens.ts';
export { PersonTokens, personTokenLifetimeSeconds } from './person-tokens.ts';
export { createTokenIssuer, discoveryRoutes, type TokenIssuer, tokenAlgorithm, tokenTimes } from './token-issuer.ts';
export { kubernetes, spiffe, spiffeTrustDomain, userDomain, username } from './workloads.ts';
