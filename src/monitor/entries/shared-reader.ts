import type { LogProtocol } from '../log/index.ts';
import type { EntryClaims } from './claims.ts';
import { readEntry } from './read-entry.ts';

/** A function that reads the claims of an entry, as {@link readEntry} does. */
export type EntryReader = (protocol: LogProtocol, bytes: Uint8Array) => EntryClaims;

/** Returns a reader for several consumers of one log, which get the same bytes: each entry is parsed once. */
export function sharedReader(): EntryReader {
  const claimsOf = new WeakMap<Uint8Array, EntryClaims>();
  return (protocol, bytes) => {
    const known = claimsOf.get(bytes);
    if (known !== undefined) return known;
    const claims = readEntry(protocol, bytes);
    claimsOf.set(bytes, claims);
    return claims;
  };
}
