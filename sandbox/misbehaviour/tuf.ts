/** The misbehaviours of the TUF repository. */

import { decodeUtf8, type JsonObject } from '../../src/core/encoding/index.ts';
import { generateSigningKey } from '../pki/index.ts';
import { secondsAfter } from '../sources.ts';
import { metadataTime, signMetadata, type TufKey, tufKey } from '../tuf/index.ts';
import { flipped, oneDay, withBody } from './answers.ts';
import type { Answer, Family } from './misbehaviour.ts';

export const tufMisbehaviours: Family<'tuf'> = {
  'tuf:expired-timestamp': ({ tuf, sources }) =>
    timestampRole({ expires: metadataTime(secondsAfter(sources.clock(), -oneDay)) }, () => tuf.keysOf('timestamp')),
  'tuf:rolled-back-timestamp': ({ tuf }) => timestampRole({ version: 1 }, () => tuf.keysOf('timestamp')),
  'tuf:timestamp-by-another-key': () => {
    const stranger = tufKey(generateSigningKey('P-256'));
    return timestampRole({}, () => [stranger]);
  },
  'tuf:altered-target': () => withBody((body) => flipped(body, -2), /\/targets\//),
};

/** Changes the timestamp role, and signs it again. */
function timestampRole(changes: JsonObject, signers: () => readonly TufKey[]): Answer {
  return withBody((body) => {
    const { signed } = JSON.parse(decodeUtf8(body) ?? '');
    return signMetadata({ ...signed, ...changes }, signers());
  }, /\/timestamp\.json$/);
}
