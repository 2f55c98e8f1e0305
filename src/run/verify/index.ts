/** Verifying: from artifacts and their bundles to a report. */

export { type BundlePlaces, namedBundles } from './find-bundles.ts';
export { type InspectRequest, inspect } from './inspect.ts';
export { loadImages } from './load-images.ts';
export { loadNamedFiles } from './load-named-files.ts';
export type { NamedFiles } from './named-files.ts';
export { openStore } from './open-store.ts';
export type { RootPolicy } from './pool-examination.ts';
export { leftBeside, selectFromArtifact, selectVerifiables, withLeftOut } from './select-verifiables.ts';
export { withFilesBeside } from './strict-folder.ts';
export { readArtifact, releaseOf, type Verifiable } from './verifiable.ts';
export { verifyFile } from './verify-file.ts';
export { demandVerified, type VerifyRequest, verifyRun } from './verify-run.ts';
