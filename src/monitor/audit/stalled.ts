/** Finds logs that stand still. */

import { type Finding, foundLog, observation } from '../evidence/index.ts';
import type { LogProtocol, MonitoredLog, TreeHead } from '../log/index.ts';

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
 * Returns the finding that a log has not grown for too long, if it has not. Logs that have ended or are frozen do not grow.
 *
 * @param since the time of the first look at which the log had this size; `undefined` at the first look
 */
export function stalled(log: MonitoredLog, head: TreeHead, since: Date | undefined, now: Date): readonly Finding[] {
  const isCertificateLog = log.protocol === 'rfc6962' || log.protocol === 'static-ct';
  // A certificate log without new entries signs its size again, with the time.
  const still = isCertificateLog ? head.time : (since ?? head.time);
  if (still === undefined || head.frozen || hasEnded(log, now)) return [];
  const minutes = Math.floor((now.getTime() - still.getTime()) / minute);
  if (minutes * minute < thresholds[log.protocol]) return [];
  const message = isCertificateLog
    ? `the log has not signed its size for ${duration(minutes)}`
    : `the log has had ${head.size} entries for ${duration(minutes)}`;
  const remedy = 'This is probably an outage. Run the audit again later.';
  return [observation('LOG_STALLED', foundLog(log, head.origin), message, remedy, [head.size])];
}

function duration(minutes: number): string {
  return minutes < 120 ? `${minutes} minutes` : `${Math.floor(minutes / 60)} hours`;
}
