/** The misbehaviours of witnesses. Those with a fork are about the active shard of Rekor v2. */

import { encodeHex, utf8 } from '../../src/core/encoding/index.ts';
import { checkpointText, type NoteSigner, noteSigner, signNote } from '../log/index.ts';
import { generateSigningKey, hashOf, type SigningKey } from '../pki/index.ts';
import { remembering, withBody } from './answers.ts';
import { strangeAt } from './log.ts';
import { LyingStore } from './lying-store.ts';
import type { Begin, Family } from './misbehaviour.ts';
import { servedLog } from './rekor-v2.ts';

const checkpointPath = /\/checkpoint$/;

export const witnessMisbehaviours: Family<'witness'> = {
  'witness:forked-tree': forking((signer) => signer),
  'witness:stale-checkpoint': () => remembering(checkpointPath),
  'witness:checkpoint-by-another-key': forking(({ name, key, keyHash }) => ({
    ...noteSigner(name, generateSigningKey(key.kind)),
    keyHash,
  })),
  'witness:without-cosignature': ({ witnesses }) =>
    withBody((body) => {
      const names = witnesses.map(({ name }) => `\u2014 ${name} `);
      const lines = Buffer.from(body)
        .toString()
        .split(/(?<=\n)/);
      return utf8(lines.filter((line) => !names.some((name) => line.startsWith(name))).join(''));
    }, checkpointPath),
};

/** Shows a checkpoint of a fork, which the signer of the log signs, or another in its place. */
function forking(signerOf: (signer: NoteSigner<SigningKey>) => NoteSigner): Begin {
  return (parts) => {
    const log = servedLog(parts);
    const { origin } = parts.rekor.log;
    const fork = new LyingStore(log.store, { replaced: strangeAt(0, log) });
    const signer = signerOf(log.signer);
    const path = `/${encodeHex(hashOf('sha256', utf8(origin)))}/checkpoint`;
    return ({ url }, right) => {
      const witness = parts.witnessServices.find(([prefix]) => url.pathname === prefix + path);
      if (witness === undefined) return right();
      const text = checkpointText({ origin, size: fork.size, root: fork.tree.root(), extensionLines: [] });
      const body = utf8(signNote(text, [signer, ...witness[1].signers]));
      return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
    };
  };
}
