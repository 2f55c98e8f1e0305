/**
 * Lists of bundles: the answers of GitHub's and npm's attestations APIs, the output of `gh attestation verify --format json`, and plain
 * arrays of bundles, as RubyGems.org has them.
 */

import { asList, asObject, asText, type JsonObject, type JsonValue } from '../../core/encoding/index.ts';
import { readPep740, readPyPiProvenance } from './pep-740.ts';
import { demandNotTooMany, isBundleObject, type WrappedBundle, withoutBundle, wrapped } from './wrapped-bundle.ts';

/** Reads an object that lists attestations, or one attestation of such a list. */
export function readAttestationList(document: JsonValue): readonly WrappedBundle[] | undefined {
  const object = asObject(document);
  if (object === undefined) return readArray(asList(document), '');
  const { attestations, attestations_subject_digests: bySubject } = object;
  if (attestations !== undefined) return readArray(asList(attestations), 'attestations');
  if (bySubject !== undefined) return readBySubject(asObject(bySubject));
  return readItem(object, '');
}

/** GitHub's answer to a request for many digests. */
function readBySubject(lists: JsonObject | undefined): readonly WrappedBundle[] | undefined {
  if (lists === undefined) return undefined;
  const found = Object.entries(lists).flatMap(([digest, list]) =>
    // GitHub writes null where there are none.
    list === null ? [] : (readArray(asList(list), `attestations_subject_digests[${JSON.stringify(digest)}]`) ?? []),
  );
  demandNotTooMany(found.length);
  return found;
}

function readArray(items: readonly JsonValue[] | undefined, at: string): readonly WrappedBundle[] | undefined {
  if (items === undefined) return undefined;
  demandNotTooMany(items.length);
  const read = items.map((item, index) => {
    const object = asObject(item);
    return object === undefined ? undefined : readItem(object, `${at}[${index}]`);
  });
  // A list of other things is no list of attestations.
  if (items.length > 0 && read.every((item) => item === undefined)) return undefined;
  const found = read.flatMap(
    (item, index) =>
      item ??
      withoutBundle(
        `${at}[${index}]`,
        'not a bundle',
        'Check the request or the page that the file was downloaded from.',
      ),
  );
  demandNotTooMany(found.length);
  return found;
}

function readItem(item: JsonObject, at: string): readonly WrappedBundle[] | undefined {
  const below = (name: string): string => (at === '' ? name : `${at}.${name}`);
  if (isBundleObject(item)) return [wrapped(item, at)];
  const { bundle, bundle_url: address, attestation } = item;
  if (asObject(bundle) !== undefined) return [wrapped(bundle ?? null, below('bundle'))];
  const nested = asObject(attestation);
  if (nested !== undefined)
    return readItem({ bundle: nested.bundle ?? null, bundle_url: nested.bundle_url ?? null }, below('attestation'));
  if (asText(address)) {
    return [
      withoutBundle(
        below('bundle'),
        'only the URL of a bundle, which is not downloaded',
        'Download the bundles with `gh attestation download`, or request version 2022-11-28 of the API.',
      ),
    ];
  }
  return readPep740(item, at) ?? readPyPiProvenance(item, at);
}
