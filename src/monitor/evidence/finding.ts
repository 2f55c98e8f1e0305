/** What an audit finds. Only an observation that anyone with the log's key can check is called misbehaviour. */

import { sha256 } from '@noble/hashes/sha2.js';
import { canonicalJson, encodeHex, utf8 } from '../../core/encoding/index.ts';
import type { MonitoredLog, TreeHead } from '../log/index.ts';
import type { Proof } from './proof.ts';

/** The codes of observations that can be proven. */
export type ProvableCode = 'LOG_FORKED' | 'SPLIT_VIEW' | 'PROMISE_BROKEN' | 'LOG_THAWED';

/** The codes of observations that an outage, a cache or a network can cause too. */
export type ObservationCode =
  | 'CHECKPOINT_INVALID'
  | 'CHECKPOINT_ORIGIN'
  | 'LOG_STALLED'
  | 'LOG_ROLLED_BACK'
  | 'ENTRY_ALTERED'
  | 'TILES_INCONSISTENT'
  | 'ENTRIES_WITHHELD'
  | 'WITNESS_QUORUM'
  | 'LOG_REMOVED';

export type FindingCode = ProvableCode | ObservationCode | 'WATCH_BLIND';

/** The reasons why an audit sees less than its state says. */
export type Blindness = 'state-missing' | 'state-invalid' | 'state-older' | 'no-progress' | 'gap';

/** The log that a finding is about. */
export interface FoundLog {
  readonly baseUrl: string;
  /** `undefined` if no checkpoint of the log was verified. */
  readonly origin: string | undefined;
  readonly keyId: Uint8Array;
}

interface FindingBase {
  /** The same for the same observation, whenever it is made. */
  readonly id: string;
  readonly log: FoundLog;
  /** A sentence without its full stop. */
  readonly message: string;
  /** The next step, as a sentence. */
  readonly remedy: string;
}

/** Misbehaviour of a log, with its proof. */
export interface Misbehaviour extends FindingBase {
  readonly code: ProvableCode;
  readonly proof: Proof;
}

/** An observation without a proof. One with a provable code could not be proven, since the log did not serve what its proof needs. */
export interface Observation extends FindingBase {
  readonly code: ProvableCode | ObservationCode;
  readonly proof?: undefined;
}

/** The audit sees less than it should. */
export interface WatchBlind extends FindingBase {
  readonly code: 'WATCH_BLIND';
  readonly cause: Blindness;
  readonly proof?: undefined;
}

export type Finding = Misbehaviour | Observation | WatchBlind;

/** Reports whether a finding is proven. */
export function isProven(finding: Finding): finding is Misbehaviour {
  return finding.proof !== undefined;
}

export type Severity = 'misbehaviour' | 'error' | 'warning' | 'outage';

const severities: Readonly<Record<FindingCode, Severity>> = {
  LOG_FORKED: 'error',
  SPLIT_VIEW: 'error',
  PROMISE_BROKEN: 'error',
  LOG_THAWED: 'error',
  CHECKPOINT_INVALID: 'error',
  CHECKPOINT_ORIGIN: 'error',
  LOG_STALLED: 'outage',
  LOG_ROLLED_BACK: 'warning',
  ENTRY_ALTERED: 'error',
  TILES_INCONSISTENT: 'error',
  ENTRIES_WITHHELD: 'error',
  WITNESS_QUORUM: 'warning',
  LOG_REMOVED: 'warning',
  WATCH_BLIND: 'error',
};

export function severityOf(finding: Finding): Severity {
  return isProven(finding) ? 'misbehaviour' : severities[finding.code];
}

/** Returns the log of a finding. */
export function foundLog({ baseUrl, keyId }: Pick<MonitoredLog, 'baseUrl' | 'keyId'>, origin?: string): FoundLog {
  return { baseUrl, keyId, origin };
}

/**
 * Returns the id of a finding: a hash of its code, its log and what makes it the same observation.
 *
 * @param identity such as the size and both roots of a fork
 */
export function findingId(
  code: FindingCode,
  { baseUrl, origin, keyId }: FoundLog,
  identity: readonly (string | number)[],
): string {
  const text = canonicalJson([code, encodeHex(keyId), origin ?? baseUrl, ...identity]);
  return encodeHex(sha256(utf8(text)).subarray(0, 16));
}

