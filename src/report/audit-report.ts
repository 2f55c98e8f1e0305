/** What the reports of an audit have in common. */

import type { Outcome } from '../monitor/audit/index.ts';
import type { EvidenceVerdict } from '../monitor/evidence/index.ts';

/** The exit code of an audit. The most severe outcome decides. */
export const auditExitCodes = { clean: 0, incomplete: 6, findings: 7, misbehaviour: 8 } as const satisfies Record<
  Outcome,
  number
>;

/** Returns the exit code for checked evidence: that of misbehaviour if it proves it, and that of findings otherwise. */
export function evidenceExitCode({ verdict }: EvidenceVerdict): number {
  return verdict === 'proven' ? auditExitCodes.misbehaviour : auditExitCodes.findings;
}
