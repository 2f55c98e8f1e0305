/** Tells which old signatures a new trusted root no longer accepts, and why: what a dry run with it reports. */

import { keyText } from '../../core/crypto/index.ts';
import { CountersignError, fail } from '../../core/errors/index.ts';
import type { Authority, Log, TrustedRoot, ValidityWindow } from '../../core/trust/index.ts';
import { concurrently } from '../../node/index.ts';
import { worstOf } from '../../report/index.ts';
import type { TrustChoice, VerifyPolicy, VerifyTrust } from '../policy/index.ts';
import type { World } from '../world/index.ts';
import { type ExamineOld, openExamination } from './examine-old.ts';
import type { BadEntry, OldSignature, Source } from './old-signature.ts';

/** A log or an authority that the new trusted root trusts less than the current one. */
export interface TrustChange {
  readonly part: TrustPart;
  /** Its URL or URI. */
  readonly name: string;
  /** The times within which it is still trusted; none if it was removed. */
  readonly windows: readonly ValidityWindow[];
}

export type TrustPart = 'certificate authority' | 'certificate log' | 'transparency log' | 'timestamp authority';

export type TrustOutcome = { readonly name: string; readonly location: string } & (
  | {
      readonly kind: 'accepted';
      /** True if the current trusted root does not accept the signature. */
      readonly isGained: boolean;
      /** True for a bundle of an earlier version, which can be upgraded without signing. */
      readonly isUpgradable: boolean;
    }
  /** Accepted under the current trusted root, and refused under the new one: it must be issued again before. */
  | {
      readonly kind: 'lost';
      readonly error: CountersignError;
      /** The changes each of which alone has this effect; none if only several together have it. */
      readonly reasons: readonly TrustChange[];
    }
  /** Refused under both, or unreadable. */
  | { readonly kind: 'refused'; readonly error: CountersignError }
);

export interface TrustChangeRequest {
  readonly source: Source;
  readonly policy: VerifyPolicy;
  readonly current: VerifyTrust;
  readonly next: VerifyTrust;
  readonly concurrency: number;
  readonly onOutcome?: (outcome: TrustOutcome) => void;
}

export interface TrustChangeReport {
  /** Everything that the new trusted root trusts less. */
  readonly changes: readonly TrustChange[];
  readonly counts: {
    readonly accepted: number;
    readonly gained: number;
    readonly upgradable: number;
    readonly lost: number;
    readonly refused: number;
  };
  /** The number of signatures that each change loses. */
  readonly lostBy: ReadonlyMap<TrustChange, number>;
  /** The number of lost signatures that no change alone loses. */
  readonly lostBySeveral: number;
  /** The first lost and refused signatures. */
  readonly outcomes: readonly Exclude<TrustOutcome, { kind: 'accepted' }>[];
  /** The most severe failure. */
  readonly worst: CountersignError | undefined;
  readonly warnings: readonly string[];
}

const maxOutcomes = 1000;
const nothing = { logs: [], authorities: [], keys: [] };

/**
 * Verifies each signature under the current and the new trusted root, with the same policy. Nothing is signed, fetched or written. The memory
 * does not grow with the number of signatures.
 *
 * @throws CountersignError if the source cannot be read; `CANCELLED`
 */
export async function trustChange(
  { source, policy, current, next, concurrency, onOutcome }: TrustChangeRequest,
  { clock, cancellation }: Pick<World, 'clock' | 'cancellation'>,
): Promise<TrustChangeReport> {
  const under = (trust: VerifyTrust): ExamineOld =>
    openExamination({ policy, trust, before: undefined, without: nothing }, clock);
  const changes = changesOf(current.roots, next.roots);
  const trial = {
    current: under(current),
    next: under(next),
    changed: changes.map((change) => ({ change, examine: under(withChange(current, change)) })),
  };
  const counts = { accepted: 0, gained: 0, upgradable: 0, lost: 0, refused: 0 };
  const lostBy = new Map<TrustChange, number>(changes.map((change) => [change, 0]));
  let lostBySeveral = 0;
  const outcomes: Exclude<TrustOutcome, { kind: 'accepted' }>[] = [];
  let worst: CountersignError | undefined;
  async function* entries(): AsyncGenerator<OldSignature | BadEntry> {
    for await (const entry of source.signatures()) {
      if (cancellation.aborted) fail('CANCELLED', 'cancelled before all signatures were examined');
      yield entry;
    }
  }
  for await (const outcome of concurrently(entries(), concurrency, (entry) => judge(entry, trial))) {
    counts[outcome.kind]++;
    onOutcome?.(outcome);
    if (outcome.kind === 'accepted') {
      if (outcome.isGained) counts.gained++;
      if (outcome.isUpgradable) counts.upgradable++;
      continue;
    }
    worst = worstOf([worst, outcome.error]);
    if (outcomes.length < maxOutcomes) outcomes.push(outcome);
    if (outcome.kind !== 'lost') continue;
    if (outcome.reasons.length === 0) lostBySeveral++;
    for (const reason of outcome.reasons) lostBy.set(reason, (lostBy.get(reason) ?? 0) + 1);
  }
  const warnings = [...new Set([...current.warnings, ...next.warnings, ...policy.warnings])];
  return { changes, counts, lostBy, lostBySeveral, outcomes, worst, warnings };
}

