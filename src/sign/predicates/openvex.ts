/** OpenVEX documents: which vulnerabilities affect a product. */

import { asText, type JsonObject } from '../../core/encoding/index.ts';
import { listOf, member, oneOf, part, refuse, textOf, timeOf } from './parts.ts';
import type { PredicateType } from './predicate-type.ts';

const uri = 'https://openvex.dev/ns';

export const openvex: PredicateType = {
  name: 'openvex',
  uris: [uri, `${uri}/v0.2.0`],
  words: { openvex: uri },
  read: ({ members: document }, predicateType) => {
    check(document);
    return { predicateType, predicate: document };
  },
};

function check(document: JsonObject): void {
  const context = part(document, '@context');
  const stated = asText(context.value) ?? '';
  if (stated !== uri && !stated.startsWith(`${uri}/`)) refuse(context.place, context.value, `the context ${uri}`);
  textOf(part(document, '@id'));
  textOf(part(document, 'author'));
  timeOf(part(document, 'timestamp'));
  const version = part(document, 'version');
  // Version 0.0.1 had a text here.
  if (typeof version.value !== 'number') textOf(version);
  const statements = part(document, 'statements');
  if (listOf(statements).length === 0) refuse(statements.place, statements.value, 'a list with a statement');
  for (const statement of listOf(statements)) {
    const vulnerability = member(statement, 'vulnerability');
    if (typeof vulnerability.value !== 'string') textOf(member(vulnerability, 'name'));
    oneOf(member(statement, 'status'), ['not_affected', 'affected', 'fixed', 'under_investigation']);
  }
}
