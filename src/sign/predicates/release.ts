/** Releases of packages (in-toto attestation framework, release v0.1 and v0.2). */

import type { JsonObject } from '../../core/encoding/index.ts';
import { optional, part, refuse, textOf } from './parts.ts';
import type { PredicateType } from './predicate-type.ts';

const version1 = 'https://in-toto.io/attestation/release/v0.1';
const version2 = 'https://in-toto.io/attestation/release/v0.2';
/** A package URL with a version, which identifies one release. */
const versioned = /^pkg:[A-Za-z][A-Za-z0-9.+-]*\/[^?#]*[^/?#]@[^/@?#]+(?:[?#].*)?$/;

export const release: PredicateType = {
  name: 'release',
  uris: [version2, version1],
  words: { release: version2 },
  read: ({ members: document }, predicateType) => {
    check(document, predicateType === version1 ? 'releaseId' : 'packageId');
    return { predicateType, predicate: document };
  },
};

/** @param idMember the name of the registry's ID of the release */
function check(document: JsonObject, idMember: string): void {
  const purl = part(document, 'purl');
  if (!versioned.test(textOf(purl))) refuse(purl.place, purl.value, 'a package URL with a version');
  optional(part(document, idMember), textOf);
}
