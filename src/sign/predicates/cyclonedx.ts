/** SBOMs in CycloneDX 1.4 to 1.7, as JSON. */

import type { Digest } from '../../core/crypto/index.ts';
import { asList, asObject, type JsonObject, memberAt } from '../../core/encoding/index.ts';
import { digestText, distinct, namedDigest, packageUrlDigests } from './described-digests.ts';
import { listOf, member, type objectOf, oneOf, optional, part, refuse, textOf } from './parts.ts';
import type { PredicateType } from './predicate-type.ts';

const uri = 'https://cyclonedx.org/bom';
const versions = ['1.4', '1.5', '1.6', '1.7'];
const serialNumber = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const cyclonedx: PredicateType = {
  name: 'cyclonedx',
  uris: [uri],
  words: { cyclonedx: uri },
  recognise: ({ bomFormat }) => (bomFormat === undefined ? undefined : uri),
  read: ({ members: document }, predicateType) => {
    check(document);
    return { predicateType, predicate: document };
  },
  describes: (document) => {
    const digests = digestsOf(asObject(memberAt(document, 'metadata', 'component')) ?? {});
    return digests.length === 0 ? [] : [digests];
  },
};

/** Checks the members that the schema requires of a document, and of the component that it describes. */
function check(document: JsonObject): void {
  oneOf(part(document, 'bomFormat'), ['CycloneDX']);
  const version = oneOf(part(document, 'specVersion'), versions);
  const revision = part(document, 'version');
  const isRequired = version === '1.4';
  if (
    (isRequired || revision.value !== undefined) &&
    !(Number.isInteger(revision.value) && Number(revision.value) >= 1)
  )
    refuse(revision.place, revision.value, 'a number from 1');
  const serial = part(document, 'serialNumber');
  if (serial.value !== undefined && !serialNumber.test(textOf(serial)))
    refuse(serial.place, serial.value, 'a `urn:uuid:`');
  optional(part(document, 'metadata'), (metadata) => optional(member(metadata, 'component'), checkComponent));
  optional(part(document, 'components'), (components) => listOf(components).forEach(checkComponent));
}

function checkComponent(component: Parameters<typeof objectOf>[0]): void {
  textOf(member(component, 'type'));
  textOf(member(component, 'name'));
}

function digestsOf({ hashes, purl, version }: JsonObject): readonly Digest[] {
  const stated = distinct([
    ...(asList(hashes) ?? []).flatMap((hash) => {
      const { alg, content } = asObject(hash) ?? {};
      return namedDigest(alg, content) ?? [];
    }),
    ...packageUrlDigests(purl),
  ]);
  const named = digestText(version);
  return stated.length > 0 || named === undefined ? stated : [named];
}
