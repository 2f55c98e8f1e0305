/** The misbehaviours of Rekor v1. */

import { type HttpRequest, jsonResponse } from '../http/index.ts';
import { generateSigningKey } from '../pki/index.ts';
import { type AnswerOverrides, RekorV1Service, ShardedLog } from '../rekor-v1/index.ts';
import { seedProposal } from '../seed.ts';
import { asWith, isPost, oneDay, withMembers, withOtherCharacter } from './answers.ts';
import { type Rekor, rekorMisbehaviours, strangeAt, wrongConsistencyProof } from './log.ts';
import { LyingStore } from './lying-store.ts';
import type { Begin, Family, Parts } from './misbehaviour.ts';

const entriesPath = '/api/v1/log/entries';

export const rekorV1Misbehaviours: Family<'rekor-v1'> = {
  ...rekorMisbehaviours('rekor-v1', servedLog),
  'rekor-v1:wrong-consistency-proof': (parts) => wrongConsistencyProof(servedLog(parts)),
  'rekor-v1:changed-inactive-shard': (parts) => {
    const { log } = parts.rekorV1;
    const inactive = log.shards[0] ?? log.active;
    const store = new LyingStore(inactive.log.store, { replaced: strangeAt(0, servedLog(parts)) });
    const routes = new RekorV1Service(log.showing({ shard: inactive, store })).routes();
    return asWith(
      () => routes,
      (request) => !submits(request),
    );
  },
  'rekor-v1:without-checkpoint': () => withMembers(['checkpoint', 'signedTreeHead'], () => undefined),
  'rekor-v1:another-entry':
    ({ rekorV1: { log } }) =>
    (request, right) => {
      if (!submits(request)) return right();
      const { uuid, entry } = log.answer(log.active.offset);
      return jsonResponse(201, { [uuid]: entry });
    },
  'rekor-v1:promise-by-another-key': answering(() => ({ signingKey: generateSigningKey('P-256') })),
  'rekor-v1:stale-integrated-time': answering((now) => ({ integratedTime: now - oneDay })),
  'rekor-v1:future-integrated-time': answering((now) => ({ integratedTime: now + oneDay })),
};

/** Changes all entries in answers. */
function answering(changes: (now: number) => AnswerOverrides): Begin {
  return ({ rekorV1: { log }, sources }) =>
    asWith(() => {
      const answers = changes(Math.floor(sources.clock().getTime() / 1000));
      return new RekorV1Service(log.showing({ answers })).routes();
    });
}

function servedLog({ rekorV1: { log }, storage, sources }: Parts): Rekor {
  return {
    store: log.active.log.store,
    signer: log.active.log.signer,
    showing: (store) => new RekorV1Service(log.showing({ store })).routes(),
    changed: (checkpoints) => new RekorV1Service(log.showing({ checkpoints })).routes(),
    strange: () => {
      const strange = new RekorV1Service(
        new ShardedLog({ host: log.host, sources, storage: storage.folder('rekor-v1') }),
      );
      if (strange.log.size === 0) strange.add(seedProposal(0));
      return strange.log.active.log.store;
    },
    spoilEntry: withOtherCharacter,
    submits,
    head: /^\/api\/v1\/log$/,
    readsEntries: (request) => request.url.pathname.startsWith(entriesPath) && !submits(request),
  };
}

/** Reports whether a request adds an entry: queries are posted too. */
function submits(request: HttpRequest): boolean {
  return isPost(request) && request.url.pathname === entriesPath;
}
