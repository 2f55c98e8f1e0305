/**
 * Finds entries that concern a policy through the search index of Rekor v1, which grows too fast to be read. The index proves nothing: each
 * entry that it lists is fetched and proven, and then compared with the policy like an entry that the audit has read. What the index does not
 * list cannot be found so.
 */

import { CountersignError, fail } from '../../core/errors/index.ts';
import type { TransparencyLog } from '../../core/trust/index.ts';
import { type CertificateClaims, certificatesOf, readEntry } from '../../monitor/entries/index.ts';
import { logUrl, type MonitoredLog } from '../../monitor/log/index.ts';
import { withinRate } from '../../monitor/readers/index.ts';
import { repositoryOf } from '../../monitor/search-index/index.ts';
import type { FactSource, IssuanceCheck, ServiceMemory, StoredEntry, Watch } from '../../monitor/watch/index.ts';
import type { WatchPolicy } from '../../monitor/watch-policy/index.ts';
import { mapConcurrently } from '../../node/index.ts';
import { type Http, retryAfter, type Sleep, sleep as systemSleep } from '../../services/http/index.ts';
import { searchIndexV1 } from '../../services/rekor/index.ts';
import type { TrustChoice } from '../policy/index.ts';
import { fetchAnswer, namesSeen } from '../search/index.ts';
import type { World } from '../world/index.ts';
import { rekorV1Queries, type SearchedValue, type ValueQuery } from './rekor-v1-queries.ts';

export interface RekorV1SearchRequest {
  /** The logs of Rekor v1 whose entries the audit does not read: all shards of a service. */
  readonly logs: readonly MonitoredLog[];
  readonly policy: WatchPolicy;
  /** True if entries that were in the log before the first search are reported. */
  readonly isFromStart: boolean;
}

export interface RekorV1SearchParts {
  /** Takes the entries, and has the memory of earlier searches. */
  readonly watch: Pick<Watch, 'consumer' | 'searches' | 'unjudged'>;
  readonly roots: readonly Pick<TrustChoice, 'trust'>[];
  readonly github: Pick<FactSource['github'], 'repository'>;
  readonly isIssued: IssuanceCheck;
}

export type RekorV1SearchWorld = Pick<World, 'http' | 'clock' | 'cancellation'> & { readonly sleep?: Sleep };

export interface RekorV1Search {
  /** The entries that cannot be found, as sentences without full stops, by the URLs of the services. */
  readonly notes: ReadonlyMap<string, readonly string[]>;
  /** The reasons why the search is incomplete, as sentences without full stops. */
  readonly incomplete: readonly string[];
}

/** Limits of a run for one service: at its rate, they take about 4 minutes. */
export const rekorV1Limits = { requests: 200, fetches: 1000 } as const;
/** The number of times that a service may answer that there are too many requests. */
const maxRefusals = 3;
/** In milliseconds. The clock of the log may be behind that of this machine. */
const clockMargin = 10 * 60 * 1000;
/** The number of entries of which names of workflows are learned in a run: the latest. */
const maxLearned = 2000;
/** The number of repositories whose default branch is requested. */
const maxBranches = 50;
const branchesAtOnce = 4;

/**
 * Searches the index of each service for the values of the policy, and passes entries that are new on to the watch. Nothing is thrown for a
 * service that fails: what was not searched is stated.
 *
 * @throws the system's error if the entries cannot be stored
 */
export async function searchRekorV1(
  request: RekorV1SearchRequest,
  parts: RekorV1SearchParts,
  world: RekorV1SearchWorld,
): Promise<RekorV1Search> {
  const { logs, policy } = request;
  const { watch, roots } = parts;
  const urls = [...new Set(logs.map(({ baseUrl }) => baseUrl))];
  const notes = new Map<string, readonly string[]>();
  const incomplete: string[] = [];
  if (urls.length === 0) return { notes, incomplete };
  await learnWorkflows(parts, policy);
  const { values, missed } = rekorV1Queries(policy, watch.searches, await defaultBranches(parts, policy));
  for (const url of urls) {
    const keys = roots.flatMap(({ trust }) => trust.transparencyLogs).filter(({ baseUrl }) => logUrl(baseUrl) === url);
    const search = new ServiceSearch(url, keys, request, parts, world);
    incomplete.push(...(await search.run(values)));
    notes.set(url, missed);
  }
  // What was found now is searched for in the next run.
  await learnWorkflows(parts, policy);
  return { notes, incomplete };
}

