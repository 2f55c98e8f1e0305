/** Searches a log of Rekor v1 through the search index of the service, and proves what it finds. */

import { equalDigests, formatDigest } from '../../core/crypto/index.ts';
import { CountersignError } from '../../core/errors/index.ts';
import type { TransparencyLog } from '../../core/trust/index.ts';
import { type CertificateClaims, readEntry } from '../../monitor/entries/index.ts';
import { mapConcurrently } from '../../node/index.ts';
import type { Http } from '../../services/http/index.ts';
import { fetchEntryV1, type IndexQueryV1, maxNameLength, searchIndexV1 } from '../../services/rekor/index.ts';
import { type ProvenAnswer, proveAnswer } from './prove-answer.ts';
import { meets, type ReadableClaims, type SearchQuery } from './query.ts';
import { expectedFailure, type ProvenHit } from './search-log.ts';
import { readAttestation } from './stored-attestation.ts';
import { workflowNames } from './workflow-names.ts';

/** A proven entry, and the attestation that the service returned with it, which is not proven. */
export type FetchedAnswer = ProvenAnswer & { readonly attestation: Uint8Array | undefined };

/** An entry of Rekor v1 that meets the conditions, with the time that the log signed. */
export type AnsweredHit = ProvenHit & { readonly answer: FetchedAnswer };

export interface ServiceSearch {
  readonly hits: readonly AnsweredHit[];
  readonly isLimited: boolean;
  readonly failures: readonly CountersignError[];
  /** As in {@link ServiceQueries}. */
  readonly missed: string | undefined;
}

/** The number of entries that are fetched at once: the public instance limits the requests of a client. */
const entriesAtOnce = 2;

/** The keys of the service's index for a query. */
export interface ServiceQueries {
  readonly keys: readonly IndexQueryV1[];
  /** The entries that these keys miss, as a sentence without its full stop; `undefined` if an entry that meets the query has one of them. */
  readonly missed: string | undefined;
}

/**
 * Returns the keys of the service's index for a query. None if the service cannot answer it: it has no index of issuers, repositories and
 * hashes of keys. What a repository signed can be found under the names of its workflows, if some of them are known.
 *
 * @param seen as in {@link workflowNames}; needed only if {@link needsNames}
 */
export function serviceQueries(query: SearchQuery, seen: readonly CertificateClaims[]): ServiceQueries {
  if (!needsNames(query) || query.repository === undefined) return { keys: exactKeys(query), missed: undefined };
  const { names, left } = workflowNames(query.repository, seen);
  const short = names.filter(({ length }) => length <= maxNameLength);
  const omitted = left + names.length - short.length;
  return {
    keys: short.map((name) => ({ kind: 'name', name })),
    missed: `entries under names other than the ${short.length} that were derived from the local index${omitted === 0 ? '' : `, ${omitted} of which were left out`}`,
  };
}

/** Reports whether the service can find what a query is about only by names of workflows. */
export function needsNames(query: SearchQuery): boolean {
  return query.repository !== undefined && query.digests.length === 0 && exactKeys(query).length === 0;
}

/** Returns the keys of which an entry that meets a query has one. */
function exactKeys({ digests, identity, key }: SearchQuery): readonly IndexQueryV1[] {
  // The service knows no SHA-384. Of a file, other digests are known.
  const hashes = digests.filter(({ algorithm }) => algorithm !== 'sha384');
  if (hashes.length > 0) return hashes.map((digest) => ({ kind: 'digest', digest: formatDigest(digest) }));
  if (digests.length > 0) return [];
  if (key?.spki !== undefined) return [{ kind: 'key', spki: key.spki }];
  if (identity !== undefined && identity.length <= maxNameLength) return [{ kind: 'name', name: identity }];
  return [];
}

/**
 * Searches the index of a service.
 *
 * @param limit the number of entries to return
 */
export async function searchService(
  http: Http,
  url: string,
  logs: readonly TransparencyLog[],
  query: SearchQuery,
  limit: number,
  { keys, missed }: ServiceQueries,
): Promise<ServiceSearch> {
  const failures: CountersignError[] = [];
  const uuids = new Set<string>();
  for (const key of keys) {
    try {
      for (const uuid of await searchIndexV1(http, url, key)) uuids.add(uuid);
    } catch (error) {
      failures.push(expectedFailure(error));
    }
  }
  const hits: AnsweredHit[] = [];
  const names = [...uuids];
  const prove = async (uuid: string): Promise<AnsweredHit | CountersignError | undefined> => {
    try {
      return await fetchHit(http, url, logs, uuid, query);
    } catch (error) {
      return expectedFailure(error);
    }
  };
  let at = 0;
  while (at < names.length && hits.length < limit) {
    const some = names.slice(at, at + Math.max(entriesAtOnce, Math.min(limit - hits.length, 64)));
    at += some.length;
    for (const result of await mapConcurrently(some, prove, entriesAtOnce)) {
      if (result instanceof CountersignError) failures.push(result);
      else if (result !== undefined) hits.push(result);
    }
  }
  return { hits, failures, isLimited: at < names.length, missed };
}

/** Fetches and proves an entry. Returns `undefined` if it does not meet the conditions. */
async function fetchHit(
  http: Http,
  url: string,
  logs: readonly TransparencyLog[],
  uuid: string,
  query: SearchQuery,
): Promise<AnsweredHit | undefined> {
  const answer = await fetchAnswer(http, url, logs, uuid);
  const bytes = answer.entry.canonicalizedBody;
  const claims = readEntry('rekor-v1', bytes);
  if (claims.type === 'unknown') return undefined;
  const match = matchOf(claims, query, answer.attestation);
  if (match === undefined) return undefined;
  const { isConfirmed } = match;
  const { origin, index, treeSize } = answer;
  return { origin, index, treeSize, bytes, claims, isConfirmed, answer };
}

/**
 * Reports whether an entry meets the conditions, and whether that is confirmed. The service indexes the subjects of attestations, and the log
 * holds the hash of the attestation alone.
 */
function matchOf(
  claims: ReadableClaims,
  query: SearchQuery,
  attestation: Uint8Array | undefined,
): { readonly isConfirmed: boolean } | undefined {
  const isMet: boolean = meets(claims, query);
  if (isMet) return { isConfirmed: true };
  if (claims.type !== 'signature' || (claims.kind !== 'dsse' && claims.kind !== 'intoto')) return undefined;
  const isMetBySigner: boolean = meets(claims, { ...query, digests: [] });
  if (!isMetBySigner) return undefined;
  const stored = readAttestation(claims, attestation);
  if (stored?.isProven !== true) return { isConfirmed: false };
  const isSubject = stored.subjects.some(({ digests }) =>
    digests.some((digest) => query.digests.some((wanted) => equalDigests(wanted, digest))),
  );
  return isSubject ? { isConfirmed: true } : undefined;
}

/** Fetches an entry with its signed entry timestamp, and proves it. */
export async function fetchAnswer(
  http: Http,
  url: string,
  logs: readonly TransparencyLog[],
  uuid: string,
): Promise<FetchedAnswer> {
  const { entry, attestation } = await fetchEntryV1(http, url, uuid);
  return { ...(await proveAnswer(entry, uuid.slice(-64), logs)), attestation };
}
