/** Predicates of types that have no file here: any JSON object; and cosign's type `custom`, which holds any text. */

import type { PredicateType } from './predicate-type.ts';

const cosignCustom = 'https://cosign.sigstore.dev/attestation/v1';

export const custom: PredicateType = {
  name: 'custom',
  uris: [cosignCustom],
  words: { custom: cosignCustom },
  read: (document, predicateType) => {
    if (!holdsText(predicateType)) return { predicateType, predicate: document.members };
    const Timestamp = document.readAt.toISOString().replace(/\.\d+Z$/, 'Z');
    return { predicateType, predicate: { Data: document.text, Timestamp } };
  },
};

/** Reports whether the predicates of a type hold a text, which need not be JSON. */
export function holdsText(uri: string): boolean {
  return uri === cosignCustom;
}