/** A query that was answered. */
interface Asked {
  readonly value: string;
  readonly id: string;
  /** True if it was answered in an earlier run too: an entry that is new is one that was logged since. */
  readonly wasAnswered: boolean;
  /** False if an entry that it listed could not be examined. */
  isWhole: boolean;
}

interface Candidate {
  readonly uuid: string;
  readonly listedBy: Asked[];
}

class ServiceSearch {
  readonly #url: string;
  readonly #keys: readonly TransparencyLog[];
  readonly #request: RekorV1SearchRequest;
  readonly #parts: RekorV1SearchParts;
  readonly #world: RekorV1SearchWorld;
  readonly #http: Http;
  readonly #memory: ServiceMemory;
  readonly #candidates = new Map<string, Candidate>();
  readonly #asked: Asked[] = [];
  readonly #unanswered: CountersignError[] = [];
  readonly #unproven: CountersignError[] = [];
  /** The failure that ended the search. */
  #end: CountersignError | undefined;
  #isFull = false;
  #areLeft = false;

  constructor(
    url: string,
    keys: readonly TransparencyLog[],
    request: RekorV1SearchRequest,
    parts: RekorV1SearchParts,
    world: RekorV1SearchWorld,
  ) {
    this.#url = url;
    this.#keys = keys;
    this.#request = request;
    this.#parts = parts;
    this.#world = world;
    this.#http = stoppingAtRefusals(withinRate(url, world), world);
    this.#memory = parts.watch.searches.service(url);
  }

  /** Searches. @returns the reasons why the search is incomplete */
  async run(values: readonly SearchedValue[]): Promise<readonly string[]> {
    const { isFromStart } = this.#request;
    const since = isFromStart ? new Date(0) : this.#world.clock();
    const added = this.#memory.watch(
      values.map(({ key }) => key),
      since,
    );
    const baselines = isFromStart ? new Set<string>() : added;
    const unasked = await this.#askAll(values, baselines);
    const unfetched = await this.#fetchAll();
    for (const { value, id, isWhole } of this.#asked) if (isWhole) this.#memory.answered(value, id);
    await this.#consumer.flush();
    return this.#reasons(unasked, unfetched);
  }

