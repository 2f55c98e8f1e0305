/** Vulnerability scans (in-toto attestation framework, vulns v0.1 and v0.2). */

import type { JsonObject } from '../../core/encoding/index.ts';
import { listOf, member, objectOf, optional, part, textOf, timeOf } from './parts.ts';
import type { PredicateType } from './predicate-type.ts';

const version1 = 'https://in-toto.io/attestation/vulns/v0.1';
const version2 = 'https://in-toto.io/attestation/vulns/v0.2';

export const vulns: PredicateType = {
  name: 'vulns',
  uris: [version2, version1],
  words: { vulns: version2 },
  read: ({ members: document }, predicateType) => {
    check(document);
    return { predicateType, predicate: document };
  },
};

function check(document: JsonObject): void {
  textOf(part(document, 'scanner', 'uri'));
  optional(part(document, 'scanner', 'version'), textOf);
  timeOf(part(document, 'scanner', 'db', 'lastUpdate'));
  for (const found of listOf(part(document, 'scanner', 'result'))) {
    textOf(member(found, 'id'));
    for (const severity of listOf(member(found, 'severity'))) {
      textOf(member(severity, 'method'));
      textOf(member(severity, 'score'));
    }
    optional(member(found, 'annotations'), (annotations) => listOf(annotations).forEach(objectOf));
  }
  timeOf(part(document, 'metadata', 'scanStartedOn'));
  timeOf(part(document, 'metadata', 'scanFinishedOn'));
}
