/** Runs of `countersign audit`. */

export { checkEvidenceFile } from './check-evidence-file.ts';
export { type AuditRunRequest, type ConsumerMaker, runAudit } from './run-audit.ts';
