/** SPDX 3 as JSON-LD: a graph of elements, which refer to each other by their identifiers. */

import type { Digest } from '../../core/crypto/index.ts';
import { asList, asObject, asText, type JsonObject, type JsonValue } from '../../core/encoding/index.ts';
import { digestText, distinct, namedDigest, packageUrlDigests } from './described-digests.ts';
import { listOf, objectOf, part, refuse } from './parts.ts';
import type { Described } from './predicate-type.ts';

const context = /^https:\/\/spdx\.org\/rdf\/(3\.0(?:\.\d+)?)\/spdx-context\.jsonld$/;

/** Reports whether a document has the context of SPDX, of any version that has one. */
export function isSpdx3(document: JsonObject): boolean {
  const stated = document['@context'];
  return typeof stated === 'string' && stated.startsWith('https://spdx.org/rdf/');
}

/** Returns the version in the context: `3.0.1`. */
export function spdx3Version(document: JsonObject): string {
  const stated = part(document, '@context');
  const [, version] = context.exec(asText(stated.value) ?? '') ?? [];
  return version ?? refuse(stated.place, stated.value, 'the context of SPDX 3.0');
}

/** Checks that there is exactly one document in the graph, of version 3.0, and that its elements can be told apart. */
export function checkSpdx3(document: JsonObject): void {
  spdx3Version(document);
  const graph = part(document, '@graph');
  const elements = listOf(graph).map(objectOf);
  if (elements.filter(isOf('SpdxDocument')).length !== 1)
    refuse(graph.place, graph.value, 'a graph with exactly one SpdxDocument');
  const ids = elements.flatMap((element) => idOf(element) ?? []);
  if (new Set(ids).size !== ids.length)
    refuse(graph.place, graph.value, 'a graph in which each identifier occurs once');
}

export function describedBySpdx3(document: JsonObject): readonly Described[] {
  const elements = objects(document['@graph']);
  const byId = new Map(elements.flatMap((element) => [[idOf(element) ?? '', element] as const]));
  return roots(elements.filter(isOf('SpdxDocument')), byId)
    .map((element) => digestsOf(element, byId))
    .filter(({ length }) => length > 0);
}

/** Returns the elements that are not collections themselves, found through the roots of collections. */
function roots(collections: readonly JsonObject[], byId: ReadonlyMap<string, JsonObject>): readonly JsonObject[] {
  const found = new Set<JsonObject>();
  const pending = [...collections];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    pending.push(...objects(next.rootElement, byId));
  }
  return [...found].filter(({ rootElement }) => rootElement === undefined);
}

function digestsOf(element: JsonObject, byId: ReadonlyMap<string, JsonObject>): readonly Digest[] {
  const stated = distinct([
    ...objects(element.verifiedUsing, byId).flatMap(
      ({ algorithm, hashValue }) => namedDigest(algorithm, hashValue) ?? [],
    ),
    ...packageUrlDigests(element.software_packageUrl),
    ...objects(element.externalIdentifier, byId).flatMap(({ identifier }) => packageUrlDigests(identifier)),
  ]);
  const version = digestText(element.software_packageVersion);
  return stated.length > 0 || version === undefined ? stated : [version];
}

/** Returns the objects of a list, or the only one. JSON-LD allows an identifier in place of an object, and one value in place of a list. */
function objects(
  value: JsonValue | undefined,
  byId: ReadonlyMap<string, JsonObject> = new Map(),
): readonly JsonObject[] {
  const items = asList(value) ?? (value === undefined ? [] : [value]);
  return items
    .map((item) => (typeof item === 'string' ? byId.get(item) : asObject(item)))
    .filter((item) => item !== undefined);
}

function isOf(type: string): (element: JsonObject) => boolean {
  return (element) => (element.type ?? element['@type']) === type;
}

function idOf(element: JsonObject): string | undefined {
  return asText(element.spdxId ?? element['@id']);
}
