/** What an audit knows of a log, and its form on disk. */

import { decodeUtf8, encodeBase64, equalBytes, ProtoField } from '../../core/encoding/index.ts';
import { CompactRange, rootOfRange } from '../../core/log/index.ts';
import type { FindingCode } from '../evidence/index.ts';
import type { MonitoredLog, TreeHead } from '../log/index.ts';
import { verifyHead } from '../readers/index.ts';

/** The state of the audit of a log. It is replaced as a whole. */
export interface LogState {
  /** The last head that is consistent with all heads before it. */
  readonly verified: VerifiedHead;
  /** The entries that were proven and passed on. */
  readonly cursor: CompactRange;
  readonly baseline: Baseline;
  /** Earlier verified heads, the latest last. */
  readonly history: readonly HistoryEntry[];
  /** Observations that become findings if they last. */
  readonly suspicions: readonly Suspicion[];
  /** The misbehaviour that was proven. */
  readonly proven: readonly ProvenRecord[];
  /** The size of a shard of Rekor v1 at which it was seen after its end. */
  readonly endedAt: number | undefined;
}

export interface VerifiedHead {
  readonly head: TreeHead;
  /** All entries of the head. */
  readonly range: CompactRange;
  /** The time of the last look at which the log had this size. */
  readonly at: Date;
  /** The time of the first look at which the log had this size. */
  readonly since: Date;
}

/** The beginning of an audit, of which nothing is known before. */
export interface Baseline {
  /** The first size that was verified. Whether the log was honest before is not known. */
  readonly size: number;
  readonly at: Date;
  /** The index of the first entry that is read. */
  readonly from: number;
}

export interface HistoryEntry {
  readonly range: CompactRange;
  readonly at: Date;
}

export interface Suspicion {
  readonly code: FindingCode;
  /** What was observed, in a form that is the same at the next look. */
  readonly what: string;
  readonly since: Date;
}

export interface ProvenRecord {
  readonly id: string;
  readonly code: FindingCode;
  readonly message: string;
  readonly at: Date;
}

/** The number of earlier heads that are kept. */
export const maxHistory = 1000;
const maxSuspicions = 100;
const maxProven = 1000;

const schema = 'countersign-audit-log/1';
/** In bytes. An entry of the history has at most 53 hashes. */
export const maxLogStateLength = 8 * 1024 * 1024;

export function logStateJson(state: LogState, { protocol, baseUrl, keyId }: MonitoredLog): string {
  const { verified, cursor, baseline, history, suspicions, proven, endedAt } = state;
  const { head, range, at, since } = verified;
  const document = {
    schema,
    origin: head.origin,
    keyId: encodeBase64(keyId),
    protocol,
    baseUrl,
    verified: {
      size: head.size,
      root: encodeBase64(head.root),
      range: hashesJson(range),
      note: encodeBase64(head.note),
      at: at.toISOString(),
      since: since.toISOString(),
    },
    cursor: { size: cursor.size, range: hashesJson(cursor) },
    baseline: { size: baseline.size, at: baseline.at.toISOString(), from: baseline.from },
    history: history.map((entry) => ({
      size: entry.range.size,
      root: encodeBase64(rootOfRange(entry.range)),
      range: hashesJson(entry.range),
      at: entry.at.toISOString(),
    })),
    // More than can be read again would make the state invalid, and a log could cause that.
    suspicions: suspicions
      .slice(0, maxSuspicions)
      .map(({ code, what, since: from }) => ({ code, what, since: from.toISOString() })),
    proven: proven
      .slice(0, maxProven)
      .map(({ id, code, message, at: found }) => ({ id, code, message, at: found.toISOString() })),
    ...(endedAt !== undefined && { endedAt }),
  };
  return `${JSON.stringify(document)}\n`;
}

function hashesJson({ hashes }: CompactRange): readonly string[] {
  return hashes.map(encodeBase64);
}

/**
 * Reads the state of a log. It is untrusted: the signature of its note is verified again, and each range must lead to its root.
 *
 * @throws CountersignError `STATE_INVALID` and those of the note
 */
