/** The misbehaviours of logs: lies about their entries, their history and their checkpoints. */

import type { HttpRequest, Route, ServiceName } from '../http/index.ts';
import { type CheckpointOverrides, type LogStore, type NoteSigner, noteSigner } from '../log/index.ts';
import { generateSigningKey, hashOf } from '../pki/index.ts';
import { asWith, flipped, isPost } from './answers.ts';
import { type LogLie, mapRows, prefixed } from './catalogue.ts';
import { type Lie, LyingStore } from './lying-store.ts';
import type { Answer, Parts } from './misbehaviour.ts';

/** A log with its service. */
export interface ServedLog {
  readonly store: LogStore;
  /** Returns the routes of the service over another store. */
  readonly showing: (store: LogStore) => readonly Route[];
  /** Returns a log of its own, whose first entry has the right form and no owner. */
  readonly strange: () => LogStore;
  /** Changes one byte of an entry, so that it is still readable. */
  readonly spoilEntry: (entry: Uint8Array) => Uint8Array;
  /** Reports whether a request adds an entry. */
  readonly submits?: (request: HttpRequest) => boolean;
  /** The paths of the size of the log. */
  readonly head: RegExp;
}

/** A Rekor: a log that signs checkpoints. */
export interface Rekor extends ServedLog {
  readonly signer: NoteSigner;
  /** Returns the routes of the service with changes to all checkpoints. */
  readonly changed: (checkpoints: CheckpointOverrides) => readonly Route[];
}

const logLies: Readonly<Record<LogLie, (log: ServedLog) => Answer>> = {
  'forked-tree': (log) => throughout(log, { first: firstOf(log.strange()) }),
  'rolled-back-checkpoint': (log) => whenRead(log, { size: Math.max(log.store.size - 1, 0) }),
  'stale-checkpoint': ({ head }) => remembering(head),
  'missing-entry': ({ store, showing, submits = isPost }) =>
    asWith(() => showing(new LyingStore(store, { forgets: true })), submits),
  'altered-entry': (log) => throughout(log, { spoil: { entry: log.spoilEntry } }),
  'wrong-root-hash': (log) => throughout(log, { spoil: { root: (root) => hashOf('sha256', root) } }),
  'wrong-inclusion-proof': (log) => throughout(log, { spoil: { inclusionProof: withLastWrong } }),
};

const rekorLies = {
  'wrong-key-hint': ({ signer, changed }: Rekor) =>
    always(changed({ signers: [{ ...signer, keyHash: flipped(signer.keyHash, 0) }] })),
  'checkpoint-by-another-key': ({ signer: { name, key, keyHash }, changed }: Rekor) =>
    always(changed({ signers: [{ ...noteSigner(name, generateSigningKey(key.kind)), keyHash }] })),
  'wrong-origin': ({ changed }: Rekor) => always(changed({ origin: 'another-log.invalid' })),
  'split-view': (log: Rekor) => whenRead(log, { first: firstOf(log.strange()) }),
};

export function logMisbehaviours<Service extends ServiceName>(service: Service, logOf: (parts: Parts) => ServedLog) {
  return prefixed(
    service,
    mapRows(logLies, (lie) => (parts: Parts) => lie(logOf(parts))),
  );
}

export function rekorMisbehaviours<Service extends ServiceName>(service: Service, logOf: (parts: Parts) => Rekor) {
  const lies = mapRows(rekorLies, (lie) => (parts: Parts) => lie(logOf(parts)));
  return { ...logMisbehaviours(service, logOf), ...prefixed(service, lies) };
}

export function wrongConsistencyProof(log: ServedLog): Answer {
  return throughout(log, { spoil: { consistencyProof: withLastWrong } });
}

/** Tells the lie in all answers. */
function throughout({ store, showing }: ServedLog, lie: Lie): Answer {
  return always(showing(new LyingStore(store, lie)));
}

/** Tells the lie to readers, and the truth to submitters. */
function whenRead({ store, showing, submits = isPost }: ServedLog, lie: Lie): Answer {
  const routes = showing(new LyingStore(store, lie));
  return asWith(
    () => routes,
    (request) => !submits(request),
  );
}

function always(routes: readonly Route[]): Answer {
  return asWith(() => routes);
}

/** Returns the entry that replaces the first one in a fork. */
function firstOf(store: LogStore) {
  return { bytes: store.entry(0), leafHash: store.leafHash(0), time: store.time(0) };
}

function withLastWrong(hashes: readonly Uint8Array[]): readonly Uint8Array[] {
  return hashes.map((hash, at) => (at === hashes.length - 1 ? flipped(hash, 0) : hash));
}

/** Repeats the first answer of each path. */
function remembering(paths: RegExp): Answer {
  const remembered = new Map<string, ReturnType<Parameters<Answer>[1]>>();
  return ({ url: { pathname } }, right) => {
    if (!paths.test(pathname)) return right();
    const answer = remembered.get(pathname) ?? right();
    remembered.set(pathname, answer);
    return answer;
  };
}
