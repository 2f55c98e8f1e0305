/** The memory of the searches in the indexes of services: the entries that they listed before. */

import { decodeHex, encodeBase64, encodeHex, type ProtoField } from '../../core/encoding/index.ts';

/** A value of the policy that is searched for in the index of a service. */
export interface SearchedValue {
  /** Entries that the log received before are not reported. */
  readonly since: Date;
  /** The queries of which every entry was examined at least once, by their hashes. */
  readonly answered: ReadonlySet<string>;
  /** The entries that the index listed, as in {@link seenKey}. */
  readonly seen: ReadonlySet<string>;
}

export interface SearchedService {
  readonly url: string;
  readonly values: ReadonlyMap<string, SearchedValue>;
  /** The entries that were passed on for any value, as in {@link seenKey}. */
  readonly reported: ReadonlySet<string>;
  /** The hash of the query with which the next run begins; empty for the first one. */
  readonly next: string;
}

/** The workflows and refs of a repository that were seen in certificates. */
export interface SeenWorkflows {
  /** URIs without a ref. */
  readonly workflows: readonly string[];
  readonly refs: readonly string[];
}

export interface SearchState {
  readonly services: readonly SearchedService[];
  /** By the names of repositories, in lower case. */
  readonly workflows: ReadonlyMap<string, SeenWorkflows>;
}

export const noSearches: SearchState = { services: [], workflows: new Map() };

/** Limits of the memory. The numbers of entries are of all values of a service together. */
export const searchLimits = {
  services: 64,
  values: 20_000,
  queries: 100_000,
  seen: 200_000,
  repositories: 10_000,
  workflows: 20,
  refs: 50,
} as const;

/** In bytes. Shorter ones would let a signer look for an entry that has the key of one that was seen. */
const keyLength = 16;
const maxValueLength = 4096;

/** Returns the first bytes of the hash of a leaf, in hexadecimal. */
export function seenKey(leafHash: string): string {
  return leafHash.slice(0, 2 * keyLength);
}

interface Value {
  readonly since: Date;
  readonly answered: Set<string>;
  readonly seen: Set<string>;
}

/** The memory of one service. */
export class ServiceMemory {
  readonly url: string;
  readonly #values = new Map<string, Value>();
  readonly #reported: Set<string>;
  #seen = 0;
  next: string;

  constructor({ url, values, reported, next }: SearchedService) {
    this.url = url;
    this.next = next;
    this.#reported = new Set(reported);
    for (const [value, { since, answered, seen }] of values) {
      this.#values.set(value, { since, answered: new Set(answered), seen: new Set(seen) });
      this.#seen += seen.size;
    }
  }

