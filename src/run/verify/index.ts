/** Verifying: from artifacts and their bundles to a report. */

export { demandVerified } from './demand-verified.ts';
export { leftBeside, withLeftOut } from './left-out.ts';
export { loadImages } from './load-images.ts';
export { planArtifact, planVerifiables } from './plan-verifiables.ts';
export type { Verifiable } from './verifiable.ts';
export type { VerifiableImage } from './verifiable-image.ts';
export { verifyDigest, verifyFile } from './verify-file.ts';
export { type VerifyRequest, verifyRun } from './verify-run.ts';
