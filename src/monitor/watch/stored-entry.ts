/** Entries that concern the policy, in the form in which the watch stores them: as the log has them. */

import { encodeBase64, encodeHex, type ProtoField } from '../../core/encoding/index.ts';
import { leafHash } from '../../core/log/index.ts';
import type { LogProtocol } from '../log/index.ts';
import type { WatchedAs } from '../rules/index.ts';

/** The log of a stored entry. */
export interface StoredLog {
  readonly origin: string;
  readonly baseUrl: string;
  readonly protocol: LogProtocol;
  /** In hexadecimal. Logs of different hosts may have one origin. */
  readonly keyId: string;
}

export interface StoredEntry {
  readonly log: StoredLog;
  readonly index: number;
  /** In hexadecimal. */
  readonly leafHash: string;
  /** The time at which the watch read it. */
  readonly seenAt: Date;
  /** The content of the leaf, from which the claims are read again. Undefined if it is longer than {@link maxStoredBytes}. */
  readonly bytes: Uint8Array | undefined;
  /** The reasons for which it was watched when it was read. */
  readonly watchedAs: readonly WatchedAs[];
}

/** The longest entry that is stored with its content. Those of Rekor v2 have at most 64 KiB. */
export const maxStoredBytes = 128 * 1024;
const maxReasons = 32;

/** Returns the text that identifies a log. */
export function logKey({ keyId, origin }: Pick<StoredLog, 'keyId' | 'origin'>): string {
  return `${keyId} ${origin}`;
}

/** Returns the text that identifies an entry. */
export function entryKey({ log, index }: Pick<StoredEntry, 'log' | 'index'>): string {
  return `${index} ${logKey(log)}`;
}

export function storedEntryJson({ log, index, leafHash: leaf, seenAt, bytes, watchedAs }: StoredEntry): object {
  return {
    log,
    index,
    seenAt: seenAt.toISOString(),
    ...(bytes === undefined ? { leaf } : { entry: encodeBase64(bytes) }),
    watchedAs: watchedAs.slice(0, maxReasons),
  };
}

const protocols = { 'rekor-v1': 1, 'rekor-v2': 2, rfc6962: 3, 'static-ct': 4 } as const satisfies Record<
  LogProtocol,
  number
>;
const reasons = {
  repository: 1,
  owner: 2,
  identity: 3,
  issuer: 4,
  key: 5,
  digest: 6,
  'look-alike': 7,
  needle: 8,
} as const satisfies Record<WatchedAs['what'], number>;

/** Reads a stored entry. @throws CountersignError with the code of the document */
export function readStoredEntry(field: ProtoField): StoredEntry {
  const log = field.field('log');
  const entry = field.field('entry');
  const bytes = entry.present ? entry.data() : undefined;
  const leaf = bytes === undefined ? field.field('leaf').text() : encodeHex(leafHash(bytes));
  if (!/^[0-9a-f]{64}$/.test(leaf)) field.field('leaf').fail('is not a hash');
  return {
    log: {
      origin: log.field('origin').text(),
      baseUrl: log.field('baseUrl').text(),
      protocol: log.field('protocol').enum(protocols) ?? log.field('protocol').fail('is not a known protocol'),
      keyId: log.field('keyId').text(),
    },
    index: field.field('index').safeInteger(),
    leafHash: leaf,
    seenAt: field.field('seenAt').time() ?? field.field('seenAt').fail('is missing'),
    bytes,
    watchedAs: field.field('watchedAs').list(maxReasons).map(readWatchedAs),
  };
}

function readWatchedAs(field: ProtoField): WatchedAs {
  return {
    what: field.field('what').enum(reasons) ?? field.field('what').fail('is not a known reason'),
    value: field.field('value').string(),
    line: field.field('line').safeInteger(),
  };
}
