/** The history as the watch keeps it between runs. */

import { asList, asObject, asText, isWellFormed, type JsonObject, type JsonValue } from '../../core/encoding/index.ts';
import { fail } from '../../core/errors/index.ts';
import { type History, type HistoryKind, historyKinds, type RememberedValue } from './history.ts';
import { queuedFor } from './p05-unexpected-ref.ts';
import { idsValue } from './p09-other-id.ts';
import { certificateValue } from './p12-key-reuse.ts';
import {
  attemptValue,
  everything,
  nameScope,
  refValue,
  releaseScope,
  repositoryScope,
  runValue,
  signerValue,
  tagScope,
} from './scopes.ts';
import { day, digestText, issuedSigners, signedAt, signerName, workflowOf } from './signer.ts';
import type { CertifiedSigner, WatchedEntry } from './watched-entry.ts';

/** The rules that learn are silent for this long, or for this number of entries. */
const learningPeriod = 30 * day;
const learningEntries = 200;

/** The largest number of values within a scope. The one that was seen first is dropped. */
const maxValues = 100;
/** The largest length of the scopes and values of a kind, as JSON. The scope that was seen first is dropped. */
const maxLength = 1024 * 1024;
/** There are as many digests and certificates as entries. */
const longerKinds: Readonly<Partial<Record<HistoryKind, number>>> = {
  'signers-of-digest': 16 * maxLength,
  'logs-of-certificate': 16 * maxLength,
};
const maxLearning = 10_000;
const maxLogs = 1000;
/** More than the lengths of any kind allow. */
const maxScopes = 500_000;
const schema = 'countersign-watch-history/1';
/** The largest time of a Date, in milliseconds. */
const maxTime = 8_640_000_000_000_000;

interface Seen {
  readonly at: Date;
  readonly count: number;
}

interface Learning {
  readonly since: Date;
  readonly entries: number;
}

/** The scopes and values of a kind, the least recently seen first. */
class Values {
  readonly scopes = new Map<string, Map<string, Seen>>();
  /** The number of scopes that were dropped. */
  dropped = 0;
  readonly #maxLength: number;
  #length = 0;

  constructor(kind: HistoryKind) {
    this.#maxLength = longerKinds[kind] ?? maxLength;
  }

  add(scope: string, value: string, at: Date, count = 1): void {
    const values = this.scopes.get(scope) ?? new Map<string, Seen>();
    if (!this.scopes.delete(scope)) this.#length += lengthOf(scope);
    this.scopes.set(scope, values);
    const earlier = values.get(value);
    if (values.delete(value)) this.#length -= lengthOf(value);
    values.set(value, { at: earlier?.at ?? at, count: (earlier?.count ?? 0) + count });
    this.#length += lengthOf(value);
    const [first] = values.keys();
    if (values.size > maxValues && first !== undefined) {
      values.delete(first);
      this.#length -= lengthOf(first);
    }
    this.#shrink();
  }

  #shrink(): void {
    for (const [scope, values] of this.scopes) {
      if (this.#length <= this.#maxLength || this.scopes.size === 1) return;
      this.scopes.delete(scope);
      this.dropped++;
      this.#length -= lengthOf(scope);
      for (const value of values.keys()) this.#length -= lengthOf(value);
    }
  }
}

/** Returns about the length of a text in the file, with the members around it. */
function lengthOf(text: string): number {
  return JSON.stringify(text).length + 48;
}

/**
 * What the watch has seen and learned. A rule is given the history before the entry that it checks is remembered.
 *
 * Certificates that no authority issued are not remembered: anyone could teach the watch with them.
 */
export class Learned implements History {
  readonly #kinds: Readonly<Record<HistoryKind, Values>>;
  readonly #learning = new Map<string, Learning>();
  /** The index after the last entry of each log. */
  readonly #next = new Map<string, number>();

