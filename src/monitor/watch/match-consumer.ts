/** Compares the entries of logs with the policy, as they are proven. */

import { encodeHex } from '../../core/encoding/index.ts';
import { leafHash } from '../../core/log/index.ts';
import type { CountingConsumer } from '../audit/index.ts';
import { type EntryClaims, type EntryReader, readEntry } from '../entries/index.ts';
import type { EntryBatch, MonitoredLog } from '../log/index.ts';
import type { WatchedAs } from '../rules/index.ts';
import { logKey, maxStoredBytes, type StoredEntry } from './stored-entry.ts';

/** Compares an entry with a policy. `WatchList` implements it. */
export interface EntryMatcher {
  /** Returns the parts of the policy that the entry concerns: none for most entries. */
  match(claims: EntryClaims, bytes: Uint8Array): readonly WatchedAs[];
}

/** The receiver of the entries that concern the policy. */
export interface MatchReceiver {
  /** @throws CountersignError `LIMIT_EXCEEDED` if there is no room for the entries of another batch */
  demandRoom(): void;
  /** @returns true if the entry is new */
  add(entry: StoredEntry): boolean;
  /** Records that all entries of a log before this index were compared. */
  advance(log: string, end: number): void;
  flush(): Promise<void>;
}

/** The log of an entry. */
export type EntryLog = Pick<MonitoredLog, 'baseUrl' | 'protocol' | 'keyId'>;

/** Passes the entries that concern the policy on. Called for millions of entries, of which it keeps few. */
export class MatchConsumer implements CountingConsumer {
  readonly #matcher: EntryMatcher;
  readonly #receiver: MatchReceiver;
  readonly #clock: () => Date;
  readonly #read: EntryReader;
  readonly #unreadable = new Map<MonitoredLog, number>();
  /** The number of entries, so far, that concern the policy and were not known. */
  matched = 0;

  /** @param read reads the claims of an entry; one that is shared with other consumers spares them the work */
  constructor(matcher: EntryMatcher, receiver: MatchReceiver, clock: () => Date, read: EntryReader = readEntry) {
    this.#matcher = matcher;
    this.#receiver = receiver;
    this.#clock = clock;
    this.#read = read;
  }

  /** @throws CountersignError `LIMIT_EXCEEDED` if the receiver is full */
  async accept({ first, entries }: EntryBatch, log: MonitoredLog, origin: string): Promise<void> {
    this.#receiver.demandRoom();
    let unreadable = 0;
    for (const [at, bytes] of entries.entries()) {
      const claims = this.#read(log.protocol, bytes);
      if (claims.problems.length > 0) unreadable += 1;
      const watchedAs = this.#matcher.match(claims, bytes);
      if (watchedAs.length > 0) this.#keep(bytes, first + at, watchedAs, log, origin);
    }
    this.#receiver.advance(keyOf(log, origin), first + entries.length);
    this.#unreadable.set(log, this.unreadable(log) + unreadable);
  }

  /**
   * Keeps a proven entry that was found by a search, if it concerns the policy. Other entries of its log are not compared.
   *
   * @returns false if it does not concern the policy
   * @throws CountersignError `LIMIT_EXCEEDED` if the receiver is full
   */
  acceptFound(bytes: Uint8Array, index: number, log: EntryLog, origin: string): boolean {
    this.#receiver.demandRoom();
    const watchedAs = this.#matcher.match(this.#read(log.protocol, bytes), bytes);
    if (watchedAs.length > 0) this.#keep(bytes, index, watchedAs, log, origin);
    return watchedAs.length > 0;
  }

  unreadable(log: MonitoredLog): number {
    return this.#unreadable.get(log) ?? 0;
  }

  flush(): Promise<void> {
    return this.#receiver.flush();
  }

  #keep(
    bytes: Uint8Array,
    index: number,
    watchedAs: readonly WatchedAs[],
    { baseUrl, protocol, keyId }: EntryLog,
    origin: string,
  ): void {
    const isNew = this.#receiver.add({
      log: { origin, baseUrl, protocol, keyId: encodeHex(keyId) },
      index,
      leafHash: encodeHex(leafHash(bytes)),
      seenAt: this.#clock(),
      bytes: bytes.length <= maxStoredBytes ? bytes : undefined,
      watchedAs,
    });
    if (isNew) this.matched += 1;
  }
}

/** Returns the text that identifies a log. */
export function keyOf({ keyId }: Pick<MonitoredLog, 'keyId'>, origin: string): string {
  return logKey({ keyId: encodeHex(keyId), origin });
}
