/** Where the sandbox's identities come from. */

export { exampleJob, type JobClaims, jobSubject, type SubjectForm } from './claims.ts';
export { type JobTokenSettings, JobTokens } from './job-tokens.ts';
export { PersonTokens } from './person-tokens.ts';
export { createTokenIssuer, type TokenIssuer, tokenTimes } from './token-issuer.ts';