  /**
   * Begins to search for values, and forgets those that the policy does not have any more.
   *
   * @param since the beginning of a value that is new
   * @returns the values that are new
   */
  watch(values: readonly string[], since: Date): ReadonlySet<string> {
    const wanted = new Set(values);
    for (const [value, { seen }] of this.#values) {
      if (wanted.has(value)) continue;
      this.#values.delete(value);
      this.#seen -= seen.size;
    }
    const added = new Set<string>();
    for (const value of wanted) {
      if (this.#values.has(value)) continue;
      this.#values.set(value, { since, answered: new Set(), seen: new Set() });
      added.add(value);
    }
    return added;
  }

  /** Returns the time from which the entries of a value are reported. */
  since(value: string): Date {
    return this.#value(value).since;
  }

  isAnswered(value: string, query: string): boolean {
    return this.#value(value).answered.has(query);
  }

  answered(value: string, query: string): void {
    this.#value(value).answered.add(query);
  }

  isSeen(value: string, leafHash: string): boolean {
    return this.#value(value).seen.has(seenKey(leafHash));
  }

  /** Remembers an entry. @returns false if there is no room for it */
  see(value: string, leafHash: string): boolean {
    const { seen } = this.#value(value);
    const key = seenKey(leafHash);
    if (seen.has(key)) return true;
    if (this.#seen >= searchLimits.seen) return false;
    seen.add(key);
    this.#seen += 1;
    return true;
  }

  isReported(leafHash: string): boolean {
    return this.#reported.has(seenKey(leafHash));
  }

  /** Remembers that an entry was passed on. The oldest ones are forgotten: a finding has the same id if it comes again. */
  report(leafHash: string): void {
    this.#reported.add(seenKey(leafHash));
    for (const oldest of this.#reported) {
      if (this.#reported.size <= searchLimits.seen) break;
      this.#reported.delete(oldest);
    }
  }

  get state(): SearchedService {
    return { url: this.url, values: this.#values, reported: this.#reported, next: this.next };
  }

  #value(name: string): Value {
    const value = this.#values.get(name);
    if (value === undefined) throw new Error(`${name} is not searched for`);
    return value;
  }
}

export class SearchMemory {
  readonly #services: Map<string, ServiceMemory>;
  readonly #workflows: Map<string, SeenWorkflows>;

  constructor({ services, workflows }: SearchState) {
    this.#services = new Map(services.map((service) => [service.url, new ServiceMemory(service)]));
    this.#workflows = new Map(workflows);
  }

  service(url: string): ServiceMemory {
    const known =
      this.#services.get(url) ?? new ServiceMemory({ url, values: new Map(), reported: new Set(), next: '' });
    this.#services.set(url, known);
    return known;
  }

  /** Returns the workflows and refs that were seen of a repository: `owner/name`. */
  workflows(repository: string): SeenWorkflows {
    return this.#workflows.get(repository.toLowerCase()) ?? { workflows: [], refs: [] };
  }

  /** Adds workflows and refs of a repository. The oldest ones are forgotten. */
  addWorkflows(repository: string, { workflows, refs }: SeenWorkflows): void {
    if (workflows.length + refs.length === 0) return;
    const known = this.workflows(repository);
    this.#workflows.set(repository.toLowerCase(), {
      workflows: latest([...known.workflows, ...workflows], searchLimits.workflows),
      refs: latest([...known.refs, ...refs], searchLimits.refs),
    });
    for (const oldest of this.#workflows.keys()) {
      if (this.#workflows.size <= searchLimits.repositories) break;
      this.#workflows.delete(oldest);
    }
  }

  get state(): SearchState {
    return { services: [...this.#services.values()].map(({ state }) => state), workflows: this.#workflows };
  }
}

/** Returns the last texts, each once. */
function latest(texts: readonly string[], limit: number): readonly string[] {
  const short = texts.filter(({ length }) => length <= maxValueLength);
  return [...new Set(short.toReversed())].slice(0, limit).toReversed();
}

/** Returns the searches as JSON. */
export function searchStateJson({ services, workflows }: SearchState): object {
  return {
    services: services.map(({ url, values, reported, next }) => ({
      url,
      values: [...values].map(([value, { since, answered, seen }]) => ({
        value,
        since: since.toISOString(),
        answered: [...answered],
        seen: keysText(seen),
      })),
      reported: keysText(reported),
      next,
    })),
    workflows: [...workflows].map(([repository, seen]) => ({ repository, ...seen })),
  };
}

/** Reads the searches of a state, which are untrusted. @throws CountersignError with the code of the document */
export function readSearchState(field: ProtoField): SearchState {
  return {
    services: field.field('services').list(searchLimits.services).map(readService),
    workflows: new Map(
      field
        .field('workflows')
        .list(searchLimits.repositories)
        .map((one) => [
          one.field('repository').text(),
          {
            workflows: textsOf(one.field('workflows'), searchLimits.workflows),
            refs: textsOf(one.field('refs'), searchLimits.refs),
          },
        ]),
    ),
  };
}

function readService(field: ProtoField): SearchedService {
  return {
    url: field.field('url').text(),
    values: new Map(
      field
        .field('values')
        .list(searchLimits.values)
        .map((one) => [
          one.field('value').text(),
          {
            since: one.field('since').time() ?? one.field('since').fail('is missing'),
            answered: new Set(textsOf(one.field('answered'), searchLimits.queries)),
            seen: readKeys(one.field('seen')),
          },
        ]),
    ),
    reported: readKeys(field.field('reported')),
    next: field.field('next').string(),
  };
}

function textsOf(field: ProtoField, limit: number): readonly string[] {
  return field.list(limit).map((one) => one.text());
}

function keysText(keys: ReadonlySet<string>): string {
  return encodeBase64(decodeHex([...keys].join('')));
}

function readKeys(field: ProtoField): ReadonlySet<string> {
  // An empty text is a missing one for `data`.
  const bytes = field.string() === '' ? new Uint8Array() : field.data();
  if (bytes.length % keyLength !== 0 || bytes.length > keyLength * searchLimits.seen)
    field.fail('is not a list of hashes of entries');
  const keys = new Set<string>();
  for (let at = 0; at < bytes.length; at += keyLength) keys.add(encodeHex(bytes.subarray(at, at + keyLength)));
  return keys;
}
