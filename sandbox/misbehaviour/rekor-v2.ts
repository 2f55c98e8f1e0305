/** The misbehaviours of Rekor v2. */

import { jsonResponse } from '../http/index.ts';
import { LogStore, TransparencyLog } from '../log/index.ts';
import { RekorService } from '../rekor/index.ts';
import { seedRequest } from '../seed.ts';
import { flipped, isPost, notFound, withBody, withMembers, withOtherCharacter } from './answers.ts';
import { type Rekor, rekorMisbehaviours } from './log.ts';
import type { Family, Parts } from './misbehaviour.ts';

const checkpointPath = /^\/api\/v2\/checkpoint$/;

export const rekorV2Misbehaviours: Family<'rekor-v2'> = {
  ...rekorMisbehaviours('rekor-v2', servedLog),
  'rekor-v2:altered-tile': () => withBody((body) => flipped(body, 0), /^\/api\/v2\/tile\/\d/),
  'rekor-v2:without-checkpoint': () => {
    const without = withMembers(['checkpoint'], () => undefined);
    return (request, right) => (checkpointPath.test(request.url.pathname) ? notFound : without(request, right));
  },
  'rekor-v2:another-entry':
    ({ rekor: { log } }) =>
    (request, right) =>
      isPost(request) ? jsonResponse(201, log.entry(0)) : right(),
};

function servedLog({ rekor: { log }, storage }: Parts): Rekor {
  return {
    store: log.store,
    signer: log.signer,
    showing: (store) => new RekorService(log.showing({ store })).routes(),
    changed: (checkpoints) => new RekorService(log.showing({ checkpoints })).routes(),
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
