/** Finds logs that stand still. */

import { type Finding, foundLog, observation } from '../evidence/index.ts';
import { isCertificateLog, type LogProtocol, type MonitoredLog, type TreeHead } from '../log/index.ts';

const minute = 60 * 1000;

/** The time without new entries after which a log is probably down. Certificate logs sign their time at least as often. */
const thresholds: Readonly<Record<LogProtocol, number>> = {
  'rekor-v1': 30 * minute,
  'rekor-v2': 60 * minute,
  rfc6962: 24 * 60 * minute,
  'static-ct': 24 * 60 * minute,
};

/** Reports whether a log is no longer used for new entries. */
export function hasEnded({ isEnded = false, validFor: { end } }: MonitoredLog, now: Date): boolean {
  return isEnded || (end !== undefined && end < now);
}

/**
 * Returns the finding that a log stands still, if it does: it has not grown for too long, or the time that it or its witnesses signed is
 * too old. Logs that have ended or are frozen do not grow.
 *
 * @param since the time of the first look at which the log had this size; `undefined` at the first look
 */
export function stalled(log: MonitoredLog, head: TreeHead, since: Date | undefined, now: Date): readonly Finding[] {
  if (head.frozen || hasEnded(log, now)) return [];
  const threshold = thresholds[log.protocol];
  const isOld = (time: Date | undefined): time is Date =>
    time !== undefined && now.getTime() - time.getTime() >= threshold;
  const found = (message: string): readonly Finding[] => {
    const remedy = 'This is probably an outage, or a cache that serves an old checkpoint. Run the audit again later.';
    return [observation('LOG_STALLED', foundLog(log, head.origin), message, remedy, [head.size])];
  };
  // A certificate log without new entries signs its size again, with the time.
  if (!isCertificateLog(log.protocol) && isOld(since))
    return found(`the log has had ${head.size} entries for ${duration(since, now)}`);
  if (isOld(head.time))
    return found(`the checkpoint of ${head.size} entries was signed or cosigned last ${duration(head.time, now)} ago`);
  return [];
}

function duration(from: Date, to: Date): string {
  const minutes = Math.floor((to.getTime() - from.getTime()) / minute);
  return minutes < 120 ? `${minutes} minutes` : `${Math.floor(minutes / 60)} hours`;
}