interface Trial {
  readonly current: ExamineOld;
  readonly next: ExamineOld;
  /** The current trusted root with one change each. */
  readonly changed: readonly { readonly change: TrustChange; readonly examine: ExamineOld }[];
}

async function judge(entry: OldSignature | BadEntry, { current, next, changed }: Trial): Promise<TrustOutcome> {
  if ('error' in entry) return { name: entry.origin, location: entry.origin, kind: 'refused', error: entry.error };
  const { name, digests: named, place } = entry;
  const base = { name, location: place.location };
  const old = await orFailure(() => place.read());
  if (old instanceof CountersignError) return { ...base, kind: 'refused', error: old };
  const digests = named.length > 0 ? named : (old.digests ?? []);
  const failureUnder = async (examine: ExamineOld): Promise<CountersignError | undefined> => {
    const verdict = await orFailure(() => examine(old, digests));
    return verdict instanceof CountersignError ? verdict : undefined;
  };
  const isCurrent = (await failureUnder(current)) === undefined;
  const error = await failureUnder(next);
  if (error === undefined) {
    const isUpgradable = old.bundle.version !== '0.3' && old.document === undefined;
    return { ...base, kind: 'accepted', isGained: !isCurrent, isUpgradable };
  }
  if (!isCurrent) return { ...base, kind: 'refused', error };
  const reasons: TrustChange[] = [];
  for (const { change, examine } of changed) if ((await failureUnder(examine)) !== undefined) reasons.push(change);
  return { ...base, kind: 'lost', error, reasons };
}

async function orFailure<Result>(work: () => Promise<Result>): Promise<Result | CountersignError> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CountersignError) || error.code === 'CANCELLED') throw error;
    return error;
  }
}

/** A log or an authority, whichever it is. */
interface Trusted {
  readonly part: TrustPart;
  readonly name: string;
  /** The same for the same keys. */
  readonly key: string;
  readonly window: ValidityWindow;
}

function trustedBy({ trust }: Pick<TrustChoice, 'trust'>): readonly Trusted[] {
  const ofLog = (part: TrustPart) => (log: Log) => ({
    part,
    name: log.baseUrl,
    key: keyOfLog(log),
    window: log.validFor,
  });
  const ofAuthority = (part: TrustPart) => (authority: Authority) => ({
    part,
    name: authority.uri,
    key: keyOfAuthority(authority),
    window: authority.validFor,
  });
  return [
    ...trust.certificateAuthorities.map(ofAuthority('certificate authority')),
    ...trust.certificateTransparencyLogs.map(ofLog('certificate log')),
    ...trust.transparencyLogs.map(ofLog('transparency log')),
    ...trust.timestampAuthorities.map(ofAuthority('timestamp authority')),
  ];
}

function keyOfLog({ publicKey }: Log): string {
  return keyText(publicKey);
}

function keyOfAuthority({ chain }: Authority): string {
  return chain.map(({ publicKey }) => keyText(publicKey)).join(' ');
}

/** A change, with the keys of what has changed. */
interface KeyedChange extends TrustChange {
  readonly key: string;
}

/** Returns what the new roots trust less than the current ones: not at all, or for a shorter time. */
function changesOf(current: readonly TrustChoice[], next: readonly TrustChoice[]): readonly KeyedChange[] {
  const known = next.flatMap(trustedBy);
  const changes = new Map<string, KeyedChange>();
  for (const { part, name, key, window } of current.flatMap(trustedBy)) {
    const windows = known.filter((one) => one.part === part && one.key === key).map((one) => one.window);
    if (!windows.some((one) => contains(one, window))) changes.set(`${part} ${key}`, { part, name, key, windows });
  }
  return [...changes.values()];
}

function contains(outer: ValidityWindow, inner: ValidityWindow): boolean {
  if (outer.start > inner.start) return false;
  return outer.end === undefined || (inner.end !== undefined && inner.end <= outer.end);
}

/** Returns trusted roots with one change. */
function withChange({ roots, warnings }: VerifyTrust, { part, key, windows }: KeyedChange): VerifyTrust {
  const changed =
    <Item extends { readonly validFor: ValidityWindow }>(itsPart: TrustPart, keyOf: (item: Item) => string) =>
    (items: readonly Item[]): readonly Item[] =>
      items.flatMap((item) =>
        part === itsPart && keyOf(item) === key ? windows.map((validFor) => ({ ...item, validFor })) : [item],
      );
  const change = (trust: TrustedRoot): TrustedRoot => ({
    certificateAuthorities: changed('certificate authority', keyOfAuthority)(trust.certificateAuthorities),
    certificateTransparencyLogs: changed('certificate log', keyOfLog)(trust.certificateTransparencyLogs),
    transparencyLogs: changed<TrustedRoot['transparencyLogs'][number]>(
      'transparency log',
      keyOfLog,
    )(trust.transparencyLogs),
    timestampAuthorities: changed('timestamp authority', keyOfAuthority)(trust.timestampAuthorities),
  });
  return { roots: roots.map((choice) => ({ ...choice, trust: change(choice.trust) })), warnings };
}
