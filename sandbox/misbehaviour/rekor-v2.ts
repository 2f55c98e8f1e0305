/** Rekor v2. */

import { jsonResponse } from '../http/index.ts';
import { LogStore, TransparencyLog } from '../log/index.ts';
import { RekorService } from '../rekor/index.ts';
import { seedRequest } from '../seed.ts';
import { flipped, isPost, notFound, withBody, withMembers } from './answers.ts';
import { checkpointMisbehaviours } from './checkpoints.ts';
import { firstOf, logMisbehaviours, type ServedLog, whenRead } from './log.ts';
import type { Family, Parts } from './misbehaviour.ts';
import { withOtherCharacter } from './spoilt-json.ts';

const checkpointPath = /^\/api\/v2\/checkpoint$/;

export const rekorV2Misbehaviours = {
  ...logMisbehaviours('rekor-v2', servedLog),
  ...checkpointMisbehaviours('rekor-v2', ({ rekor: { log } }) => ({
    signer: log.signer,
    checkpoints: (checkpoints) => new RekorService(log.showing({ checkpoints })).routes(),
  })),
  'rekor-v2:split-view': {
    about:
      'Who adds an entry is shown the log, and who reads it a fork of it: a monitor must compare what signers were shown with what it sees.',
    begin: (parts) => {
      const log = servedLog(parts);
      return { 'rekor-v2': whenRead(log, { first: firstOf(log.strange()) }) };
    },
  },
  'rekor-v2:altered-tile': {
    about: 'One byte of each tile of hashes is another: a monitor must notice that the tiles do not lead to the root.',
    begin: () => ({ 'rekor-v2': withBody((body) => flipped(body, 0), /^\/api\/v2\/tile\/\d/) }),
  },
  'rekor-v2:without-checkpoint': {
    about: 'Entries are acknowledged without a checkpoint, and none is published: a client must not do without.',
    begin: () => {
      const without = withMembers(['checkpoint'], () => undefined);
      return {
        'rekor-v2': (request, right) =>
          checkpointPath.test(request.url.pathname) ? notFound : without(request, right),
      };
    },
  },
  'rekor-v2:another-entry': {
    about:
      'The answer to an entry is the first of the log, and nothing is added: a client must notice that it is not its own.',
    begin: ({ rekor: { log } }) => ({
      'rekor-v2': (request, right) => (isPost(request) ? jsonResponse(201, log.entry(0)) : right()),
    }),
  },
} as const satisfies Family;

function servedLog({ rekor: { log }, storage }: Parts): ServedLog {
  return {
    store: log.store,
    showing: (store) => new RekorService(log.showing({ store })).routes(),
    strange: () => {
      const store = new LogStore(storage.folder('rekor-v2'));
      const strange = new RekorService(new TransparencyLog({ origin: log.origin, store }));
      if (store.size === 0) strange.add(seedRequest(0));
      return store;
    },
    spoilEntry: withOtherCharacter,
    head: checkpointPath,
  };
}
