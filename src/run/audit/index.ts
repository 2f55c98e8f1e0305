/** Runs of `countersign audit`. */

export { checkEvidenceFile } from './check-evidence-file.ts';
export { type AuditRunRequest, runAudit } from './run-audit.ts';
