/** Runs audits of fake logs. */

import { randomBytes } from 'node:crypto';
import * as files from 'node:fs/promises';
import {
  type AuditReport,
  type AuditRequest,
  type AuditWorld,
  audit,
  outcomeOf,
} from '../../../src/monitor/audit/index.ts';
import type { Finding, FindingCode } from '../../../src/monitor/evidence/index.ts';
import type { EntryConsumer } from '../../../src/monitor/log/index.ts';
import type { FakeLog } from './fake-log.ts';

/** A consumer that keeps what it gets, and ignores what comes again. */
export class Collector implements EntryConsumer {
  readonly entries = new Map<string, string[]>();
  /** The number of entries that came again. */
  repeated = 0;
  flushes = 0;

  async accept(batch: Parameters<EntryConsumer['accept']>[0], _log: unknown, origin: string): Promise<void> {
    const list = this.entries.get(origin) ?? [];
    this.entries.set(origin, list);
    for (const [at, bytes] of batch.entries.entries()) {
      if (list[batch.first + at] !== undefined) this.repeated += 1;
      list[batch.first + at] = Buffer.from(bytes).toString();
    }
  }

  async flush(): Promise<void> {
    this.flushes += 1;
  }

  /** The entries of a log, from the first one on; holes are `undefined`. */
  of(log: FakeLog): readonly (string | undefined)[] {
    return this.entries.get(log.log.names[0] ?? '') ?? [];
  }
}

export interface AuditOptions extends Partial<AuditRequest> {
  readonly now?: Date;
  readonly world?: Partial<AuditWorld>;
}

export const start = new Date('2026-11-30T12:00:00Z');

/** Returns a time some minutes after the start. */
export function minutesLater(minutes: number): Date {
  return new Date(start.getTime() + minutes * 60_000);
}

/** Audits fake logs. */
export async function runAudit(
  state: string,
  logs: readonly FakeLog[],
  { now = start, world = {}, ...request }: AuditOptions = {},
): Promise<AuditReport> {
  const byKey = new Map(logs.map((log) => [log.log, log]));
  return audit(
    {
      logs: logs.map(({ log }) => log),
      trusted: logs.map(({ log }) => log),
      unreadable: [],
      state,
      from: 'head',
      views: [],
      promises: [],
      policy: undefined,
      budget: { entries: undefined, end: undefined },
      consumers: [],
      keySource: 'a test',
      tool: 'countersign test',
      ...request,
    },
    {
      clock: () => now,
      random: randomBytes,
      files,
      cancellation: new AbortController().signal,
      openReader: (log) => {
        const found = byKey.get(log);
        if (found === undefined) throw new Error('the log is not a fake one');
        return found.reader();
      },
      fetched: () => [],
      witnessViews: async () => ({ views: [], failures: [] }),
      ...world,
    },
  );
}

/** Returns all findings of a report. */
export function findingsOf(report: AuditReport): readonly Finding[] {
  return [...report.findings, ...report.logs.flatMap(({ findings }) => findings)].map(({ finding }) => finding);
}

/** Returns the codes of all findings, and the outcome. */
export function summaryOf(report: AuditReport): readonly (FindingCode | ReturnType<typeof outcomeOf>)[] {
  return [...findingsOf(report).map(({ code }) => code), outcomeOf(report)];
}