  get #consumer() {
    return this.#parts.watch.consumer(readEntry);
  }

  /** Sends queries, beginning with the first one that the previous run did not send. @returns the number of those that are left */
  async #askAll(values: readonly SearchedValue[], baselines: ReadonlySet<string>): Promise<number> {
    const all = values.flatMap(({ key, queries }) => queries.map((query) => ({ key, query })));
    const start = Math.max(
      0,
      all.findIndex(({ query }) => query.id === this.#memory.next),
    );
    const ordered = [...all.slice(start), ...all.slice(0, start)];
    let requests = 0;
    let sent = 0;
    for (const { key, query } of ordered) {
      if (requests + query.requests > rekorV1Limits.requests) break;
      requests += query.requests;
      sent += 1;
      if (!(await this.#ask(key, query, baselines.has(key)))) break;
    }
    this.#memory.next = ordered[sent]?.query.id ?? '';
    return ordered.length - sent;
  }

  /** Sends a query. @returns false if the service is not available */
  async #ask(value: string, { id, query }: ValueQuery, isBaseline: boolean): Promise<boolean> {
    let uuids: readonly string[];
    try {
      uuids = await searchIndexV1(this.#http, this.#url, query);
    } catch (error) {
      return this.#isStillAvailable(error, this.#unanswered);
    }
    const asked = { value, id, wasAnswered: this.#memory.isAnswered(value, id), isWhole: true };
    this.#asked.push(asked);
    for (const uuid of uuids) {
      const leaf = uuid.slice(-64);
      if (this.#memory.isSeen(value, leaf)) continue;
      // An entry that was there before the first search is of before the watch.
      if (isBaseline) this.#see(asked, leaf);
      else this.#addCandidate(uuid, leaf, asked);
    }
    return true;
  }

  #addCandidate(uuid: string, leaf: string, asked: Asked): void {
    const known = this.#candidates.get(leaf);
    if (known !== undefined) known.listedBy.push(asked);
    else if (this.#candidates.size < rekorV1Limits.fetches) this.#candidates.set(leaf, { uuid, listedBy: [asked] });
    else {
      asked.isWhole = false;
      this.#areLeft = true;
    }
  }

  #see(asked: Asked, leaf: string): void {
    if (this.#memory.see(asked.value, leaf)) return;
    asked.isWhole = false;
    this.#isFull = true;
  }

  /** Fetches the candidates. @returns the number of those that are left */
  async #fetchAll(): Promise<number> {
    let isAvailable = true;
    let left = 0;
    for (const [leaf, candidate] of this.#candidates) {
      const isExamined = isAvailable && (await this.#examine(leaf, candidate));
      if (isExamined === true) continue;
      if (isExamined === false) {
        isAvailable = false;
        left += 1;
      }
      for (const asked of candidate.listedBy) asked.isWhole = false;
    }
    return left;
  }

  /**
   * Proves an entry, and passes it on if it is new and concerns the policy. Only then is it remembered.
   *
   * @returns `undefined` if it is not proven; false if the search must end before it
   */
  async #examine(leaf: string, { uuid, listedBy }: Candidate): Promise<boolean | undefined> {
    let answer: Awaited<ReturnType<typeof fetchAnswer>>;
    try {
      answer = await fetchAnswer(this.#http, this.#url, this.#keys, uuid);
    } catch (error) {
      return this.#isStillAvailable(error, this.#unproven) ? undefined : false;
    }
    // A name that was derived later has entries of before the watch.
    const isNew = listedBy.some(
      ({ value, wasAnswered }) =>
        wasAnswered || answer.time.getTime() >= this.#memory.since(value).getTime() - clockMargin,
    );
    if (isNew && !this.#memory.isReported(leaf) && !this.#accept(leaf, answer)) return false;
    for (const asked of listedBy) this.#see(asked, leaf);
    return true;
  }

  /** Passes an entry on, if it concerns the policy. @returns false if there is no room for it */
  #accept(leaf: string, { entry, index, origin }: Awaited<ReturnType<typeof fetchAnswer>>): boolean {
    const log = { baseUrl: this.#url, protocol: 'rekor-v1', keyId: entry.logKeyId } as const;
    try {
      if (this.#consumer.acceptFound(entry.canonicalizedBody, index, log, origin)) this.#memory.report(leaf);
      return true;
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      this.#end = error;
      return false;
    }
  }

  /** Records a failure. Returns false if nothing more can be searched in this run. @throws the error, if it is of the system */
  #isStillAvailable(error: unknown, failures: CountersignError[]): boolean {
    if (!(error instanceof CountersignError)) throw error;
    if (!endingCodes.has(error.code)) {
      failures.push(error);
      return true;
    }
    this.#end = error;
    return false;
  }

  #reasons(unasked: number, unfetched: number): readonly string[] {
    const index = `the search index of ${this.#url}`;
    const failed = (what: string, [first]: readonly CountersignError[]): readonly string[] =>
      first === undefined ? [] : [`${index} ${what}: ${first.message}`];
    return [
      ...failed('was not searched to the end', this.#end === undefined ? [] : [this.#end]),
      ...failed(`did not answer ${countOf(this.#unanswered, 'query', 'queries')}`, this.#unanswered),
      ...failed(`lists ${countOf(this.#unproven, 'entry', 'entries')} that could not be proven`, this.#unproven),
      ...(unasked === 0
        ? []
        : [
            `${countOf({ length: unasked }, 'query was', 'queries were')} not sent to ${index}; the next run continues with them`,
          ]),
      ...(unfetched === 0 && !this.#areLeft
        ? []
        : [`${index} lists more entries than were fetched; the next run continues with them`]),
      ...(this.#isFull
        ? [`${index} lists more entries of the policy than the watch can remember; use a policy with fewer values`]
        : []),
    ];
  }
}

function countOf({ length }: { readonly length: number }, one: string, many: string): string {
  return `${length} ${length === 1 ? one : many}`;
}

const endingCodes: ReadonlySet<string> = new Set(['SERVICE_UNAVAILABLE', 'NETWORK_UNAVAILABLE', 'CANCELLED']);

/** Returns a client that waits as long as a busy service asks for, and stops at its third refusal. */
function stoppingAtRefusals(http: Http, { clock, cancellation, sleep = systemSleep }: RekorV1SearchWorld): Http {
  let refusals = 0;
  const pause = async (milliseconds: number): Promise<void> => {
    try {
      await sleep(milliseconds, cancellation);
    } catch (cause) {
      // The loop ends.
      if (!cancellation.aborted) throw cause;
    }
  };
  return async (request) => {
    for (;;) {
      if (cancellation.aborted) fail('CANCELLED', 'the search was cancelled');
      if (refusals >= maxRefusals)
        fail('SERVICE_UNAVAILABLE', `${request.service} (${request.url.origin}) refuses more requests (HTTP 429)`, {
          remedy: 'Run the watch again later.',
        });
      const response = await http({ ...request, final: [429] });
      if (response.status !== 429) return response;
      refusals += 1;
      if (refusals < maxRefusals) await pause(Math.max(1000, retryAfter(response, clock())));
    }
  };
}

/** Learns the workflows and refs of watched repositories from entries of any log. Anyone can log other certificates. */
async function learnWorkflows({ watch, isIssued }: RekorV1SearchParts, policy: WatchPolicy): Promise<void> {
  const certificates = certificatesByRepository(watch.unjudged.slice(-maxLearned));
  for (const { name } of policy.repositories) {
    const uri = `https://${policy.host}/${name}`.toLowerCase();
    const issued: CertificateClaims[] = [];
    for (const one of certificates.get(uri) ?? []) if ((await isIssued(one)) === true) issued.push(one);
    const { workflows, refs } = namesSeen(uri, issued);
    watch.searches.addWorkflows(name, { workflows: [...workflows], refs: [...refs] });
  }
}

function certificatesByRepository(entries: readonly StoredEntry[]): ReadonlyMap<string, CertificateClaims[]> {
  const found = new Map<string, CertificateClaims[]>();
  for (const { log, bytes } of entries) {
    if (bytes === undefined) continue;
    for (const certificate of certificatesOf(readEntry(log.protocol, bytes))) {
      const repository = repositoryOf(certificate)?.toLowerCase();
      if (repository === undefined) continue;
      const others = found.get(repository) ?? [];
      others.push(certificate);
      found.set(repository, others);
    }
  }
  return found;
}

/** Returns the default branches that GitHub states. Without them, the usual names are used. */
async function defaultBranches(
  { watch, github }: RekorV1SearchParts,
  { repositories }: WatchPolicy,
): Promise<ReadonlyMap<string, string>> {
  const searched = repositories.filter(
    ({ name, expected }) => expected.workflows.length + watch.searches.workflows(name).workflows.length > 0,
  );
  const found = await mapConcurrently(
    searched.slice(0, maxBranches),
    async ({ name }) => ({ name, fact: await github.repository(name) }),
    branchesAtOnce,
  );
  return new Map(
    found.flatMap(({ name, fact }) => (fact.kind === 'known' ? [[name, fact.value.defaultBranch] as const] : [])),
  );
}
