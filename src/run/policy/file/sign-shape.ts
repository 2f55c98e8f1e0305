/** The table of `sign`, the part of the signer. */

import { list, type MapShape, text } from './shape.ts';
import { texts } from './texts.ts';

export const signShape = {
  kind: 'map',
  what: 'the policy of signing',
  key: 'a key of the policy of signing',
  keys: {
    'on-outage': {
      shape: list(text(texts.logFallback)),
      about: 'Values of `on-outage` that may be used for signing while a transparency log is down. By default, none.',
    },
  },
} as const satisfies MapShape;
