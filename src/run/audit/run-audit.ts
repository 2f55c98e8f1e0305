/** Audits the logs of trusted roots: joins the network, the files and the audit. */

import { encodeHex } from '../../core/encoding/index.ts';
import { fail } from '../../core/errors/index.ts';
import { readTlogPolicy, type TlogPolicy } from '../../core/log/index.ts';
import type { TrustedRoot } from '../../core/trust/index.ts';
import {
  type AuditProgress,
  type AuditReport,
  appliesTo,
  audit,
  type CountingConsumer,
  cosignatureTimes,
  type UnreadableLog,
} from '../../monitor/audit/index.ts';
import { type EntryReader, sharedReader } from '../../monitor/entries/index.ts';
import { logUrl, type MonitoredLog } from '../../monitor/log/index.ts';
import { logsOf, openReader } from '../../monitor/readers/index.ts';
import { IndexBuilder, indexFolder } from '../../monitor/search-index/index.ts';
import { isOneLog, logId } from '../../monitor/state/index.ts';
import { chosenLogs, type TrustChoice } from '../policy/index.ts';
import { parseInput, type World } from '../world/index.ts';
import { bundleViews } from './bundle-views.ts';
import { indexGaps } from './index-gaps.ts';
import { recordResponses } from './record-responses.ts';
import { Witnesses } from './witness-views.ts';

export interface AuditRunRequest {
  /** The path of the folder of the state. */
  readonly state: string;
  /** The URLs of the logs to audit. All logs if there are none. */
  readonly logs: readonly string[];
  /** Reports whether only the tree of a log is audited. By default, all entries are read. */
  readonly isTreeOnly?: ((log: MonitoredLog) => boolean) | undefined;
  /** The paths of files with bundles. */
  readonly bundles: readonly string[];
  /** The monitoring URLs of witnesses. */
  readonly witnesses: readonly string[];
  /** The path of a policy. */
  readonly witnessPolicy: string | undefined;
  /** The first entry to read: `head`, `start` or an index. */
  readonly from: string;
  readonly maxEntries: number | undefined;
  readonly maxMinutes: number | undefined;
  /** The source of the trusted roots, for people. */
  readonly keySource: string;
  /** The name and version of this program. */
  readonly tool: string;
  /** False if the entries are not added to the search index of the state. */
  readonly isIndexed: boolean;
}

/** Makes another receiver of the proven entries, which reads their claims with the given function. */
export type ConsumerMaker = (read: EntryReader) => CountingConsumer;

/**
 * Audits logs, and adds their entries to the search index of the state.
 *
 * @param other makes another receiver of the entries. Each entry is parsed once for all receivers
 * @throws CountersignError `USAGE`, `POLICY_INVALID`, `BUNDLE_INVALID`; the system's error if the state cannot be written
 */
export async function runAudit(
  request: AuditRunRequest,
  roots: readonly TrustChoice[],
  world: World,
  onProgress: (progress: AuditProgress) => void = () => undefined,
  other?: ConsumerMaker,
): Promise<AuditReport> {
  const { state, isIndexed } = request;
  const { clock, files, random } = world;
  const from = readFrom(request.from);
  const choose = chosenLogs(request.logs, roots);
  const responses = recordResponses(world.http, clock);
  const { http } = responses;
  const witnesses = new Witnesses(request.witnesses, http);
  const policy = await loadTlogPolicy(request.witnessPolicy, world);
  const end = request.maxMinutes && new Date(clock().getTime() + request.maxMinutes * 60_000);
  const { logs, unreadable } = await findLogs(
    roots.map(({ trust }) => choose(trust)),
    http,
  );
  if (policy !== undefined) demandApplied(policy, logs, unreadable);
  const bundles = await bundleViews(request.bundles, { logs, roots: roots.map(({ trust }) => trust) }, files);
  const read = sharedReader();
  const report = await audit(
    {
      ...request,
      logs,
      unreadable,
      trusted: roots.flatMap(({ trust }) => allLogs(trust)),
      from,
      views: bundles.views,
      promises: bundles.promises,
      policy,
      budget: { entries: request.maxEntries, end: end || undefined },
      consumers: [
        ...(isIndexed ? [new IndexBuilder(files, random, indexFolder(state), read)] : []),
        ...(other === undefined ? [] : [other(read)]),
      ],
    },
    {
      ...world,
      openReader: (log) => openReader(log, { http, cosignedAt: cosignatureTimes(policy, clock), clock }),
      fetched: ({ baseUrl }) => responses.of(baseUrl),
      witnessViews: (origin) => witnesses.views(origin),
      onProgress,
    },
  );
  const unused = report.logs.some(({ head }) => head !== undefined) ? witnesses.unused : [];
  const gaps = isIndexed ? await indexGaps(report, state, files) : [];
  return {
    ...report,
    findings: [...report.findings, ...gaps],
    incomplete: [...report.incomplete, ...bundles.problems, ...unused],
  };
}

/** Finds the logs of all roots. A log of several roots is audited once. A log may have several keys, of which each is a log. */
async function findLogs(
  roots: readonly TrustedRoot[],
  http: World['http'],
): Promise<{ readonly logs: readonly MonitoredLog[]; readonly unreadable: readonly UnreadableLog[] }> {
  const logs = new Map<string, MonitoredLog>();
  const unreadable = new Map<string, UnreadableLog>();
  for (const trust of roots) {
    const found = await logsOf(trust, { http });
    for (const log of found.logs) logs.set(logId(log), log);
    for (const { baseUrl, keyId, error } of found.unreadable)
      unreadable.set(`${encodeHex(keyId)} ${baseUrl}`, { baseUrl, keyId, reason: error.message });
  }
  const read = [...logs.values()];
  // The service may have answered for another root.
  return { logs: read, unreadable: [...unreadable.values()].filter((one) => !read.some((log) => isOneLog(log, one))) };
}

/** Returns the logs of a root, with their URLs as the monitor has them. */
function allLogs({ transparencyLogs, certificateTransparencyLogs }: TrustedRoot) {
  return [...transparencyLogs, ...certificateTransparencyLogs].map(({ baseUrl, keyId, publicKey }) => ({
    baseUrl: logUrl(baseUrl),
    keyId,
    publicKey,
  }));
}

function readFrom(text: string): 'head' | 'start' | number {
  if (text === 'head' || text === 'start') return text;
  const index = /^\d{1,15}$/.test(text) ? Number(text) : undefined;
  return (
    index ??
    fail('USAGE', `\`from\` is ${JSON.stringify(text)}, which is not head, start or an index`, {
      remedy: 'Use `head` for new entries only, `start` for all entries, or the index of the first entry to read.',
    })
  );
}

async function loadTlogPolicy(path: string | undefined, world: World): Promise<TlogPolicy | undefined> {
  return path === undefined ? undefined : parseInput(path, 'policy', world, readTlogPolicy);
}

/** Demands that a policy concerns a log: it would require nothing otherwise. */
function demandApplied(policy: TlogPolicy, logs: readonly MonitoredLog[], unreadable: readonly UnreadableLog[]): void {
  if (unreadable.length > 0 || logs.some((log) => appliesTo(policy, log))) return;
  fail('USAGE', 'the witness policy lists only logs that are not audited', {
    remedy: 'Correct the keys of its log lines, or remove these lines to apply it to all logs.',
  });
}
