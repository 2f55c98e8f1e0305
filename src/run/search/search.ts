/** Searches the logs of trusted roots: through local indexes, and for Rekor v1 through the index of the service. */

import { encodeHex, equalBytes } from '../../core/encoding/index.ts';
import { leafHash } from '../../core/log/index.ts';
import type { TransparencyLog } from '../../core/trust/index.ts';
import { type CertificateClaims, certificatesOf } from '../../monitor/entries/index.ts';
import {
  isCertificateLog,
  type LogProtocol,
  type LogReader,
  logUrl,
  type MonitoredLog,
} from '../../monitor/log/index.ts';
import { withinRate } from '../../monitor/readers/index.ts';
import { indexFolder } from '../../monitor/search-index/index.ts';
import { logId } from '../../monitor/state/index.ts';
import { mapConcurrently } from '../../node/index.ts';
import type { FoundEntry, SearchedLog, SearchReport } from '../../report/index.ts';
import type { TrustChoice } from '../policy/index.ts';
import type { World } from '../world/index.ts';
import { signersOf } from './issuance.ts';
import { concernsCertificates, conditionsOf, type SearchQuery } from './query.ts';
import { recoverBundle } from './recover-bundle.ts';
import { expectedFailure, type LogSearch, type ProvenHit, searchLocally } from './search-log.ts';
import {
  type FetchedAnswer,
  fetchAnswer,
  needsNames,
  type ServiceSearch,
  searchService,
  serviceQueries,
} from './search-service.ts';
import { readAttestation } from './stored-attestation.ts';

export interface SearchRequest {
  readonly query: SearchQuery;
  /** The folder of the audit that built the index; without it, there is no local index. */
  readonly state: string | undefined;
  /** The logs of the trusted roots, and the root of each. */
  readonly logs: readonly TrustedLog[];
  /** True if the caller chose the logs. Otherwise, certificate logs without an index are left out. */
  readonly areChosen: boolean;
  /** The number of entries to return, the newest first. */
  readonly limit: number;
  /** The folder into which bundles are written. */
  readonly bundleOut: string | undefined;
  readonly openReader: (log: MonitoredLog) => LogReader;
}

/** A log, and the trusted root that names it. */
export interface TrustedLog {
  readonly log: MonitoredLog;
  readonly trust: TrustChoice;
}

export type SearchWorld = Pick<World, 'http' | 'files' | 'clock' | 'random'>;

/** The number of logs that are searched at once. */
const logsAtOnce = 4;

/**
 * Searches. Each entry of the result is proven to be in its log and compared as a whole; the report states which parts of which logs were
 * searched. A part of the search that fails is in the report.
 */
export async function searchLogs(request: SearchRequest, world: SearchWorld): Promise<SearchReport> {
  const { query, limit } = request;
  const services = servicesOf(request.logs).filter(
    ({ protocol }) => !isCertificateLog(protocol) || concernsCertificates(query),
  );
  const indexed = await mapConcurrently(services, (one) => searchIndexes(one, request, world), logsAtOnce);
  // What any log shows of a repository tells under which names Rekor v1 can be asked.
  const seen = needsNames(query) ? await issuedIn(indexed.flatMap(({ hits }) => hits)) : [];
  const results = await mapConcurrently(indexed, (one) => searchRest(one, seen, request, world), logsAtOnce);
  const hits = results.flatMap((result) => result.hits).toSorted((a, b) => timeOf(b) - timeOf(a) || b.index - a.index);
  return {
    conditions: conditionsOf(query),
    entries: await mapConcurrently(hits.slice(0, limit), (hit) => toEntry(hit, request, world), 1),
    isLimited: hits.length > limit || results.some(({ isLimited }) => isLimited),
    logs: results.flatMap((result) => result.searched),
  };
}

/** A service: one log, or the shards of Rekor v1. */
interface LogService {
  readonly url: string;
  readonly protocol: LogProtocol;
  readonly logs: readonly TrustedLog[];
}

