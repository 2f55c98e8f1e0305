/** Registries of container images. */

export type { Confidential, Credential } from './credential.ts';
export { type CredentialWorld, type FindCredential, findCredentials, type GivenCredential } from './credentials.ts';
export {
  formatRepository,
  type ImageReference,
  parseImageReference,
  parseTag,
  type Repository,
  type Tag,
} from './image-reference.ts';
export { type ProgramEnd, type ProgramRequest, programsOf, type RunProgram } from './run-program.ts';
