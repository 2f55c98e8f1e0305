/** Watches fake logs. An entry concerns the policy if its text begins with `watched`; the rest of it tells the rule what to say. */

import { randomBytes } from 'node:crypto';
import * as files from 'node:fs/promises';
import type { JsonObject } from '../../../src/core/encoding/index.ts';
import type { AuditReport } from '../../../src/monitor/audit/index.ts';
import { readEntry } from '../../../src/monitor/entries/index.ts';
import type { EntryRule, Facts, Rule, Verdict, WatchedEntry } from '../../../src/monitor/rules/index.ts';
import {
  type EntryMatcher,
  type LearningHistory,
  Watch,
  type WatchReport,
  type WatchWorld,
} from '../../../src/monitor/watch/index.ts';
import type { RuleId, WatchPolicy } from '../../../src/monitor/watch-policy/index.ts';
import { type AuditOptions, runAudit, start } from './audit.ts';
import { Branch, type FakeLog } from './fake-log.ts';

export const watchPolicy: WatchPolicy = {
  path: '.github/countersign.yml',
  host: 'github.com',
  repositories: [],
  owners: [],
  identities: [],
  issuers: [],
  keys: [],
  digests: [],
  packages: [],
  protectedNames: [],
  rules: new Map(),
  acknowledgements: [],
};

export const matcher: EntryMatcher = {
  match: (_claims, bytes) => {
    const value = Buffer.from(bytes).toString();
    return value.startsWith('watched') ? [{ what: 'needle', value, line: 3 }] : [];
  },
};

/** Returns the text of a watched entry. */
export function textOf({ watchedAs }: WatchedEntry): string {
  return watchedAs[0]?.value ?? '';
}

/** Returns a rule that observes entries whose text contains a word. */
export function ruleFor(id: RuleId, word: string, changes: Partial<EntryRule> = {}): EntryRule {
  return {
    about: 'entries',
    id,
    name: `rule-${id.toLowerCase()}`,
    version: 1,
    severity: 'alert',
    reason: 'A test.',
    condition: 'A test.',
    falseAlarms: 'None.',
    needs: [],
    learns: false,
    check: (entry) => (textOf(entry).includes(word) ? observed(textOf(entry)) : undefined),
    ...changes,
  };
}

export function observed(title: string): Verdict {
  return { kind: 'observed', title, reason: 'A reason.', remedy: 'A remedy.' };
}

/** A history that counts what it is told. */
export class CountingHistory implements LearningHistory {
  readonly texts: string[];

  readonly limits = [];

  constructor(value?: unknown) {
    this.texts = [...((value as { readonly texts?: readonly string[] } | undefined)?.texts ?? [])];
  }

  isLearned(): boolean {
    return true;
  }

  values(): readonly [] {
    return [];
  }

  remember(entry: WatchedEntry): void {
    this.texts.push(textOf(entry));
  }

  json(): JsonObject {
    return { texts: this.texts };
  }
}

const unknown = { kind: 'unknown', reason: 'the test has no services' } as const;
export const noFacts: Facts = { run: unknown, repository: unknown, commit: unknown, receipts: unknown };

export interface WatchOptions extends Omit<AuditOptions, 'policy'> {
  readonly policy?: Partial<WatchPolicy>;
  readonly rules?: readonly Rule[];
  readonly watch?: Partial<WatchWorld>;
  readonly matcher?: EntryMatcher;
  readonly deliveries?: readonly TestDelivery[];
}

export interface TestDelivery {
  readonly name: string;
  readonly deliver: (report: WatchReport) => Promise<void>;
}

export interface WatchRun {
  readonly report: WatchReport;
  readonly audit: AuditReport;
}

/** Watches fake logs once. */
export async function runWatch(
  state: string,
  logs: readonly FakeLog[],
  { policy, rules = [ruleFor('P01', 'alert')], watch = {}, deliveries = [], ...options }: WatchOptions = {},
): Promise<WatchRun> {
  const { now = start } = options;
  const world: WatchWorld = {
    files,
    random: randomBytes,
    clock: () => now,
    cancellation: new AbortController().signal,
    facts: {
      github: {
        workflowRun: async () => unknown,
        repository: async () => unknown,
        compareToDefaultBranch: async () => unknown,
      },
      receipts: { receipts: async () => unknown },
    },
    packages: undefined,
    isIssued: async () => true,
    lookAlikes: { find: () => undefined },
    rules,
    readHistory: (value) => new CountingHistory(value),
    ...watch,
  };
  const request = { policy: { ...watchPolicy, ...policy }, matcher: options.matcher ?? matcher, state, isWhole: true };
  const watched = await Watch.open(request, world);
  const audit = await runAudit(state, logs, {
    ...options,
    consumers: [watched.consumer((protocol, bytes) => readEntry(protocol, bytes))],
  });
  await watched.judge(audit);
  for (const { name, deliver } of deliveries) {
    await deliver(await watched.report(audit, name));
    await watched.delivered(name);
  }
  return { report: await watched.report(audit), audit };
}

/** Returns a branch whose entries at some indexes are watched. */
export function branchWith(count: number, watched: Readonly<Record<number, string>>): Branch {
  const texts = Array.from({ length: count }, (_, at) => watched[at] ?? `entry ${at}`);
  return new Branch(texts.map((text) => new Uint8Array(Buffer.from(text))));
}

/** Returns the titles of the open findings. */
export function titlesOf({ open }: WatchReport): readonly string[] {
  return open.map(({ title }) => title).sort();
}
