/** The misbehaviours of Rekor v2. */

import { jsonResponse } from '../http/index.ts';
import { LogStore, type NoteSigner, noteSigner, TransparencyLog, witness } from '../log/index.ts';
import { generateSigningKey } from '../pki/index.ts';
import { RekorService } from '../rekor/index.ts';
import { seedRequest } from '../seed.ts';
import { type Clock, secondsAfter } from '../sources.ts';
import { asWith, flipped, isPost, notFound, oneDay, withBody, withMembers, withOtherCharacter } from './answers.ts';
import { always, collectedPartials, type Rekor, rekorMisbehaviours, strangeAt } from './log.ts';
import { LyingStore } from './lying-store.ts';
import type { Begin, Family, Parts } from './misbehaviour.ts';

const checkpointPath = /^(?:\/api\/v2)?\/checkpoint$/;

export const rekorV2Misbehaviours: Family<'rekor-v2'> = {
  ...rekorMisbehaviours('rekor-v2', servedLog),
  'rekor-v2:altered-tile': () => withBody((body) => flipped(body, 0), /\/tile\/\d/),
  'rekor-v2:collected-partials': (parts) => collectedPartials(servedLog(parts)),
  'rekor-v2:thawed-log': (parts) => {
    const { log } = parts.frozenRekor;
    const store = new LyingStore(log.store, { forgets: true });
    store.append(strangeAt(log.size, servedLog(parts)));
    const routes = new RekorService(log.showing({ store })).routes();
    return {
      'rekor-v2-frozen': asWith(
        () => routes,
        (request) => !isPost(request),
      ),
    };
  },
  'rekor-v2:hundred-signatures': (parts) => {
    const { signer, changed } = servedLog(parts);
    const strangers = Array.from({ length: 99 - parts.witnesses.length }, (_, at) =>
      noteSigner(`stranger-${at + 1}.countersign.sandbox`, generateSigningKey('Ed25519')),
    );
    return always(changed({ signers: [signer, ...parts.witnesses, ...strangers] }));
  },
  'rekor-v2:without-cosignatures': (parts) => {
    const { signer, changed } = servedLog(parts);
    return always(changed({ signers: [signer] }));
  },
  'rekor-v2:cosignatures-by-another-key': cosigning(({ name, keyHash }, clock) => ({
    ...witness(name, generateSigningKey('Ed25519'), clock),
    keyHash,
  })),
  'rekor-v2:stale-cosignatures': cosigning(({ name, key }, clock) =>
    witness(name, key, () => secondsAfter(clock(), -oneDay)),
  ),
  'rekor-v2:future-cosignatures': cosigning(({ name, key }, clock) =>
    witness(name, key, () => secondsAfter(clock(), oneDay)),
  ),
  'rekor-v2:without-checkpoint': () => {
    const without = withMembers(['checkpoint'], () => undefined);
    return (request, right) => (checkpointPath.test(request.url.pathname) ? notFound : without(request, right));
  },
  'rekor-v2:another-entry':
    ({ rekor: { log } }) =>
    (request, right) =>
      isPost(request) ? jsonResponse(201, log.entry(0)) : right(),
};

/** Replaces each witness. */
function cosigning(replace: (witness: NoteSigner, clock: Clock) => NoteSigner): Begin {
  return (parts) => {
    const { signer, changed } = servedLog(parts);
    const witnesses = parts.witnesses.map((one) => replace(one, parts.sources.clock));
    return always(changed({ signers: [signer, ...witnesses] }));
  };
}

export function servedLog({ rekor: { log }, storage }: Parts): Rekor {
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
    readsEntries: ({ url }) => /\/tile\/entries\//.test(url.pathname),
  };
}
