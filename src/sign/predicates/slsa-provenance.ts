/** SLSA provenance that somebody else has written, such as a build system of one's own. */

import type { JsonObject } from '../../core/encoding/index.ts';
import { listOf, objectOf, optional, part, textOf } from './parts.ts';
import type { PredicateType } from './predicate-type.ts';
import { provenancePredicateType } from './provenance.ts';

const version02 = 'https://slsa.dev/provenance/v0.2';

export const slsaProvenance: PredicateType = {
  name: 'provenance',
  uris: [provenancePredicateType, version02],
  words: { slsaprovenance: version02, slsaprovenance02: version02, slsaprovenance1: provenancePredicateType },
  read: ({ members: document }, predicateType) => {
    if (predicateType === version02) check02(document);
    else check(document);
    return { predicateType, predicate: document };
  },
};

function check(document: JsonObject): void {
  textOf(part(document, 'buildDefinition', 'buildType'));
  objectOf(part(document, 'buildDefinition', 'externalParameters'));
  optional(part(document, 'buildDefinition', 'internalParameters'), objectOf);
  optional(part(document, 'buildDefinition', 'resolvedDependencies'), (all) => listOf(all).forEach(objectOf));
  textOf(part(document, 'runDetails', 'builder', 'id'));
}

function check02(document: JsonObject): void {
  textOf(part(document, 'builder', 'id'));
  textOf(part(document, 'buildType'));
  optional(part(document, 'materials'), (all) => listOf(all).forEach(objectOf));
}
