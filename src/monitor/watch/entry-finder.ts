/** Reads stored entries again, and compares them with the present policy. */

import { type CertificateClaims, type EntryClaims, readEntry } from '../entries/index.ts';
import { type WatchedEntry, type WatchedSigner, watchedEntry } from '../rules/index.ts';
import type { EntryMatcher } from './match-consumer.ts';
import { entryKey, type StoredEntry } from './stored-entry.ts';

/**
 * Reports whether an authority of the trusted root issued a certificate; `undefined` if it cannot be told. Rekor accepts any certificate, so
 * that anyone can log one with any name.
 */
export type IssuanceCheck = (certificate: CertificateClaims) => Promise<boolean | undefined>;

export class EntryFinder {
  readonly #matcher: EntryMatcher;
  readonly #isIssued: IssuanceCheck;
  readonly #found = new Map<string, Promise<WatchedEntry>>();

  constructor(matcher: EntryMatcher, isIssued: IssuanceCheck) {
    this.#matcher = matcher;
    this.#isIssued = isIssued;
  }

  /** Returns an entry with its claims, and the reasons for which the present policy watches it: none if it does not. */
  watched(stored: StoredEntry): Promise<WatchedEntry> {
    const key = entryKey(stored);
    const found = this.#found.get(key) ?? this.#read(stored);
    this.#found.set(key, found);
    return found;
  }

  async #read({ log, index, leafHash, seenAt, bytes, watchedAs }: StoredEntry): Promise<WatchedEntry> {
    const { origin, baseUrl, protocol } = log;
    const place = { log: { origin, baseUrl, protocol }, index, leafHash, seenAt };
    if (bytes === undefined) return watchedEntry(tooLong(leafHash), { ...place, watchedAs });
    const claims = readEntry(protocol, bytes);
    const entry = watchedEntry(claims, { ...place, watchedAs: this.#matcher.match(claims, bytes) });
    return claims.type === 'signature' ? { ...entry, signers: await this.#checked(entry.signers, claims) } : entry;
  }

  #checked(
    signers: readonly WatchedSigner[],
    claims: EntryClaims & { readonly type: 'signature' },
  ): Promise<readonly WatchedSigner[]> {
    return Promise.all(
      signers.map(async (signer, at) => {
        const logged = claims.signers[at];
        if (signer.kind !== 'certificate' || logged?.kind !== 'certificate') return signer;
        return { ...signer, isIssued: await this.#isIssued(logged.certificate) };
      }),
    );
  }
}

/** Returns the claims of an entry whose content was not kept. */
function tooLong(leafHash: string): EntryClaims {
  const problem = { code: 'LIMIT', part: 'the entry', reason: 'too long to be stored', leafHash } as const;
  return { type: 'unknown', kind: undefined, version: undefined, problems: [problem] };
}
