/** SBOMs in SPDX: versions 2.2 and 2.3 as JSON, and 3.0 as JSON-LD. */

import type { Digest } from '../../core/crypto/index.ts';
import { asList, asObject, asText, type JsonObject } from '../../core/encoding/index.ts';
import { fail } from '../../core/errors/index.ts';
import { digestText, distinct, namedDigest, packageUrlDigests } from './described-digests.ts';
import { listOf, objectOf, oneOf, part, refuse, textOf, timeOf } from './parts.ts';
import type { Described, PredicateType } from './predicate-type.ts';
import { checkSpdx3, describedBySpdx3, isSpdx3, spdx3Version } from './spdx3.ts';

/** The URI without a version, which cosign writes. */
const anyVersion = 'https://spdx.dev/Document';
const versions: Readonly<Record<string, string>> = {
  'SPDX-2.2': `${anyVersion}/v2.2`,
  'SPDX-2.3': `${anyVersion}/v2.3`,
};
const version3 = `${anyVersion}/v3`;

/** The URI of a version is the one that actions/attest writes and, for version 3, that of the in-toto attestation framework. */
export const spdx: PredicateType = {
  name: 'spdx',
  uris: [...Object.values(versions), version3, `${version3}.0`, `${version3}.0.1`, anyVersion],
  words: { spdx: anyVersion, spdxjson: anyVersion },
  recognise: (document) =>
    document.spdxVersion === undefined && !isSpdx3(document) ? undefined : versionUri(document),
  read: ({ members: document }, predicateType) => {
    const own = versionUri(document);
    if (
      predicateType !== anyVersion &&
      predicateType !== own &&
      !(own === version3 && isVersion3(document, predicateType))
    )
      fail('PREDICATE_TYPE_MISMATCH', `the document is of the type ${own}, not ${predicateType}`, {
        remedy: `Specify the type ${own}, or \`sbom-path\`, which recognises it.`,
      });
    if (own === version3) checkSpdx3(document);
    else checkSpdx2(document);
    return { predicateType, predicate: document };
  },
  describes: (document) => (isSpdx3(document) ? describedBySpdx3(document) : describedBySpdx2(document)),
};

function isVersion3(document: JsonObject, uri: string): boolean {
  return uri === `${version3}.0` || uri === `${anyVersion}/v${spdx3Version(document)}`;
}

/** @throws CountersignError `STATEMENT_INVALID` for another version */
function versionUri(document: JsonObject): string {
  if (isSpdx3(document)) return version3;
  return versions[oneOf(part(document, 'spdxVersion'), Object.keys(versions))] ?? anyVersion;
}

/** Checks what SPDX 2 requires of every document, without which its readers refuse it. */
function checkSpdx2(document: JsonObject): void {
  oneOf(part(document, 'SPDXID'), ['SPDXRef-DOCUMENT']);
  for (const name of ['name', 'dataLicense', 'documentNamespace']) textOf(part(document, name));
  timeOf(part(document, 'creationInfo', 'created'));
  const creators = part(document, 'creationInfo', 'creators');
  if (listOf(creators).map(textOf).length === 0) refuse(creators.place, creators.value, 'a list with a creator');
  for (const list of ['packages', 'files', 'relationships'])
    for (const element of document[list] === undefined ? [] : listOf(part(document, list))) objectOf(element);
}

function describedBySpdx2(document: JsonObject): readonly Described[] {
  const described = describedIds(document);
  return [...elements(document, 'packages'), ...elements(document, 'files')]
    .filter(({ SPDXID: id }) => typeof id === 'string' && described.has(id))
    .map(digestsOf)
    .filter(({ length }) => length > 0);
}

/** Returns the elements that a document says it describes: by relationships, and by the list that SPDX 2.2 has. */
function describedIds(document: JsonObject): ReadonlySet<string> {
  const related = elements(document, 'relationships').flatMap(
    ({ spdxElementId: from, relationshipType: type, relatedSpdxElement: to }) =>
      type === 'DESCRIBES' && from === document.SPDXID
        ? [to]
        : type === 'DESCRIBED_BY' && to === document.SPDXID
          ? [from]
          : [],
  );
  return new Set([...(asList(document.documentDescribes) ?? []), ...related].flatMap((id) => asText(id) ?? []));
}

/** The version is the digest of an image, for some tools that of its index: it counts only if nothing else does. */
function digestsOf(element: JsonObject): readonly Digest[] {
  const stated = distinct([
    ...elements(element, 'checksums').flatMap(
      ({ algorithm, checksumValue }) => namedDigest(algorithm, checksumValue) ?? [],
    ),
    ...elements(element, 'externalRefs').flatMap(({ referenceLocator }) => packageUrlDigests(referenceLocator)),
  ]);
  const version = digestText(element.versionInfo);
  return stated.length > 0 || version === undefined ? stated : [version];
}

function elements(owner: JsonObject, name: string): readonly JsonObject[] {
  return (asList(owner[name]) ?? []).map(asObject).filter((item) => item !== undefined);
}