  constructor() {
    this.#kinds = Object.fromEntries(historyKinds.map((kind) => [kind, new Values(kind)])) as Record<
      HistoryKind,
      Values
    >;
  }

  isLearned(scope: string | undefined, at: Date): boolean {
    const learning = this.#learning.get(scope ?? '');
    if (learning === undefined) return false;
    return learning.entries >= learningEntries || at.getTime() - learning.since.getTime() >= learningPeriod;
  }

  values(kind: HistoryKind, scope: string | undefined): readonly RememberedValue[] {
    return Array.from(this.#kinds[kind].scopes.get(scope ?? '') ?? [], ([value, seen]) => ({ value, ...seen }));
  }

  /**
   * Remembers an entry. Entries of a log are remembered in their order: one that is not after the last one was remembered before an
   * interruption, and is ignored.
   *
   * @returns false for an entry that was ignored
   */
  remember(entry: WatchedEntry): boolean {
    const { origin } = entry.log;
    if (entry.index < (this.#next.get(origin) ?? 0)) return false;
    this.#next.delete(origin);
    this.#next.set(origin, entry.index + 1);
    trim(this.#next, maxLogs);
    const certified = issuedSigners(entry);
    const keys = entry.signers.filter(({ kind }) => kind === 'key');
    const [first] = [...certified, ...keys];
    if (first !== undefined) this.#learn(everything, signedAt(entry, first));
    for (const key of keys) this.#rememberDigests(entry, signerValue(key), signedAt(entry));
    for (const signer of certified) this.#rememberSigner(entry, signer);
    return true;
  }

  #learn(scope: string, time: Date): void {
    const { since = time, entries = 0 } = this.#learning.get(scope) ?? {};
    this.#learning.delete(scope);
    this.#learning.set(scope, { since: time < since ? time : since, entries: entries + 1 });
    trim(this.#learning, maxLearning);
  }

  #add(kind: HistoryKind, scope: string | undefined, value: string | undefined, at: Date): void {
    if (scope === undefined || value === undefined || !isWellFormed(scope) || !isWellFormed(value)) return;
    this.#kinds[kind].add(scope, value, at);
  }

  #rememberDigests(entry: WatchedEntry, signer: string, at: Date): void {
    this.#add('signers', signer, 'seen', at);
    for (const digest of entry.digests) this.#add('signers-of-digest', digestText(digest), signer, at);
  }

  #rememberSigner(entry: WatchedEntry, signer: CertifiedSigner): void {
    const at = signedAt(entry, signer);
    const { name, issuer } = signerName(signer);
    const certificate = certificateValue(signer);
    const isCertificate = entry.type === 'certificate';
    this.#rememberDigests(entry, signerValue(signer), at);
    this.#add('issuers-of-name', name, issuer === '' ? undefined : issuer, at);
    this.#add('certificates-of-key', signer.keyHash, certificate, at);
    this.#add('logs-of-certificate', certificate, isCertificate ? 'certificates' : 'rekor', at);
    if (isCertificate) this.#add('logged-certificates', everything, certificate, at);
    this.#add('owners', everything, signer.claims.sourceRepositoryOwnerIdentifier, at);
    this.#rememberRepository(entry, signer, at);
  }

  #rememberRepository(entry: WatchedEntry, signer: CertifiedSigner, at: Date): void {
    const { sourceRepositoryRef: ref, sourceRepositoryDigest: commit, sourceRepositoryVisibility } = signer.claims;
    const repository = repositoryScope(signer);
    if (repository === undefined) return;
    this.#learn(repository, at);
    const workflow = workflowOf(signer);
    this.#add('workflows', repository, workflow && `${workflow.repository}/${workflow.path}`.toLowerCase(), at);
    this.#add('refs', repository, ref && refValue(queuedFor(ref)), at);
    this.#add('visibilities', repository, sourceRepositoryVisibility, at);
    this.#add('hours', repository, String(at.getUTCHours()), at);
    this.#add('ids-of-repository', nameScope(signer), idsValue(signer), at);
    this.#add('commits-of-tag', tagScope(signer), commit, at);
    if (entry.type !== 'signature') return;
    this.#add('run-sizes', repository, attemptValue(signer), at);
    const release = releaseScope(signer);
    this.#add('runs-of-tag', release, runValue(signer), at);
    for (const digest of entry.digests) this.#add('digests-of-tag', release, digestText(digest), at);
  }

