/** The words for types of attestations, as signing and cosign's `--type` have them, with the predicate types that they stand for. */

import { fail } from '../../core/errors/index.ts';
import { type Expectation, exactly, matching, pathWithin } from '../../core/policy/index.ts';

/** Attestations of which an artifact must have one. */
export interface RequiredAttestation {
  /** The type as it was given. */
  readonly type: string;
  /** The predicate types, of which one is enough. */
  readonly expected: readonly Expectation[];
}

/** With and without a version: cosign and the specifications write either. */
const spdx = pathWithin('https://spdx.dev/Document');
const cyclonedx = pathWithin('https://cyclonedx.org/bom');
const provenance02 = exactly('https://slsa.dev/provenance/v0.2');
const vulns = pathWithin('https://in-toto.io/attestation/vulns');

const words: ReadonlyMap<string, readonly Expectation[]> = new Map([
  ['sbom', [spdx, cyclonedx]],
  ['spdx', [spdx]],
  ['spdxjson', [spdx]],
  ['cyclonedx', [cyclonedx]],
  ['slsaprovenance', [provenance02]],
  ['slsaprovenance02', [provenance02]],
  ['slsaprovenance1', [exactly('https://slsa.dev/provenance/v1')]],
  ['link', [exactly('https://in-toto.io/Link/v1'), pathWithin('https://in-toto.io/attestation/link')]],
  ['vuln', [exactly('https://cosign.sigstore.dev/attestation/vuln/v1'), vulns]],
  ['vulns', [vulns]],
  ['test-result', [pathWithin('https://in-toto.io/attestation/test-result')]],
  ['release', [pathWithin('https://in-toto.io/attestation/release')]],
  ['openvex', [pathWithin('https://openvex.dev/ns')]],
  ['custom', [exactly('https://cosign.sigstore.dev/attestation/v1')]],
]);

/**
 * Reads a type: a word, a predicate type or a pattern.
 *
 * @throws CountersignError `POLICY_INVALID`
 */
export function requiredAttestation(type: string): RequiredAttestation {
  const expected = words.get(type);
  if (expected !== undefined) return { type, expected };
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:[^*\s]/.test(type))
    fail('POLICY_INVALID', `\`require-attestation\` is ${JSON.stringify(type)}, which is not a type of attestation`, {
      remedy: `Use one of ${[...words.keys()].join(', ')}, or a predicate type (a URI).`,
    });
  return { type, expected: [matching(type)] };
}
