/** Predicates: what statements say of their subjects. One file for each type. */

export type { Claim } from './claim.ts';
export { imageSignature } from './image-signature.ts';
export { provenanceOf, provenancePredicateType } from './provenance.ts';
export { pypiPublish } from './pypi-publish.ts';
export { type Resource, type ResourceUri, readResourceUri, relativeUri } from './resource.ts';
export { verificationResult, verificationResultType } from './verification-result.ts';
export {
  type VerifiedLevels,
  type Verifier,
  verificationSummary,
  verifiedLevels,
} from './verification-summary.ts';
