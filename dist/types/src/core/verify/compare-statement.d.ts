import type { FulcioClaims } from '../certificate/fulcio-extensions.ts';
import { type Statement } from '../statement/statement.ts';
/**
 * Compares the SLSA provenance in a statement with the claims of the certificate that signs it. A statement of another type contradicts
 * nothing.
 *
 * @returns the kinds of values that agree
 * @throws CountersignError `PROVENANCE_MISMATCH` if one contradicts the certificate; `STATEMENT_INVALID`, `LIMIT_EXCEEDED`
 */
export declare function compareStatement(statement: Statement, claims: FulcioClaims): Promise<readonly string[]>;
