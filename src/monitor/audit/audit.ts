/** Audits logs. */

import { encodeHex, equalBytes } from '../../core/encoding/index.ts';
import { attempt } from '../../core/errors/index.ts';
import { readCheckpoint } from '../../core/log/index.ts';
import { removeUnfinished } from '../../node/index.ts';
import { type Finding, foundLog, observation, watchBlind } from '../evidence/index.ts';
import { isOneLog, type ListedLog, logId, StateFolder } from '../state/index.ts';
import type { LogViews } from './compare-views.ts';
import { LogAudit } from './follow-log.ts';
import { Run } from './read-entries.ts';
import { evidenceFolder, observationFolder } from './recorded-findings.ts';
import type { AuditReport, ReportedFinding } from './report.ts';
import type { AuditRequest, AuditWorld, TrustedLog } from './request.ts';
import { noProgress } from './suspicions.ts';
import { isNameOf } from './verify-view.ts';

/**
 * Audits logs, all at the same time. Each log is followed from its last verified state: the new head must be consistent with it, and each
 * new entry is proven to be in its tree before it is passed on.
 *
 * What an interruption leaves is continued by the next run: entries that were passed on after the last stored position come again, and
 * the consumers ignore them.
 *
 * @throws the system's error if the state cannot be read or written; `USAGE` for a state that is not a folder
 */
export async function audit(request: AuditRequest, world: AuditWorld): Promise<AuditReport> {
  const folder = await StateFolder.open(request.state, world);
  for (const path of [evidenceFolder(request), observationFolder(request)]) await removeUnfinished(world.files, path);
  const findings = [...lostList(folder, request.state), ...removedLogs(folder, request)];
  const run = new Run(request.budget, request.consumers, world.clock, world.onProgress);
  const { concerning, incomplete } = assign(request);
  const prepared = request.logs.map((log) => new LogAudit(log, folder, run, request, world));
  // Recorded before anything is audited: a log that is not in the list later was added to the trusted root since.
  const others = request.trusted.filter((log) => !request.logs.some((audited) => isOneLog(audited, log)));
  if (folder.isNew)
    await folder.record([...request.logs, ...others.map((log) => ({ ...log, names: [] }))].map((log) => ({ log })));
  const logs = await settled(prepared.map((one, at) => one.audit(concerning[at] ?? { views: [], promises: [] })));
  findings.push(...(await unreadableLogs(folder, request, world.clock())));
  const unread = request.unreadable.map(({ baseUrl, reason }) => `the log ${baseUrl} could not be read: ${reason}`);
  // A log with several keys has one problem.
  return { logs, findings: findings.map(unproven), incomplete: [...new Set([...unread, ...incomplete])] };
}

/**
 * Records the logs that did not answer, and those that answer again. Returns a finding for each of which no run could read anything for
 * too long.
 */
async function unreadableLogs(
  folder: StateFolder,
  { logs, unreadable }: AuditRequest,
  now: Date,
): Promise<readonly Finding[]> {
  const isUnreadable = (listed: ListedLog): boolean => unreadable.some((log) => isOneLog(log, listed));
  const ids = new Set(logs.map(logId));
  const failing = [...folder.logs].filter(([, listed]) => isUnreadable(listed)).map(([id]) => id);
  // The audit of each log has recorded its own result. What remains are keys without a shard, and shards that are gone.
  const over = [...folder.logs]
    .filter(([id, listed]) => !ids.has(id) && !isUnreadable(listed))
    .filter(([, { baseUrl }]) => logs.some((log) => log.baseUrl === baseUrl))
    .map(([id]) => id);
  await folder.recordOutages({ failing, over }, now);
  const listed = failing.flatMap((id) => folder.logs.get(id) ?? []);
  return listed.flatMap(({ baseUrl, keyId, failingSince }) =>
    failingSince === undefined ? [] : noProgress({ baseUrl, keyId, origin: undefined }, failingSince, now),
  );
}

/** Waits for all logs, also if one fails: what the others do is stored. */
async function settled<Result>(work: readonly Promise<Result>[]): Promise<readonly Result[]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}

function unproven(finding: Finding): ReportedFinding {
  return { finding, evidence: undefined, isNew: true };
}

/** Returns the finding that the list of logs of the state was lost, if it was. The states of the logs are still there. */
function lostList({ problem }: StateFolder, path: string): readonly Finding[] {
  if (problem === undefined) return [];
  const remedy = 'Restore the state folder from a backup. This run has made a new list from the states of the logs.';
  const log = { baseUrl: path, origin: undefined, keyId: new Uint8Array() };
  return [watchBlind(log, problem.cause, problem.message, remedy)];
}

/** Returns a finding for each log that was audited and is not in the trusted root any more, or not listed as a shard of its log. */
function removedLogs(folder: StateFolder, { logs, trusted, unreadable }: AuditRequest): readonly Finding[] {
  const ids = new Set(logs.map(logId));
  return [...folder.logs]
    .filter(([id, { latest }]) => latest !== undefined && !ids.has(id))
    .flatMap(([id, log]): readonly Finding[] => {
      const isTrusted = trusted.some((one) => isOneLog(one, log));
      const isRead = logs.some((one) => isOneLog(one, log)) && !unreadable.some((one) => isOneLog(one, log));
      if (isTrusted && !isRead) return [];
      const message = isTrusted
        ? `a shard of the log ${log.baseUrl} was audited, and the log does not list it any more`
        : `the log ${log.baseUrl} was audited, and is not in the trusted root any more`;
      const remedy = isTrusted
        ? 'Ask the operator of the log.'
        : 'Check the trusted root. If the log was removed on purpose, audit with a new state folder.';
      return [observation('LOG_REMOVED', foundLog(log), message, remedy, [id])];
    });
}

/** Assigns each view and promise to the log that it concerns. */
function assign({ logs, views, promises, trusted }: AuditRequest): {
  readonly concerning: readonly LogViews[];
  readonly incomplete: readonly string[];
} {
  const incomplete: string[] = [];
  const concerning = logs.map(() => ({
    views: [] as AuditRequest['views'][number][],
    promises: [] as AuditRequest['promises'][number][],
  }));
  for (const view of views) {
    const origin = attempt(() => readCheckpoint(view.note))?.origin;
    const isMeant = ({ keyId }: TrustedLog): boolean => view.keyId === undefined || equalBytes(view.keyId, keyId);
    const at = logs.findIndex((log) => origin !== undefined && log.names.includes(origin) && isMeant(log));
    if (at >= 0) concerning[at]?.views.push(view);
    else if (origin === undefined) incomplete.push(`${view.source} has a malformed checkpoint`);
    else if (!trusted.some((log) => isMeant(log) && isNameOf(origin, log)))
      incomplete.push(
        `${view.source} has a checkpoint of ${JSON.stringify(origin)}, which is not a log of the trusted root`,
      );
    else incomplete.push(`${view.source} has a checkpoint of ${JSON.stringify(origin)}, which this run does not audit`);
  }
  for (const promise of promises) {
    const at = logs.findIndex(
      ({ keyId, names }) =>
        equalBytes(keyId, promise.log.keyId) && (promise.origin === undefined || names.includes(promise.origin)),
    );
    if (at >= 0) concerning[at]?.promises.push(promise);
    else
      incomplete.push(
        `${promise.source} has a promise of the log ${encodeHex(promise.log.keyId)}, which this run does not audit`,
      );
  }
  return { concerning, incomplete };
}
