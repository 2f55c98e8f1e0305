/** The TUF repository. */

import { decodeUtf8, type JsonObject } from '../../src/core/encoding/index.ts';
import { generateSigningKey } from '../pki/index.ts';
import { secondsAfter, wholeSecond } from '../sources.ts';
import { signMetadata, type TufKey, tufKey } from '../tuf/index.ts';
import { flipped, withBody } from './answers.ts';
import type { Answer, Family } from './misbehaviour.ts';

const oneDay = 24 * 3600;

export const tufMisbehaviours = {
  'tuf:expired-timestamp': {
    about: 'The timestamp role ended a day ago: a client must not take what it says for the newest.',
    begin: ({ tuf, sources }) => {
      const expires = wholeSecond(secondsAfter(sources.clock(), -oneDay)).toISOString().replace('.000Z', 'Z');
      return {
        tuf: timestamp(
          () => ({ expires }),
          () => tuf.keysOf('timestamp'),
        ),
      };
    },
  },
  'tuf:rolled-back-timestamp': {
    about: 'The timestamp role is of version 1, signed: a client that has seen a later one must not go back.',
    begin: ({ tuf }) => ({
      tuf: timestamp(
        () => ({ version: 1 }),
        () => tuf.keysOf('timestamp'),
      ),
    }),
  },
  'tuf:timestamp-by-another-key': {
    about: 'The timestamp role is signed by a key that the root does not name for it: a client must refuse it.',
    begin: () => {
      const stranger = tufKey(generateSigningKey('P-256'));
      return {
        tuf: timestamp(
          () => ({}),
          () => [stranger],
        ),
      };
    },
  },
  'tuf:altered-target': {
    about: 'One byte of each target is another: a client must notice by its hash.',
    begin: () => ({ tuf: withBody((body) => flipped(body, -2), /\/targets\//) }),
  },
} as const satisfies Family;

/** The timestamp role, changed, under other signatures. */
function timestamp(changes: () => JsonObject, signers: () => readonly TufKey[]): Answer {
  return withBody((body) => {
    const { signed } = JSON.parse(decodeUtf8(body) ?? '');
    return signMetadata({ ...signed, ...changes() }, signers());
  }, /\/timestamp\.json$/);
}
