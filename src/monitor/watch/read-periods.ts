import type { AuditReport } from '../audit/index.ts';
import { isCertificateLog } from '../log/index.ts';
import type { ReadPeriod, RuleContext } from '../rules/index.ts';

/**
 * Returns the time during which the watch has read each new entry of the logs of a kind: an entry that is not there was not logged.
 *
 * @param isWhole false if the run reads only some logs of the trusted root
 * @param to the time before the heads of the logs were fetched
 */
export function readPeriods({ logs, incomplete }: AuditReport, isWhole: boolean, to: Date): RuleContext['read'] {
  const periodOf = (isOfKind: (protocol: AuditReport['logs'][number]['log']['protocol']) => boolean) => {
    const reports = logs.filter(({ log }) => isOfKind(log.protocol));
    const isComplete = reports.every((log) => log.incomplete.length === 0 && log.coverage !== undefined);
    if (!isWhole || incomplete.length > 0 || reports.length === 0 || !isComplete) return undefined;
    // A log that was read from its start was read since ever.
    const begun = reports.flatMap(({ coverage, baseline }) => (coverage?.from === 0 || !baseline ? [] : [baseline.at]));
    const from = new Date(Math.max(0, ...begun.map((at) => at.getTime())));
    return { from, to } satisfies ReadPeriod;
  };
  return { rekor: periodOf((protocol) => !isCertificateLog(protocol)), certificates: periodOf(isCertificateLog) };
}
