/** Images in registries, and what is attached to them. */

export { imageTree } from './image-tree.ts';
