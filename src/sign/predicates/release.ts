/** Releases of packages (in-toto attestation framework, release v0.1). */

import type { JsonObject } from '../../core/encoding/index.ts';
import { optional, part, refuse, textOf } from './parts.ts';
import type { PredicateType } from './predicate-type.ts';

const uri = 'https://in-toto.io/attestation/release/v0.1';
/** A package URL with a version, which identifies one release. */
const versioned = /^pkg:[A-Za-z][A-Za-z0-9.+-]*\/[^?#]*[^/?#]@[^/@?#]+(?:[?#].*)?$/;

export const release: PredicateType = {
  name: 'release',
  uris: [uri],
  words: { release: uri },
  read: ({ members: document }, predicateType) => {
    check(document);
    return { predicateType, predicate: document };
  },
};

function check(document: JsonObject): void {
  const purl = part(document, 'purl');
  if (!versioned.test(textOf(purl))) refuse(purl.place, purl.value, 'a package URL with a version');
  optional(part(document, 'packageId'), textOf);
}