export async function readLogState(bytes: Uint8Array, log: MonitoredLog): Promise<LogState> {
  const file = ProtoField.parse(bytes, 'STATE_INVALID', 'state', { maxLength: maxLogStateLength });
  if (file.field('schema').text() !== schema) file.field('schema').fail(`is not ${schema}`);
  if (!equalBytes(file.field('keyId').data(), log.keyId)) file.field('keyId').fail('is the key of another log');
  const verified = await readVerified(file.field('verified'), log);
  const cursor = readRange(file.field('cursor'));
  const { size } = verified.head;
  const baseline = readBaseline(file.field('baseline'));
  if (cursor.size > size) file.field('cursor').fail(`is after the ${size} entries of the verified tree`);
  if (cursor.size === size && !equalBytes(rootOfRange(cursor), verified.head.root))
    file.field('cursor').fail('does not lead to the verified root');
  if (baseline.size > size || baseline.from > cursor.size)
    file.field('baseline').fail('is after the entries that were verified');
  const history = file.field('history').list(maxHistory).map(readHistoryEntry);
  checkHistory(file, history, [{ range: verified.range, at: verified.at }], cursor);
  return {
    verified,
    cursor,
    baseline,
    history,
    suspicions: file.field('suspicions').list(maxSuspicions).map(readSuspicion),
    proven: file.field('proven').list(maxProven).map(readProven),
    endedAt: file.field('endedAt').present ? readInteger(file.field('endedAt')) : undefined,
  };
}

async function readVerified(field: ProtoField, log: MonitoredLog): Promise<VerifiedHead> {
  const note = decodeUtf8(field.field('note').data()) ?? field.field('note').fail('is not valid UTF-8');
  const head = await verifyHead(log, note);
  const range = readRange(field);
  if (range.size !== head.size) field.field('size').fail('is not the size that the log signed');
  if (!equalBytes(rootOfRange(range), head.root))
    field.field('range').fail('does not lead to the root that the log signed');
  return { head, range, at: readTime(field.field('at')), since: readTime(field.field('since')) };
}

/** Reads a size and the hashes of its range; a root next to them must be the one that they lead to. */
function readRange(field: ProtoField): CompactRange {
  const range = CompactRange.of(
    readInteger(field.field('size')),
    field
      .field('range')
      .list(64)
      .map((hash) => hash.data()),
  );
  const root = field.field('root');
  if (root.present && !equalBytes(root.data(), rootOfRange(range))) root.fail('is not the root of the range');
  return range;
}

function readHistoryEntry(field: ProtoField): HistoryEntry {
  return { range: readRange(field), at: readTime(field.field('at')) };
}

/** Checks that the history grows up to the verified tree, and that trees of one size are the same. */
function checkHistory(
  file: ProtoField,
  history: readonly HistoryEntry[],
  end: readonly HistoryEntry[],
  cursor: CompactRange,
): void {
  const all = [...history, ...end];
  for (const [index, { range }] of all.entries()) {
    const previous = all[index - 1];
    if (previous !== undefined && previous.range.size >= range.size) file.field('history').fail('is not in order');
    if (range.size === cursor.size && !equalBytes(rootOfRange(range), rootOfRange(cursor)))
      file.field('cursor').fail('does not lead to the root of its size in the history');
  }
}

function readBaseline(field: ProtoField): Baseline {
  return {
    size: readInteger(field.field('size')),
    at: readTime(field.field('at')),
    from: readInteger(field.field('from')),
  };
}

function readSuspicion(field: ProtoField): Suspicion {
  return {
    code: readCode(field.field('code')),
    what: field.field('what').string(),
    since: readTime(field.field('since')),
  };
}

function readProven(field: ProtoField): ProvenRecord {
  return {
    id: field.field('id').text(),
    code: readCode(field.field('code')),
    message: field.field('message').string(),
    at: readTime(field.field('at')),
  };
}

const codes = {
  CHECKPOINT_INVALID: 1,
  CHECKPOINT_ORIGIN: 2,
  LOG_STALLED: 3,
  LOG_FORKED: 4,
  LOG_ROLLED_BACK: 5,
  ENTRY_ALTERED: 6,
  TILES_INCONSISTENT: 7,
  ENTRIES_WITHHELD: 8,
  SPLIT_VIEW: 9,
  PROMISE_BROKEN: 10,
  LOG_THAWED: 11,
  WITNESS_QUORUM: 12,
  LOG_REMOVED: 13,
  WATCH_BLIND: 14,
} as const satisfies Record<FindingCode, number>;

function readCode(field: ProtoField): FindingCode {
  return field.enum(codes) ?? field.fail('is not the code of a finding');
}

/** Reads a size or an index, which must be present. */
export function readInteger(field: ProtoField): number {
  return field.present ? field.safeInteger() : field.fail('is missing');
}

function readTime(field: ProtoField): Date {
  return field.time() ?? field.fail('is missing');
}
