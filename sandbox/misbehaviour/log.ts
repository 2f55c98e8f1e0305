/** What any log can do that lies: about what is in it, about what was in it, and about whether it is. */

import type { HttpRequest, Route, ServiceName } from '../http/index.ts';
import type { LogStore } from '../log/index.ts';
import { hashOf } from '../pki/index.ts';
import { asWith, flipped, isPost } from './answers.ts';
import { type Lie, LyingStore } from './lying-store.ts';
import type { Answer, Answers, Misbehaviour, Parts } from './misbehaviour.ts';

/** A log with the service in front of it. */
export interface ServedLog {
  readonly store: LogStore;
  /** The routes of the service, as they would be if this were what the log keeps. */
  readonly showing: (store: LogStore) => readonly Route[];
  /** A log of its own, whose first entry is of the right form, and nobody's. */
  readonly strange: () => LogStore;
  /** One byte of an entry changed, so that it can be read nevertheless. */
  readonly spoilEntry: (entry: Uint8Array) => Uint8Array;
  /** Whether a request is for an entry to be added. */
  readonly submits?: (request: HttpRequest) => boolean;
  /** Where the log says how large it is. */
  readonly head: RegExp;
  /** What else answers otherwise when this log takes entries that it does not keep. */
  readonly besideForgetting?: Answers;
}

const abouts = {
  'forked-tree':
    'The log shows, signed and in itself consistent, a tree whose first entry is another than before: a monitor must notice that what it knew is no part of it.',
  'rolled-back-checkpoint':
    'The log says, signed, that it is one entry smaller than it was: a monitor must notice that it has shrunk.',
  'stale-checkpoint':
    'The log shows its checkpoint of the first time it is asked, for ever, whatever is added: a monitor must notice that time stands still.',
  'missing-entry':
    'The log acknowledges entries as it should, in a tree that it never shows again, and keeps none: a monitor must notice that they are not there.',
  'altered-entry':
    'One byte of each entry is another: a client or a monitor must notice that it is not the leaf of the tree.',
  'wrong-root-hash': 'The log signs roots that its entries do not lead to: a client or a monitor must notice.',
  'wrong-inclusion-proof': 'The last hash of an inclusion proof is wrong: a client must refuse the proof.',
} as const;

type LogFault = keyof typeof abouts;
type LogFamily<Service extends ServiceName> = Readonly<Record<`${Service}:${LogFault}`, Misbehaviour>>;

export function logMisbehaviours<Service extends ServiceName>(
  service: Service,
  logOf: (parts: Parts) => ServedLog,
): LogFamily<Service> {
  const begin = (fault: LogFault) => (parts: Parts) => {
    const log = logOf(parts);
    const beside = fault === 'missing-entry' ? log.besideForgetting : {};
    return { ...beside, [service]: answers[fault](log) };
  };
  const family = Object.entries(abouts).map(([fault, about]) => [
    `${service}:${fault}`,
    { about, begin: begin(fault as LogFault) },
  ]);
  return Object.fromEntries(family);
}

const answers: Readonly<Record<LogFault, (log: ServedLog) => Answer>> = {
  'forked-tree': (log) => throughout(log, { first: firstOf(log.strange()) }),
  'rolled-back-checkpoint': (log) => whenRead(log, { size: Math.max(log.store.size - 1, 0) }),
  'stale-checkpoint': ({ head }) => remembering(head),
  'missing-entry': ({ store, showing, submits = isPost }) =>
    asWith(() => showing(new LyingStore(store, { forgets: true })), submits),
  'altered-entry': (log) => throughout(log, { spoil: { entry: log.spoilEntry } }),
  'wrong-root-hash': (log) => throughout(log, { spoil: { root: (root) => hashOf('sha256', root) } }),
  'wrong-inclusion-proof': (log) => throughout(log, { spoil: { inclusionProof: withLastWrong } }),
};

/** The lie, whoever asks and whatever for. */
export function throughout({ store, showing }: ServedLog, lie: Lie): Answer {
  const routes = showing(new LyingStore(store, lie));
  return asWith(() => routes);
}

/** The lie for those who read the log, and the truth for those who submit to it. */
export function whenRead({ store, showing, submits = isPost }: ServedLog, lie: Lie): Answer {
  const routes = showing(new LyingStore(store, lie));
  return asWith(
    () => routes,
    (request) => !submits(request),
  );
}

/** The entry that stands in a fork where another was. */
export function firstOf(store: LogStore) {
  return { bytes: store.entry(0), leafHash: store.leafHash(0), time: store.time(0) };
}

export function withLastWrong(hashes: readonly Uint8Array[]): readonly Uint8Array[] {
  return hashes.map((hash, at) => (at === hashes.length - 1 ? flipped(hash, 0) : hash));
}

/** What was answered at a path for the first time. */
function remembering(paths: RegExp): Answer {
  const remembered = new Map<string, ReturnType<Parameters<Answer>[1]>>();
  return ({ url: { pathname } }, right) => {
    if (!paths.test(pathname)) return right();
    const answer = remembered.get(pathname) ?? right();
    remembered.set(pathname, answer);
    return answer;
  };
}
