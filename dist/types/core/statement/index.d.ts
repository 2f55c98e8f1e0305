/** In-toto statements: what an attestation claims, and of which artifacts; and the documents that images were signed by before. */
export { readSimpleSigning, type SimpleSigning } from './simple-signing.ts';
export { findSubject, maxPredicateValues, maxSubjects, readStatement, type Statement, type StatementSubject, statementPayloadType, writeStatement, } from './statement.ts';
