/** Signing: the session that owns the key, and the predicates of statements. */

export { imageSignature } from './image-signature.ts';
export { provenanceOf, provenancePredicateType } from './provenance.ts';
export { openSession, type SessionOptions, type SignedBundle, type SigningSession } from './session.ts';
