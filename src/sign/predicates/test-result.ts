/** Test results (in-toto attestation framework, test-result v0.1). */

import type { JsonObject } from '../../core/encoding/index.ts';
import { listOf, objectOf, oneOf, optional, part, textOf } from './parts.ts';
import type { PredicateType } from './predicate-type.ts';

const uri = 'https://in-toto.io/attestation/test-result/v0.1';

export const testResult: PredicateType = {
  name: 'test-result',
  uris: [uri],
  words: { 'test-result': uri },
  read: ({ members: document }, predicateType) => {
    check(document);
    return { predicateType, predicate: document };
  },
};

function check(document: JsonObject): void {
  oneOf(part(document, 'result'), ['PASSED', 'WARNED', 'FAILED']);
  listOf(part(document, 'configuration')).forEach(objectOf);
  optional(part(document, 'url'), textOf);
  for (const name of ['passedTests', 'warnedTests', 'failedTests'])
    optional(part(document, name), (tests) => listOf(tests).forEach(textOf));
}
