/** The result of a search in logs. */

import type { CountersignError } from '../core/errors/index.ts';
import type { StatementSubject } from '../core/statement/index.ts';
import type { CertificateEntry, EntrySigner, SignatureEntry } from '../monitor/entries/index.ts';
import type { LogProtocol } from '../monitor/log/index.ts';
import type { IndexedRange } from '../monitor/search-index/index.ts';

export interface SearchReport {
  /** The conditions that each entry meets, for people: `issuer https://…`. */
  readonly conditions: readonly string[];
  /** The newest first. */
  readonly entries: readonly FoundEntry[];
  /** True if there may be more entries than the limit allows. */
  readonly isLimited: boolean;
  readonly logs: readonly SearchedLog[];
}

/** An entry that is proven to be in the log, and meets all conditions. */
export interface FoundEntry {
  readonly log: string;
  readonly origin: string;
  /** The index of the leaf in the tree. */
  readonly index: number;
  /** The index over all shards of a log of Rekor v1. */
  readonly globalIndex: bigint | undefined;
  /** In hexadecimal. */
  readonly leafHash: string;
  /** The size of the tree in which it is proven to be. */
  readonly treeSize: number;
  readonly claims: SignatureEntry | CertificateEntry;
  /** The signers of the claims, or the holder of a certificate. */
  readonly signers: readonly FoundSigner[];
  /** The time at which the log received the entry, which the log signed. */
  readonly time: Date | undefined;
  /**
   * False for an attestation that is about the digest only according to the index of the service: the log holds the hash of the attestation,
   * and not its subjects. An attestation that the service stores, and that has this hash, confirms it.
   */
  readonly isConfirmed: boolean;
  /** The attestation that Rekor v1 stored with the entry; `undefined` if it stored none. */
  readonly attestation: StoredAttestation | undefined;
  /** The result of `bundle-out`, if that was requested. */
  readonly bundle: RecoveredBundle | undefined;
}

/** An attestation next to the log. It is proven if its hash is that in the entry; nothing is read from any other. */
export type StoredAttestation =
  | { readonly isProven: true; readonly predicateType: string; readonly subjects: readonly StatementSubject[] }
  | { readonly isProven: false; readonly reason: string };

export interface FoundSigner {
  readonly signer: EntrySigner;
  /** The authority that issued the certificate, and `undefined` for a key. */
  readonly issuance: Issuance | undefined;
}

/** Whether an authority of the trusted root issued a certificate. Anybody can log a certificate of their own with any name in it. */
export type Issuance =
  | { readonly isTrusted: true; readonly authority: string }
  | { readonly isTrusted: false; readonly reason: string };

/** A bundle that was made from an entry and verified, or the reason why there is none. */
export type RecoveredBundle = { readonly path: string } | { readonly reason: string };

/** A log, and the part of it that was searched. */
export interface SearchedLog {
  readonly url: string;
  /** `undefined` if the log did not answer, or was not asked. */
  readonly protocol: LogProtocol | undefined;
  /** `undefined` if no head of the log was fetched. */
  readonly origin: string | undefined;
  /** The size of the log's tree; `undefined` if no head was fetched. */
  readonly size: number | undefined;
  /** The entries that the local index covers. */
  readonly ranges: readonly IndexedRange[];
  /** The number of these of which a part could not be read. */
  readonly withProblems: number;
  /** True if the index of the service was searched too. It proves nothing about entries that it leaves out. */
  readonly service: boolean;
  /** The entries that the search in the index of the service missed, as a sentence without its full stop. */
  readonly missed: string | undefined;
  /** The parts of the search that failed. */
  readonly failures: readonly CountersignError[];
  /** The reason why the log was not searched. */
  readonly notSearched: string | undefined;
  /** True if it may contain no entries that meet the conditions, or was not chosen: it then does not make the search incomplete. */
  readonly isOptional: boolean;
}

/** Reports whether a log was searched as far as it is indexed, without a failure. */
export function isSearched({ failures, missed, notSearched, ranges }: SearchedLog): boolean {
  return failures.length === 0 && missed === undefined && notSearched === undefined && ranges.length <= 1;
}

/** Reports whether every log that had to be searched was. */
export function isComplete({ logs }: Pick<SearchReport, 'logs'>): boolean {
  return logs.every((log) => log.isOptional || isSearched(log));
}

/** Returns the entries of a log that the local index does not cover. */
export function gapsOf({ ranges, size = 0 }: Pick<SearchedLog, 'ranges' | 'size'>): readonly IndexedRange[] {
  const starts = [0, ...ranges.map(({ to }) => to)];
  const ends = [...ranges.map(({ from }) => from), size];
  return starts.flatMap((from, at) => {
    const to = ends[at] ?? from;
    return from < to ? [{ from, to }] : [];
  });
}
