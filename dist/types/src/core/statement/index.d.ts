/** In-toto statements: the payload of attestations; and the documents with which images were signed before. */
export { type Provenance, provenanceVersion, readProvenance, statedList, statedText } from './provenance.ts';
export { readSimpleSigning } from './simple-signing.ts';
export { failedResult, includesResult, isUnevaluated, readResult, repeatedTrack, trackOf, unevaluated, verificationSummaryType, } from './slsa-result.ts';
export { findSubject, maxPredicateValues, maxSubjects, readStatement, type Statement, type StatementSubject, statementPayloadType, writeStatement, } from './statement.ts';
