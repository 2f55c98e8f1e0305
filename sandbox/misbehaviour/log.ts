/** The misbehaviours of logs: lies about their entries, their history and their checkpoints. */

import { type HttpRequest, matches, Refusal, type Route, type ServiceName } from '../http/index.ts';
import { type CheckpointOverrides, type LogStore, type NoteSigner, noteSigner } from '../log/index.ts';
import { generateSigningKey, hashOf, type SigningKey } from '../pki/index.ts';
import { asWith, flipped, isPost, notFound, remembering } from './answers.ts';
import { type LogLie, mapRows, prefixed } from './catalogue.ts';
import { type Lie, LyingStore, type PlacedEntry } from './lying-store.ts';
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
  /** Reports whether a request is for entries. */
  readonly readsEntries: (request: HttpRequest) => boolean;
}

/** A Rekor: a log that signs checkpoints. */
export interface Rekor extends ServedLog {
  readonly signer: NoteSigner<SigningKey>;
  /** Returns the routes of the service with changes to all checkpoints. */
  readonly changed: (checkpoints: CheckpointOverrides) => readonly Route[];
}

const logLies: Readonly<Record<LogLie, (log: ServedLog) => Answer>> = {
  'forked-tree': (log) => throughout(log, { replaced: strangeAt(0, log) }),
  'rolled-back-checkpoint': (log) => whenRead(log, { size: Math.max(log.store.size - 1, 0) }),
  'stale-checkpoint': ({ head }) => remembering(head),
  'missing-entry': ({ store, showing, submits = isPost }) =>
    asWith(() => showing(new LyingStore(store, { forgets: true })), submits),
  'withheld-entries':
    ({ readsEntries }) =>
    (request, right) =>
      readsEntries(request) ? notFound : right(),
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
  'split-view': (log: Rekor) => whenRead(log, { replaced: strangeAt(0, log) }),
  'late-split-view': (log: Rekor) => whenRead(log, { replaced: strangeAt(log.store.size, log) }),
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

/** Has no partial tiles and bundles where the full ones exist, as a log that collects them. */
export function collectedPartials(log: ServedLog): Answer {
  const routes = log.showing(log.store);
  return async (request, right) => {
    const full = request.url.pathname.replace(/\.p\/\d+$/, '');
    if (full === request.url.pathname) return right();
    const route = routes.find(({ method, path }) => method === 'GET' && matches(path, full));
    try {
      await route?.handle({ ...request, url: new URL(full, request.url) });
      return notFound;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return right();
    }
  };
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

export function always(routes: readonly Route[]): Answer {
  return asWith(() => routes);
}

/** Returns the strange entry in the place of another. */
export function strangeAt(index: number, { strange }: Pick<ServedLog, 'strange'>): PlacedEntry {
  const store = strange();
  return { bytes: store.entry(0), leafHash: store.leafHash(0), time: store.time(0), index };
}

function withLastWrong(hashes: readonly Uint8Array[]): readonly Uint8Array[] {
  return hashes.map((hash, at) => (at === hashes.length - 1 ? flipped(hash, 0) : hash));
}