function servicesOf(logs: readonly TrustedLog[]): readonly LogService[] {
  const services = new Map<string, LogService>();
  for (const one of logs) {
    const { baseUrl: url, protocol } = one.log;
    const key = protocol === 'rekor-v1' ? url : logId(one.log);
    const others = services.get(key)?.logs ?? [];
    services.set(key, { url, protocol, logs: [...others, one] });
  }
  return [...services.values()];
}

/** An entry that was found, before anything else is known about it. */
interface Hit extends ProvenHit {
  readonly url: string;
  readonly protocol: LogProtocol;
  /** The log, and the trusted root that names it. */
  readonly trusted: TrustedLog;
  /** The entry as Rekor v1 returns it. */
  readonly answer: FetchedAnswer | undefined;
}

interface ServiceResult {
  readonly hits: readonly Hit[];
  readonly searched: readonly SearchedLog[];
  readonly isLimited: boolean;
}

/** A service whose local indexes were searched. */
interface IndexedService {
  readonly service: LogService;
  readonly locals: readonly (LogSearch | undefined)[];
  readonly hits: readonly Hit[];
}

async function searchIndexes(
  service: LogService,
  { query, limit, state, openReader }: SearchRequest,
  { files }: SearchWorld,
): Promise<IndexedService> {
  const { url, protocol, logs } = service;
  const folder = state === undefined ? undefined : indexFolder(state);
  const locals = await mapConcurrently(logs, async ({ log }) =>
    folder === undefined ? undefined : searchLocally(log, query, limit, folder, files, openReader),
  );
  const hits = logs.flatMap((trusted, at) =>
    (locals[at]?.hits ?? []).map((hit) => ({ ...hit, url, protocol, trusted, answer: undefined })),
  );
  return { service, locals, hits };
}

/** Returns the certificates of entries that authorities of the trusted root issued. */
async function issuedIn(hits: readonly Hit[]): Promise<readonly CertificateClaims[]> {
  const signers = await mapConcurrently(hits, ({ claims, trusted }) => signersOf(claims, undefined, trusted.trust));
  return signers
    .flat()
    .flatMap(({ signer, issuance }) =>
      signer.kind === 'certificate' && issuance?.isTrusted === true ? [signer.certificate] : [],
    );
}

/** Searches the index of the service, unless the local indexes cover all of its entries. */
async function searchRest(
  { service, locals, hits }: IndexedService,
  seen: readonly CertificateClaims[],
  request: SearchRequest,
  world: SearchWorld,
): Promise<ServiceResult> {
  const isCovered = locals.every((local) => local !== undefined && isWhole(local));
  const remote = isCovered ? undefined : await searchRemotely(service, seen, request, world);
  return {
    // An entry of the service has the time in addition.
    hits: distinct([...(remote?.hits ?? []), ...hits]),
    searched: coverageOf(service, locals, remote, request),
    isLimited: [remote, ...locals].some((result) => result?.isLimited),
  };
}

function isWhole({ ranges: [range], size }: LogSearch): boolean {
  return range?.from === 0 && range.to === size;
}

/** Returns the first hit of each entry. */
function distinct(hits: readonly Hit[]): readonly Hit[] {
  const found = new Map<string, Hit>();
  for (const hit of hits) {
    const { log } = hit.trusted;
    const entry = `${encodeHex(log.keyId)} ${hit.origin} ${hit.index}`;
    if (!found.has(entry)) found.set(entry, hit);
  }
  return [...found.values()];
}

/** Asks the index of a service of Rekor v1. Returns `undefined` for other logs, and for a query that it cannot answer. */
async function searchRemotely(
  { url, protocol, logs }: LogService,
  seen: readonly CertificateClaims[],
  { query, limit }: SearchRequest,
  { http, clock }: SearchWorld,
): Promise<(Omit<ServiceSearch, 'hits'> & Pick<ServiceResult, 'hits'>) | undefined> {
  if (protocol !== 'rekor-v1') return undefined;
  const queries = serviceQueries(query, seen);
  if (queries.keys.length === 0) return undefined;
  const paced = withinRate(url, { http, clock });
  const { hits, ...result } = await searchService(paced, url, logs.flatMap(logOf), query, limit, queries);
  return {
    ...result,
    hits: hits.flatMap((hit) => {
      const trusted = logs.find(({ log }) => equalBytes(log.keyId, hit.answer.entry.logKeyId));
      return trusted === undefined ? [] : [{ ...hit, url, protocol, trusted }];
    }),
  };
}

