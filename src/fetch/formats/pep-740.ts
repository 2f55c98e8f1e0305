/** Attestations of Python packages (PEP 740): the file `*.publish.attestation`, and PyPI's provenance objects, which list them. */

import { bundleMediaType, readBundle } from '../../core/bundle/index.ts';
import { asList, asObject, type JsonObject, type JsonValue } from '../../core/encoding/index.ts';
import { fail } from '../../core/errors/index.ts';
import { statementPayloadType } from '../../core/statement/index.ts';
import { demandNotTooMany, type WrappedBundle } from './wrapped-bundle.ts';

/** Reads an attestation; returns `undefined` for an object of another kind. */
export function readPep740(object: JsonObject, at: string): readonly WrappedBundle[] | undefined {
  if (!('verification_material' in object) || !('envelope' in object)) return undefined;
  return [{ at, read: () => readBundle(JSON.stringify(bundleJson(object))) }];
}

/** Reads a provenance object; returns `undefined` for an object of another kind. */
export function readPyPiProvenance(object: JsonObject, at: string): readonly WrappedBundle[] | undefined {
  const groups = asList(object.attestation_bundles);
  if (groups === undefined) return undefined;
  demandNotTooMany(groups.length);
  const found = groups.flatMap((group, number) => {
    const list = asList(asObject(group)?.attestations) ?? [];
    demandNotTooMany(list.length);
    return list.flatMap((item, index) => {
      const place = `${at === '' ? '' : `${at}.`}attestation_bundles[${number}].attestations[${index}]`;
      return [{ at: place, read: () => readBundle(JSON.stringify(bundleJson(asObject(item) ?? {}))) }];
    });
  });
  demandNotTooMany(found.length);
  return found;
}

/** Writes an attestation as a bundle, which has the same parts under other names. */
function bundleJson(attestation: JsonObject): JsonObject {
  const {
    version,
    verification_material: material,
    envelope,
  } = demandMembers(attestation, ['version', 'verification_material', 'envelope'], 'the attestation');
  if (version !== 1)
    fail(
      'BUNDLE_UNSUPPORTED',
      `version ${JSON.stringify(version ?? null).slice(0, 50)} of PEP 740 attestations is not supported; only 1 is`,
    );
  const { certificate, transparency_entries: entries } = demandMembers(
    material,
    ['certificate', 'transparency_entries'],
    'verification_material',
  );
  const { statement, signature } = demandMembers(envelope, ['statement', 'signature'], 'envelope');
  return {
    mediaType: bundleMediaType,
    verificationMaterial: { certificate: { rawBytes: certificate ?? null }, tlogEntries: entries ?? [] },
    dsseEnvelope: {
      payload: statement ?? null,
      payloadType: statementPayloadType,
      signatures: [{ sig: signature ?? null }],
    },
  };
}

/** Returns an object that has no other members, as bundles have none. */
function demandMembers(value: JsonValue | undefined, names: readonly string[], what: string): JsonObject {
  const object = asObject(value) ?? fail('BUNDLE_INVALID', `${what} is not an object`);
  const unknown = Object.keys(object).find((name) => !names.includes(name));
  if (unknown === undefined) return object;
  return fail('BUNDLE_INVALID', `${what} has an unknown member ${JSON.stringify(unknown.slice(0, 80))}`);
}
