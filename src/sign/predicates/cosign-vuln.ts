/** Vulnerability scans as cosign's type `vuln` has them: the report of any scanner, with the scanner and the time. */

import type { JsonObject } from '../../core/encoding/index.ts';
import { objectOf, part, refuse, textOf, timeOf } from './parts.ts';
import type { PredicateType } from './predicate-type.ts';

const uri = 'https://cosign.sigstore.dev/attestation/vuln/v1';

export const cosignVuln: PredicateType = {
  name: 'vuln',
  uris: [uri],
  words: { vuln: uri },
  read: ({ members: document }, predicateType) => {
    check(document);
    return { predicateType, predicate: document };
  },
};

function check(document: JsonObject): void {
  objectOf(part(document, 'invocation'));
  textOf(part(document, 'scanner', 'uri'));
  const result = part(document, 'scanner', 'result');
  if (result.value === undefined) refuse(result.place, result.value, 'the report of the scanner');
  timeOf(part(document, 'metadata', 'scanStartedOn'));
  timeOf(part(document, 'metadata', 'scanFinishedOn'));
}
