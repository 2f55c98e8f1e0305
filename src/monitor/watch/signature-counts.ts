/** Counts signatures by signer and day, for pictures. */

import { signerName, type WatchedEntry, type WatchedSigner } from '../rules/index.ts';
import type { SignatureCount } from './report.ts';

const day = 24 * 60 * 60 * 1000;
/** The number of days that are kept. */
const maxDays = 90;
/** The number of signers that are told apart. Strangers can choose names. */
const maxSigners = 200;
/** The number of counts that can be read. */
export const maxCounts = maxDays * (maxSigners + 1) * 2;
const others = 'others';

export class SignatureCounts {
  readonly #counts: Map<string, SignatureCount>;
  readonly #signers: Set<string>;

  constructor(counts: readonly SignatureCount[]) {
    this.#counts = new Map(counts.map((count) => [keyOf(count), count]));
    this.#signers = new Set(counts.map(({ signer }) => signer));
  }

  /** Counts an entry once for each of its signers. */
  add(entry: WatchedEntry): void {
    for (const signer of entry.signers) {
      const name = shownName(signer);
      const isTold = this.#signers.has(name) || this.#signers.size < maxSigners;
      this.#count(isTold ? name : others, dayOf(timeOf(entry, signer)));
    }
  }

  /** Returns the counts of the last 90 days, the oldest first. */
  list(now: Date): readonly SignatureCount[] {
    const first = dayOf(new Date(now.getTime() - (maxDays - 1) * day));
    return [...this.#counts.values()]
      .filter((count) => count.day >= first && count.day <= dayOf(now))
      .sort((a, b) => compare(a.day, b.day) || compare(a.signer, b.signer));
  }

  #count(signer: string, on: string): void {
    const key = keyOf({ signer, day: on });
    this.#signers.add(signer);
    this.#counts.set(key, { signer, day: on, count: (this.#counts.get(key)?.count ?? 0) + 1 });
  }
}

/** Returns the name of a signer as people write it: `octo/app/.github/workflows/release.yml`. */
function shownName(signer: WatchedSigner): string {
  const { kind, name } = signerName(signer);
  if (kind === 'key') return `key ${name.slice(0, 16)}`;
  return name.replace(/^https:\/\/github\.com\//, '') || 'unnamed';
}

/** Returns the time of a signature. A certificate that says it is from the future, or from long ago, was counted when it was seen. */
function timeOf({ loggedAt, seenAt }: WatchedEntry, signer: WatchedSigner): Date {
  const stated = loggedAt ?? (signer.kind === 'certificate' ? signer.notBefore : undefined);
  const age = stated === undefined ? Number.NaN : seenAt.getTime() - stated.getTime();
  return stated !== undefined && age >= 0 && age < maxDays * day ? stated : seenAt;
}

function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}

function keyOf({ signer, day: on }: Pick<SignatureCount, 'signer' | 'day'>): string {
  return `${on} ${signer}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
