/** Verifying: from artifacts and their bundles to a report. */

export { leftBeside, selectFromArtifact, selectVerifiables, withLeftOut } from './select-verifiables.ts';
export { loadImages, type Verifiable } from './verifiable.ts';
export { verifyFile } from './verify-file.ts';
export type { VerifiableImage } from './verify-image.ts';
export { demandVerified, type VerifyRequest, verifyRun } from './verify-run.ts';
