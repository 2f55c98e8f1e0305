/** What a watch knows between its runs, and its form on disk. */

import { hash } from 'node:crypto';
import { asObject, type JsonObject, ProtoField, parseJsonObject } from '../../core/encoding/index.ts';
import type { WatchSeverity } from '../rules/index.ts';
import type { RuleId, WatchedPackage } from '../watch-policy/index.ts';
import { type FindingStatus, maxFindings, type StoredFinding, type StoredSubject } from './finding-store.ts';
import { type DeliveryMark, maxDeliveries, type NumberedChange } from './outbox.ts';
import type { FindingChange, SignatureCount } from './report.ts';
import { noSearches, readSearchState, type SearchState, searchStateJson } from './search-memory.ts';
import { maxCounts } from './signature-counts.ts';
import { readStoredEntry, type StoredEntry, storedEntryJson } from './stored-entry.ts';

/** An entry of which some rules could not be decided. */
export interface PendingEntry {
  readonly entry: StoredEntry;
  readonly rules: readonly RuleId[];
  /** The time at which it was judged first. */
  readonly since: Date;
  /** It is not judged again before. */
  readonly until: Date;
  /** `pending`: it is too early. `undecided`: a fact is not available. */
  readonly kind: 'pending' | 'undecided';
  /** A sentence without its full stop. */
  readonly reason: string;
}

/** The state of a watch. It is replaced as a whole. */
export interface WatchState {
  /** The entries of a journal that have been judged. */
  readonly judged: { readonly generation: number; readonly count: number };
  /** The index after the last entry that was compared with a policy, by the keys of logs. */
  readonly reached: ReadonlyMap<string, number>;
  readonly findings: readonly StoredFinding[];
  /** The entries of findings. */
  readonly entries: readonly StoredEntry[];
  readonly pending: readonly PendingEntry[];
  readonly outbox: {
    readonly last: number;
    readonly changes: readonly NumberedChange[];
    readonly marks: ReadonlyMap<string, DeliveryMark>;
  };
  readonly signatures: readonly SignatureCount[];
  /** The memory of the registries. */
  readonly packages: JsonObject | undefined;
  readonly searches: SearchState;
}

export const newState: WatchState = {
  judged: { generation: 0, count: 0 },
  reached: new Map(),
  findings: [],
  entries: [],
  pending: [],
  outbox: { last: 0, changes: [], marks: new Map() },
  signatures: [],
  packages: undefined,
  searches: noSearches,
};

/** The number of entries that wait for facts. With more, entries stay in the journal. */
export const maxPending = 5000;

const schema = 'countersign-watch/1';
const maxLogs = 4096;
const maxRules = 100;
const maxChanges = 100_000;
/** Limits of the file. */
export const stateLimits = { maxLength: 512 * 1024 * 1024, maxValues: 8_000_000 } as const;

/** Returns the file of a state. @param history the name of the file of its history */
export function stateJson(state: WatchState, history: string): string {
  const document = {
    schema,
    ...state,
    reached: [...state.reached].map(([log, index]) => ({ log, index })),
    entries: state.entries.map(storedEntryJson),
    pending: state.pending.map(({ entry, ...rest }) => ({ entry: storedEntryJson(entry), ...rest })),
    outbox: {
      ...state.outbox,
      marks: [...state.outbox.marks].map(([delivery, mark]) => ({ delivery, ...mark })),
    },
    searches: searchStateJson(state.searches),
    history,
  };
  return `${JSON.stringify(document)}\n`;
}

/** Returns the name of the file of a history, by which the state refers to its content. */
export function historyName(text: string | Uint8Array): string {
  return `history-${hash('sha256', text).slice(0, 32)}.json`;
}

/** Reports whether a file has the name of one of a history. */
export function isHistoryName(name: string): boolean {
  return /^history-[0-9a-f]{32}\.json$/.test(name);
}

/**
 * Reads a state, which is untrusted.
 *
 * @returns the state and the name of the file of its history
 * @throws CountersignError `STATE_INVALID`, `LIMIT_EXCEEDED`
 */
