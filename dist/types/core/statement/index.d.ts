/** In-toto statements: what an attestation claims, and of which artifacts. */
export { findSubject, maxSubjects, readStatement, type Statement, type StatementSubject, statementPayloadType, writeStatement, } from './statement.ts';
