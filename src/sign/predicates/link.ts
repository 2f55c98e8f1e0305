/** Steps of a supply chain: link v0.3 of the in-toto attestation framework, and the older form that cosign's type `link` has. */

import type { JsonObject } from '../../core/encoding/index.ts';
import { listOf, member, objectOf, oneOf, optional, part, textOf } from './parts.ts';
import type { PredicateType } from './predicate-type.ts';

const older = 'https://in-toto.io/Link/v1';
const current = 'https://in-toto.io/attestation/link/v0.3';

export const link: PredicateType = {
  name: 'link',
  uris: [current, older],
  words: { link: older },
  read: ({ members: document }, predicateType) => {
    if (predicateType === older) checkOlder(document);
    else check(document);
    return { predicateType, predicate: document };
  },
};

function check(document: JsonObject): void {
  textOf(part(document, 'name'));
  optional(part(document, 'command'), (command) => listOf(command).forEach(argument));
  optional(part(document, 'materials'), (materials) => {
    for (const material of listOf(materials)) {
      textOf(member(material, 'name'));
      objectOf(member(material, 'digest'));
    }
  });
  for (const name of ['byproducts', 'environment']) optional(part(document, name), objectOf);
}

function checkOlder(document: JsonObject): void {
  oneOf(part(document, '_type'), ['link']);
  textOf(part(document, 'name'));
  listOf(part(document, 'command')).forEach(argument);
  for (const name of ['materials', 'products', 'byproducts', 'environment']) objectOf(part(document, name));
}

/** An argument of a command may be empty. */
function argument(one: Parameters<typeof textOf>[0]): void {
  if (one.value !== '') textOf(one);
}
