/** Predicates: what statements say of their subjects. One file for each type. */

export type { Claim } from './claim.ts';
export { imageSignature } from './image-signature.ts';
export { provenanceOf, provenancePredicateType } from './provenance.ts';
