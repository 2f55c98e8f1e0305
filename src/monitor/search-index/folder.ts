import { hash } from 'node:crypto';
import { join } from 'node:path';
import { encodeHex } from '../../core/encoding/index.ts';

/** The origin and the key of a log, which identify it: shards of Rekor v1 have one key, and logs of different hosts may have one name. */
export interface IndexedLog {
  readonly origin: string;
  readonly keyId: Uint8Array;
}

/** Returns a text that identifies a log. */
export function logName({ origin, keyId }: IndexedLog): string {
  return `${encodeHex(keyId)} ${origin}`;
}

/** Returns the folder of a log in the folder of all indexes. Its name is a hash, since an origin is no safe file name. */
export function logFolder(folder: string, log: IndexedLog): string {
  return join(folder, hash('sha256', logName(log)));
}

/** Returns the folder of all indexes in the folder of an audit. */
export function indexFolder(state: string): string {
  return join(state, 'index');
}
