/** Predicates: what statements say of their subjects. One file for each type. */

export type { Claim } from './claim.ts';
export { custom, holdsText } from './custom.ts';
export { demandExact } from './exact-json.ts';
export { imageSignature } from './image-signature.ts';
export type { Described, PredicateDocument, PredicateType } from './predicate-type.ts';
export { type NamedType, namedType, predicateTypes, predicateWords, recogniseSbom } from './predicate-types.ts';
export { provenanceOf, provenancePredicateType } from './provenance.ts';
export { pypiPublish } from './pypi-publish.ts';
export {
  type RecordedBundle,
  type ReissuedSubject,
  type ReissueTerms,
  reissueRecord,
  reissueType,
} from './reissue.ts';
export { type Resource, type ResourceUri, readResourceUri, relativeUri } from './resource.ts';
export { findSecrets, type SecretPlace, secretPatterns } from './secrets.ts';
export { verificationResult, verificationResultType } from './verification-result.ts';
export {
  type VerifiedLevels,
  type Verifier,
  verificationSummary,
  verifiedLevels,
} from './verification-summary.ts';