/** Returns the log of the trusted root, with the key of its checkpoints. A certificate log has none. */
function logOf({ log, trust }: TrustedLog): readonly TransparencyLog[] {
  const { baseUrl, keyId } = log;
  return trust.trust.transparencyLogs.filter((one) => logUrl(one.baseUrl) === baseUrl && equalBytes(one.keyId, keyId));
}

/** States which parts of a service were searched, and how. */
function coverageOf(
  { url, protocol }: LogService,
  searches: readonly (LogSearch | undefined)[],
  remote: Pick<ServiceSearch, 'failures' | 'missed'> | undefined,
  { areChosen, state }: SearchRequest,
): readonly SearchedLog[] {
  const none = { url, protocol, origin: undefined, size: undefined, ranges: [], withProblems: 0, failures: [] };
  const locals = searches.flatMap((local) => {
    if (local === undefined) return [];
    const { origin, size, ranges, withProblems, failures } = local;
    return [{ url, protocol, origin, size, ranges, withProblems, failures, ...required }];
  });
  const areIndexed = locals.length === searches.length;
  if (remote !== undefined) {
    const { failures, missed } = remote;
    // What is found under derived names only adds to an index.
    const isOptional = missed !== undefined && areIndexed;
    return [...locals, { ...none, ...required, service: true, failures, missed, isOptional }];
  }
  if (areIndexed) return locals;
  const index = state === undefined ? 'no local index was specified' : 'it is not in the local index';
  const service = protocol === 'rekor-v1' ? ', and the index of the service cannot answer the query' : '';
  const isOptional = isCertificateLog(protocol) && !areChosen;
  return [...locals, { ...none, service: false, missed: undefined, notSearched: `${index}${service}`, isOptional }];
}

const required = { service: false, missed: undefined, notSearched: undefined, isOptional: false } as const;

/** Returns the time by which entries are sorted: that of the log, or the start of the certificate. */
function timeOf({ answer, claims }: Hit): number {
  const [certificate] = certificatesOf(claims);
  const time = answer?.time ?? (claims.type === 'certificate' ? claims.loggedAt : undefined) ?? certificate?.notBefore;
  return time?.getTime() ?? 0;
}

/** Adds the time, the issuers of certificates, and the bundle. */
async function toEntry(hit: Hit, { bundleOut, query }: SearchRequest, world: SearchWorld): Promise<FoundEntry> {
  const { url, origin, index, treeSize, claims, isConfirmed } = hit;
  const { trust } = hit.trusted;
  const leaf = encodeHex(leafHash(hit.bytes));
  const answer = hit.answer ?? (await answerFor(hit, leaf, world));
  const time = answer?.time ?? (claims.type === 'certificate' ? claims.loggedAt : undefined);
  const recovery = bundleOut === undefined ? undefined : { folder: bundleOut, digests: query.digests };
  return {
    log: url,
    origin,
    index,
    globalIndex: answer?.entry.logIndex,
    leafHash: leaf,
    treeSize,
    claims,
    signers: await signersOf(claims, time, trust),
    time,
    isConfirmed,
    attestation: claims.type === 'certificate' ? undefined : readAttestation(claims, answer?.attestation),
    bundle:
      recovery === undefined || claims.type === 'certificate'
        ? undefined
        : await recoverBundle(claims, answer, { url, trust }, recovery, world),
  };
}

/** Fetches an entry of Rekor v1 that the local index found, for the time that the log signed. Without it, the entry is still proven. */
async function answerFor(
  { url, protocol, trusted }: Hit,
  leaf: string,
  { http }: SearchWorld,
): Promise<FetchedAnswer | undefined> {
  if (protocol !== 'rekor-v1') return undefined;
  try {
    return await fetchAnswer(http, url, logOf(trusted), leaf);
  } catch (error) {
    expectedFailure(error);
    return undefined;
  }
}
