/** Rekor v1. */

import { type HttpRequest, jsonResponse } from '../http/index.ts';
import { generateSigningKey } from '../pki/index.ts';
import { type AnswerOverrides, RekorV1Service, ShardedLog } from '../rekor-v1/index.ts';
import { seedProposal } from '../seed.ts';
import { secondsAfter } from '../sources.ts';
import { asWith, isPost, withMembers } from './answers.ts';
import { checkpointMisbehaviours } from './checkpoints.ts';
import { firstOf, logMisbehaviours, type ServedLog, throughout, whenRead, withLastWrong } from './log.ts';
import type { Family, Misbehaviour, Parts } from './misbehaviour.ts';
import { withOtherCharacter } from './spoilt-json.ts';

const oneDay = 24 * 3600;

export const rekorV1Misbehaviours = {
  ...logMisbehaviours('rekor-v1', servedLog),
  ...checkpointMisbehaviours('rekor-v1', ({ rekorV1: { log } }) => ({
    signer: log.active.log.signer,
    checkpoints: (checkpoints) => new RekorV1Service(log.showing({ checkpoints })).routes(),
  })),
  'rekor-v1:split-view': {
    about:
      'Who adds an entry is shown the log, and who reads it a fork of it: a monitor must compare what signers were shown with what it sees.',
    begin: (parts) => {
      const log = servedLog(parts);
      return { 'rekor-v1': whenRead(log, { first: firstOf(log.strange()) }) };
    },
  },
  'rekor-v1:wrong-consistency-proof': {
    about:
      'The last hash of a consistency proof is wrong: a monitor must not take the log for one that has only grown.',
    begin: (parts) => ({ 'rekor-v1': throughout(servedLog(parts), { spoil: { consistencyProof: withLastWrong } }) }),
  },
  'rekor-v1:without-checkpoint': {
    about: 'Entries and the state of the log come without a checkpoint: a client must not do without.',
    begin: () => ({ 'rekor-v1': withMembers(['checkpoint', 'signedTreeHead'], () => undefined) }),
  },
  'rekor-v1:another-entry': {
    about:
      'The answer to an entry is an earlier one, and nothing is added: a client must notice that it is not its own.',
    begin: ({ rekorV1: { log } }) => ({
      'rekor-v1': (request, right) => {
        if (!submits(request)) return right();
        const { uuid, entry } = log.answer(log.active.offset);
        return jsonResponse(201, { [uuid]: entry });
      },
    }),
  },
  'rekor-v1:promise-by-another-key': answering(
    'The promise (signed entry timestamp) is signed by another key: a client must refuse its signature, and the time with it.',
    () => ({ signingKey: generateSigningKey('P-256') }),
  ),
  'rekor-v1:stale-integrated-time': answering(
    'Entries are said, signed, to have come a day ago: a client must notice that there was no certificate then.',
    ({ sources }) => ({ integratedTime: unixTime(secondsAfter(sources.clock(), -oneDay)) }),
  ),
  'rekor-v1:future-integrated-time': answering(
    'Entries are said, signed, to come in a day: a client must not believe a time that is not yet.',
    ({ sources }) => ({ integratedTime: unixTime(secondsAfter(sources.clock(), oneDay)) }),
  ),
} as const satisfies Family;

function answering(about: string, changes: (parts: Parts) => AnswerOverrides): Misbehaviour {
  return {
    about,
    begin: (parts) => ({
      'rekor-v1': asWith(() => new RekorV1Service(parts.rekorV1.log.showing({ answers: changes(parts) })).routes()),
    }),
  };
}

function servedLog({ rekorV1: { log }, storage, sources }: Parts): ServedLog {
  return {
    store: log.active.log.store,
    showing: (store) => new RekorV1Service(log.showing({ store })).routes(),
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
  };
}

/** To look entries up, one posts too. */
function submits(request: HttpRequest): boolean {
  return isPost(request) && request.url.pathname === '/api/v1/log/entries';
}

function unixTime(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}