export function readState(bytes: Uint8Array): { readonly state: WatchState; readonly history: string } {
  const file = ProtoField.parse(bytes, 'STATE_INVALID', 'state', stateLimits);
  if (file.field('schema').text() !== schema) file.field('schema').fail(`is not ${schema}`);
  const history = file.field('history').text();
  if (!isHistoryName(history)) file.field('history').fail('is not the name of a file of the watch');
  const judged = file.field('judged');
  const outbox = file.field('outbox');
  return {
    history,
    state: {
      judged: { generation: judged.field('generation').safeInteger(), count: judged.field('count').safeInteger() },
      reached: new Map(
        file
          .field('reached')
          .list(maxLogs)
          .map((field) => [field.field('log').text(), field.field('index').safeInteger()]),
      ),
      findings: file
        .field('findings')
        .list(maxFindings * 3)
        .map(readFinding),
      entries: file
        .field('entries')
        .list(maxFindings * 3)
        .map(readStoredEntry),
      pending: file
        .field('pending')
        .list(maxPending * 2)
        .map(readPending),
      outbox: {
        last: outbox.field('last').safeInteger(),
        changes: outbox.field('changes').list(maxChanges).map(readChange),
        marks: new Map(
          outbox
            .field('marks')
            .list(maxDeliveries)
            .map((field) => [
              field.field('delivery').text(),
              { number: field.field('number').safeInteger(), at: timeOf(field.field('at')) },
            ]),
        ),
      },
      signatures: file
        .field('signatures')
        .list(maxCounts)
        .map((field) => ({
          signer: field.field('signer').string(),
          day: field.field('day').text(),
          count: field.field('count').safeInteger(),
        })),
      packages: asObject(parseJsonObject(bytes, stateLimits)?.packages),
      searches: optional(file.field('searches'), readSearchState) ?? noSearches,
    },
  };
}

const severities = { note: 1, alert: 2, critical: 3 } as const satisfies Record<WatchSeverity, number>;
const statuses = { open: 1, acknowledged: 2, closed: 3 } as const satisfies Record<FindingStatus, number>;
const activities = { created: 1, updated: 2, closed: 3 } as const satisfies Record<FindingChange['activity'], number>;
const kinds = { pending: 1, undecided: 2 } as const satisfies Record<PendingEntry['kind'], number>;
const ecosystems = { npm: 1, pypi: 2, oci: 3 } as const satisfies Record<WatchedPackage['ecosystem'], number>;

function readFinding(field: ProtoField): StoredFinding {
  const rule = field.field('rule');
  return {
    id: field.field('id').text(),
    rule: { id: readRule(rule.field('id')), name: rule.field('name').text() },
    base: oneOf(field.field('base'), severities),
    severity: oneOf(field.field('severity'), severities),
    title: field.field('title').string(),
    reason: field.field('reason').string(),
    remedy: field.field('remedy').string(),
    about: readSubject(field.field('about')),
    firstSeen: timeOf(field.field('firstSeen')),
    lastSeen: timeOf(field.field('lastSeen')),
    evidence: optional(field.field('evidence'), (value) => value.text()),
    line: optional(field.field('line'), (value) => value.safeInteger()),
    status: oneOf(field.field('status'), statuses),
    isCondition: field.field('isCondition').boolean(),
  };
}

function readSubject(field: ProtoField): StoredSubject {
  const text = (name: string): string | undefined => optional(field.field(name), (value) => value.text());
  switch (field.field('kind').text()) {
    case 'entry':
      return { kind: 'entry', key: field.field('key').text() };
    case 'log':
      return {
        kind: 'log',
        url: field.field('url').text(),
        origin: text('origin'),
        code: field.field('code').text(),
      };
    case 'package':
      return {
        kind: 'package',
        ecosystem: oneOf(field.field('ecosystem'), ecosystems),
        name: field.field('name').text(),
        version: text('version'),
      };
    default:
      return field.field('kind').fail('is not a known kind of subject');
  }
}

function readPending(field: ProtoField): PendingEntry {
  return {
    entry: readStoredEntry(field.field('entry')),
    rules: field.field('rules').list(maxRules).map(readRule),
    since: timeOf(field.field('since')),
    until: timeOf(field.field('until')),
    kind: oneOf(field.field('kind'), kinds),
    reason: field.field('reason').string(),
  };
}

function readChange(field: ProtoField): NumberedChange {
  return {
    number: field.field('number').safeInteger(),
    activity: oneOf(field.field('activity'), activities),
    finding: field.field('finding').text(),
    at: timeOf(field.field('at')),
  };
}

function readRule(field: ProtoField): RuleId {
  const id = field.text();
  return /^P\d\d$/.test(id) ? (id as RuleId) : field.fail('is not the id of a rule');
}

function oneOf<Name extends string>(field: ProtoField, table: Readonly<Record<Name, number>>): Name {
  return field.enum(table) ?? field.fail('is not a known value');
}

function optional<Value>(field: ProtoField, read: (field: ProtoField) => Value): Value | undefined {
  return field.present ? read(field) : undefined;
}

function timeOf(field: ProtoField): Date {
  return field.time() ?? field.fail('is missing');
}
