import type { LogProtocol } from '../log/index.ts';
import type { EntryClaims } from './claims.ts';
/** A function that reads the claims of an entry, as {@link readEntry} does. */
export type EntryReader = (protocol: LogProtocol, bytes: Uint8Array) => EntryClaims;
/** Returns a reader for several consumers of one log, which get the same bytes: each entry is parsed once. */
export declare function sharedReader(): EntryReader;
