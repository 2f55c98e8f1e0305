/** Signing: the session that owns the key, what is claimed of a build, and working on many subjects at once. */

export { imageSignature } from './image-signature.ts';
export { buildProvenance, provenancePredicateType } from './provenance.ts';
export { openSession, type SessionOptions, type SignedBundle, type SigningSession } from './session.ts';
