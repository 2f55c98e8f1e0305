/** Images in registries, and what is attached to them. */

export { attestationSubjects } from './image-attestations.ts';
export { imageTree } from './image-tree.ts';
