/** In-toto statements: the payload of attestations; and the documents with which images were signed before. */
export { readSimpleSigning, type SimpleSigning } from './simple-signing.ts';
export { findSubject, maxPredicateValues, maxSubjects, readStatement, type Statement, type StatementSubject, statementPayloadType, writeStatement, } from './statement.ts';