  /** The kinds of which older scopes were dropped, as sentences without their full stops. */
  get limits(): readonly string[] {
    return historyKinds.flatMap((kind) => {
      const { dropped } = this.#kinds[kind];
      return dropped === 0
        ? []
        : [`the history of ${kind.replaceAll('-', ' ')} is full, and has forgotten the oldest ${dropped}`];
    });
  }

  /** Returns the history as a value for JSON, which {@link Learned.read} reads again. */
  json(): JsonObject {
    return {
      schema,
      logs: Array.from(this.#next, ([origin, next]) => ({ origin, next })),
      learning: Array.from(this.#learning, ([scope, { since, entries }]) => ({ scope, since: time(since), entries })),
      kinds: historyKinds.map((kind) => ({
        kind,
        dropped: this.#kinds[kind].dropped,
        scopes: Array.from(this.#kinds[kind].scopes, ([scope, values]) => ({
          scope,
          values: Array.from(values, ([value, { at, count }]) => ({ value, at: time(at), count })),
        })),
      })),
    };
  }

  /**
   * Reads a history. It is untrusted: its limits are enforced again, and it decides only what the rules that learn report.
   *
   * @param value the parsed JSON; an empty history without it
   * @throws CountersignError `STATE_INVALID`
   */
  static read(value: JsonValue | undefined): Learned {
    const learned = new Learned();
    if (value === undefined) return learned;
    const document = members(value);
    if (document.schema !== schema) invalid(`its schema is not ${schema}`);
    for (const log of items(document.logs, maxLogs)) learned.#next.set(text(log.origin), count(log.next));
    for (const { scope, since, entries } of items(document.learning, maxLearning))
      learned.#learning.set(text(scope), { since: date(since), entries: count(entries) });
    for (const { kind, scopes, dropped } of items(document.kinds, historyKinds.length)) {
      const values = learned.#kinds[historyKinds.find((one) => one === kind) ?? invalid('it has an unknown kind')];
      for (const { scope, values: list } of items(scopes, maxScopes))
        for (const one of items(list, maxValues))
          values.add(text(scope), text(one.value), date(one.at), count(one.count));
      values.dropped += count(dropped);
    }
    return learned;
  }
}

function invalid(reason: string): never {
  return fail('STATE_INVALID', `the history of the watch is invalid: ${reason}`);
}

function members(value: JsonValue | undefined): JsonObject {
  return asObject(value) ?? invalid('a value is not an object');
}

function items(value: JsonValue | undefined, max: number): readonly JsonObject[] {
  const list = asList(value) ?? invalid('a value is not a list');
  return list.length > max ? invalid(`a list has more than ${max} items`) : list.map(members);
}

function text(value: JsonValue | undefined): string {
  return asText(value) ?? invalid('a value is not a string');
}

function count(value: JsonValue | undefined): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
    ? value
    : invalid('a value is not a non-negative integer');
}

function date(value: JsonValue | undefined): Date {
  const milliseconds = count(value);
  return milliseconds > maxTime ? invalid('a value is not a time') : new Date(milliseconds);
}

/** Drops the entries that were seen first. */
function trim(map: Map<string, unknown>, max: number): void {
  for (const key of map.keys()) {
    if (map.size <= max) return;
    map.delete(key);
  }
}

/** Certificates may state times before 1970, which are not times of signatures. */
function time(date: Date): number {
  return Math.max(0, date.getTime());
}
