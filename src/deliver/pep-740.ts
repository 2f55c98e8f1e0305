/** Writes the attestations of Python packages (PEP 740). `fetch/formats` reads them. */

import { type Bundle, writeBundle } from '../core/bundle/index.ts';
import { asList, asObject, parseJson } from '../core/encoding/index.ts';
import { fail } from '../core/errors/index.ts';

/**
 * Returns a bundle as an attestation object of PEP 740. The format has one log entry and no timestamps, so the log entry must be from Rekor
 * v1, which signs the time.
 *
 * @throws CountersignError `BUNDLE_UNSUPPORTED` for a bundle that the format cannot hold
 */
export function pep740Attestation(bundle: Bundle): string {
  const { verificationMaterial, dsseEnvelope } = asObject(parseJson(writeBundle(bundle))) ?? {};
  const { certificate, tlogEntries } = asObject(verificationMaterial) ?? {};
  const { payload, signatures } = asObject(dsseEnvelope) ?? {};
  const [entry, ...others] = asList(tlogEntries) ?? [];
  const [signature] = asList(signatures) ?? [];
  const { rawBytes } = asObject(certificate) ?? {};
  const { sig } = asObject(signature) ?? {};
  if (payload === undefined || sig === undefined) return unsupported('contains no statement');
  if (rawBytes === undefined) return unsupported('contains no certificate');
  if (entry === undefined || others.length > 0) return unsupported('does not contain exactly one log entry');
  if (asObject(entry)?.inclusionPromise === undefined)
    return unsupported('has no log entry of Rekor v1, and so no time');
  return JSON.stringify({
    version: 1,
    verification_material: { certificate: rawBytes, transparency_entries: [entry] },
    envelope: { statement: payload, signature: sig },
  });
}

function unsupported(problem: string): never {
  return fail('BUNDLE_UNSUPPORTED', `the bundle cannot be written as an attestation of PEP 740: it ${problem}`);
}