/** The remedies of proven misbehaviour and of everything else. */
const proven =
  'Keep the evidence file, and report it to the operator of the log. Do not trust new entries of this log.';

/** Two checkpoints of a log of which the smaller is not the beginning of the larger. */
export interface ContradictingHeads {
  readonly smaller: TreeHead;
  readonly larger: TreeHead;
  /** The root of the larger tree at the size of the smaller one. */
  readonly rootInstead: Uint8Array;
  /** The consistency proof from `rootInstead` to the larger tree; `undefined` if the log did not serve it. */
  readonly proof: readonly Uint8Array[] | undefined;
}

/**
 * Returns the finding that a log signed two trees: a fork, or a view that others were shown.
 *
 * @param message a sentence without its full stop
 */
export function contradiction(
  code: 'LOG_FORKED' | 'SPLIT_VIEW',
  log: Pick<MonitoredLog, 'baseUrl' | 'keyId'>,
  { smaller, larger, rootInstead, proof }: ContradictingHeads,
  message: string,
): Misbehaviour | Observation {
  const of = foundLog(log, smaller.origin);
  const roots = [encodeHex(smaller.root), encodeHex(rootInstead)].sort();
  const base = { id: findingId(code, of, [smaller.size, ...roots]), log: of, message };
  if (proof === undefined)
    return {
      ...base,
      code,
      remedy:
        'The log did not serve the proof. Run the audit again, and keep its state: it contains one of the checkpoints.',
    };
  return { ...base, code, remedy: proven, proof: { kind: 'contradiction', smaller, larger, rootInstead, proof } };
}

/** Returns the finding that a log grew after it had signed that it is frozen. */
export function thawed(
  log: Pick<MonitoredLog, 'baseUrl' | 'keyId'>,
  { frozen, later }: { readonly frozen: TreeHead; readonly later: TreeHead },
): Misbehaviour {
  const of = foundLog(log, frozen.origin);
  return {
    code: 'LOG_THAWED',
    id: findingId('LOG_THAWED', of, [frozen.size, encodeHex(frozen.root)]),
    log: of,
    message: `the log signed that it is frozen at ${frozen.size} entries, and later signed a tree of ${later.size} entries`,
    remedy: proven,
    proof: { kind: 'thawed', frozen, later },
  };
}

/** Returns the finding that a shard grew after its log had said that it has ended. No signature says so, so it is not proven. */
export function grown(
  log: Pick<MonitoredLog, 'baseUrl' | 'keyId'>,
  endedAt: number,
  { origin }: TreeHead,
  message: string,
): Observation {
  const of = foundLog(log, origin);
  const remedy = 'Ask the operator of the log.';
  return { code: 'LOG_THAWED', id: findingId('LOG_THAWED', of, ['ended', endedAt]), log: of, message, remedy };
}

/** Returns the finding that a log does not contain what it promised. */
export function brokenPromise(
  log: Pick<MonitoredLog, 'baseUrl' | 'keyId'>,
  origin: string,
  promised: { readonly index: number | undefined; readonly leafHash: Uint8Array },
  message: string,
  proof: (Proof & { readonly kind: 'promise' }) | undefined,
): Misbehaviour | Observation {
  const of = foundLog(log, origin);
  const id = findingId('PROMISE_BROKEN', of, [encodeHex(promised.leafHash), promised.index ?? 'no index']);
  const base = { code: 'PROMISE_BROKEN', id, log: of, message } as const;
  return proof === undefined
    ? { ...base, remedy: 'That an entry is absent cannot be proven. Ask the operator of the log.' }
    : { ...base, remedy: proven, proof };
}

/** Returns a finding without a proof. */
export function observation(
  code: ObservationCode,
  log: FoundLog,
  message: string,
  remedy: string,
  identity: readonly (string | number)[] = [],
): Observation {
  return { code, id: findingId(code, log, identity), log, message, remedy };
}

/** Returns the finding that the audit sees less than it should. */
export function watchBlind(log: FoundLog, cause: Blindness, message: string, remedy: string): WatchBlind {
  return { code: 'WATCH_BLIND', cause, id: findingId('WATCH_BLIND', log, [cause]), log, message, remedy };
}
