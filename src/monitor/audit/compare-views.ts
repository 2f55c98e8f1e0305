/** Compares what others were shown of a log with what the log shows here: checkpoints, and promises to include an entry. */

import { encodeHex, equalBytes } from '../../core/encoding/index.ts';
import { CountersignError } from '../../core/errors/index.ts';
import { leafHash } from '../../core/log/index.ts';
import { brokenPromise, contradiction, type Finding, foundLog, observation, shardOffset } from '../evidence/index.ts';
import type { LogReader, TreeHead } from '../log/index.ts';
import type { AuditWorld, PromiseView, TrustedLog, View } from './request.ts';
import type { Suspicions } from './suspicions.ts';
import { type ViewVerdict, verifyView } from './verify-view.ts';

/** A checkpoint that others were shown, whose signature by the log is verified. */
export interface VerifiedView {
  readonly source: string;
  readonly head: TreeHead;
}

/** What a comparison found, and why it could not be made. */
export interface ViewResult {
  readonly findings: readonly Finding[];
  readonly incomplete: readonly string[];
  /** Statements for people that are no problem. */
  readonly notes: readonly string[];
  /** The error `ENTRY_ALTERED`, if the log served something in place of the entry. */
  readonly altered?: CountersignError;
}

/** The views and promises that concern a log. */
export interface LogViews {
  readonly views: readonly View[];
  readonly promises: readonly PromiseView[];
}

const nothing: ViewResult = { findings: [], incomplete: [], notes: [] };

/**
 * Compares all that others were shown of a log with the head that the log serves.
 *
 * @param take receives each result as it is made
 * @throws CountersignError `CANCELLED`; what `take` throws
 */
export async function compareViews(
  reader: LogReader,
  { views, promises }: LogViews,
  head: TreeHead,
  context: {
    readonly trusted: readonly TrustedLog[];
    readonly world: Pick<AuditWorld, 'witnessViews' | 'clock'>;
    readonly suspicions: Suspicions;
  },
  take: (result: ViewResult) => Promise<void>,
): Promise<void> {
  const { trusted, world, suspicions } = context;
  const witnesses = await world.witnessViews(head.origin);
  await take({ ...nothing, incomplete: witnesses.failures });
  for (const { source, note } of [...views, ...witnesses.views]) {
    const view = await verifyView(note, reader.log, trusted);
    await take(
      view.kind === 'view'
        ? await compareView(reader, { source, head: view.head }, head, suspicions)
        : unverified(source, view),
    );
  }
  for (const promise of promises) await take(await checkPromise(reader, promise, head, world.clock(), suspicions));
}

function unverified(source: string, view: Exclude<ViewVerdict, { kind: 'view' }>): ViewResult {
  return view.kind === 'invalid'
    ? { ...nothing, incomplete: [`${source} has no valid checkpoint of the log: ${view.reason}`] }
    : { ...nothing, notes: [`${source} has the checkpoint of ${view.baseUrl}, which has the same origin`] };
}

/**
 * Compares a checkpoint with the head that the log serves.
 *
 * @throws CountersignError `CANCELLED`
 */
async function compareView(
  reader: LogReader,
  { source, head: view }: VerifiedView,
  head: TreeHead,
  suspicions: Suspicions,
): Promise<ViewResult> {
  const { log } = reader;
  const contradicts = (
    [smaller, larger]: readonly [TreeHead, TreeHead],
    rootInstead: Uint8Array,
    proof: readonly Uint8Array[],
  ): ViewResult => {
    const message = `${source} has a checkpoint of ${view.size} entries that contradicts the one of ${head.size} entries that the log serves: the log shows different trees to different readers`;
    return {
      findings: [contradiction('SPLIT_VIEW', log, { smaller, larger, rootInstead, proof }, message)],
      incomplete: [],
      notes: [],
    };
  };
  try {
    if (view.size === head.size)
      return equalBytes(view.root, head.root) ? nothing : contradicts([view, head], head.root, []);
    if (view.size < head.size) {
      const { root, proof } = await reader.consistencyProof(view.size, head);
      return equalBytes(root, view.root) ? nothing : contradicts([view, head], root, proof);
    }
    const comparison = await reader.compare(head, view);
    if (comparison.kind === 'consistent') return nothing;
    if (comparison.kind === 'forked') return contradicts([head, view], comparison.rootInstead, comparison.proof);
    return behind(reader, { source, head: view }, head, comparison.reason, suspicions);
  } catch (error) {
    if (!(error instanceof CountersignError) || error.code === 'CANCELLED') throw error;
    if (view.size > head.size) return behind(reader, { source, head: view }, head, error.message, suspicions);
    return uncompared(source, error.message);
  }
}

/** Returns the result for a checkpoint that is later than the head, if the log does not serve the later tree. */
function behind(
  { log }: LogReader,
  { source, head: view }: VerifiedView,
  head: TreeHead,
  reason: string,
  suspicions: Suspicions,
): ViewResult {
  const message = `${source} has a checkpoint of ${view.size} entries, and the log serves ${head.size}`;
  if (!suspicions.observe('LOG_ROLLED_BACK', `view ${view.size} ${encodeHex(view.root)}`))
    return uncompared(source, `the log serves an earlier tree of ${head.size} entries: ${reason}`);
  const remedy = 'A cache may serve an old checkpoint. Run the audit again later from another network.';
  return {
    ...nothing,
    findings: [observation('LOG_ROLLED_BACK', foundLog(log, head.origin), message, remedy, [view.size])],
  };
}

function uncompared(source: string, reason: string): ViewResult {
  return { ...nothing, incomplete: [`${source} could not be compared with the log: ${reason}`] };
}

/**
 * Checks that a log has kept a promise. An entry that is not due yet, or a head that is too old to show it, proves nothing.
 *
 * @throws CountersignError `CANCELLED`
 */
async function checkPromise(
  reader: LogReader,
  view: PromiseView,
  head: TreeHead,
  now: Date,
  suspicions: Suspicions,
): Promise<ViewResult> {
  const { source, leaf, due } = view;
  const isDue = now >= due && (head.time === undefined || head.time >= due);
  const later = {
    ...nothing,
    notes: [`the log has time until ${due.toISOString()} to include the entry of ${source}`],
  };
  try {
    const index = view.index ?? (await reader.find?.(leafHash(leaf), head));
    if (index === undefined) return isDue || reader.find === undefined ? missing(reader, view, head) : later;
    if (index >= head.size) {
      if (!isDue) return later;
      const message = `the log has ${head.size} entries, and promised an entry at index ${index}`;
      if (!suspicions.observe('PROMISE_BROKEN', `${index} ${encodeHex(leafHash(leaf))}`))
        return uncompared(source, message);
      return { ...nothing, findings: [broken(reader, view, head, index, undefined, message)] };
    }
    const { bytes, proof } = await reader.entry(index, head);
    if (equalBytes(bytes, leaf)) return nothing;
    if (!isDue) return later;
    const message = `the log promised to include the entry of ${source} at index ${index}, and has another entry there`;
    return { ...nothing, findings: [broken(reader, view, head, index, { bytes, proof }, message)] };
  } catch (error) {
    if (!(error instanceof CountersignError) || error.code === 'CANCELLED') throw error;
    const result = uncompared(source, error.message);
    return error.code === 'ENTRY_ALTERED' ? { ...result, altered: error } : result;
  }
}

function missing(reader: LogReader, view: PromiseView, head: TreeHead): ViewResult {
  if (reader.find === undefined)
    return uncompared(view.source, 'the promise does not state the index of the entry, and the log cannot be searched');
  const message = `the log promised to include the entry of ${view.source}, and says that it has no such entry`;
  return { ...nothing, findings: [broken(reader, view, head, undefined, undefined, message)] };
}

function broken(
  { log }: LogReader,
  { promise, leaf }: PromiseView,
  head: TreeHead,
  index: number | undefined,
  other: { readonly bytes: Uint8Array; readonly proof: readonly Uint8Array[] } | undefined,
  message: string,
): Finding {
  const promised = { index, leafHash: leafHash(leaf) };
  // No signature binds the index that a promise of Rekor v1 states to a shard, unless the shard is a known one.
  const offset = shardOffset(head.origin, log.keyId);
  const isBound =
    promise.kind === 'signed-certificate-timestamp' ||
    (offset !== undefined && index !== undefined && promise.logIndex === BigInt(offset) + BigInt(index));
  const proof =
    other === undefined || index === undefined || !isBound
      ? undefined
      : ({ kind: 'promise', promise, index, ...other, head } as const);
  return brokenPromise(log, head.origin, promised, message, proof);
}
