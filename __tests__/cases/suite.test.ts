/** The public conformance suite (sigstore/sigstore-conformance): by the core, and by a whole run. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parseDigest } from '../../src/core/crypto/index.ts';
import type { ErrorCode } from '../../src/core/errors/index.ts';
import { bySpecification, outcome } from './kit/outcome.ts';
import { placeWith } from './kit/place.ts';
import { runVerdict } from './kit/run-verdict.ts';
import { suiteCases } from './kit/suite.ts';

/** Why each is refused. The suite itself accepts any failure, and so do these tests in a case that is newer than the table. */
const refusals: Readonly<Record<string, ErrorCode>> = {
  'bundle-empty-certificate-chain_fail': 'BUNDLE_INVALID',
  'bundle-from-wrong-instance_fail': 'LOG_UNKNOWN',
  'bundle-invalid-base64-signature_fail': 'BUNDLE_INVALID',
  'bundle-malformed-json_fail': 'BUNDLE_INVALID',
  'bundle-negative-log-index_fail': 'BUNDLE_INVALID',
  'bundle-unknown-version_fail': 'BUNDLE_UNSUPPORTED',
  'bundle-with-root-cert_fail': 'BUNDLE_INVALID',
  'checkpoint-bad-keyhint_fail': 'CHECKPOINT_INVALID',
  'checkpoint-wrong-roothash_fail': 'INCLUSION_PROOF_INVALID',
  'dsse-invalid-sig_fail': 'SIGNATURE_INVALID',
  'dsse-mismatch-envelope_fail': 'LOG_ENTRY_MISMATCH',
  'dsse-mismatch-sig_fail': 'LOG_ENTRY_MISMATCH',
  'inclusion-proof-corrupted-hash_fail': 'INCLUSION_PROOF_INVALID',
  'incorrect-public-key_fail': 'LOG_ENTRY_INVALID',
  'integrated-time-in-future_fail': 'CERTIFICATE_OUTSIDE_VALIDITY',
  'intoto-expired-certificate_fail': 'CERTIFICATE_OUTSIDE_VALIDITY',
  'intoto-log-entry-mismatch_fail': 'LOG_ENTRY_MISMATCH',
  'intoto-missing-inclusion-proof_fail': 'BUNDLE_INVALID',
  'intoto-set-outside-signing-cert-validity_fail': 'CERTIFICATE_OUTSIDE_VALIDITY',
  'intoto-tsa-timestamp-outside-cert-validity_fail': 'CERTIFICATE_OUTSIDE_VALIDITY',
  'invalid-checkpoint-signature_fail': 'CHECKPOINT_INVALID',
  'invalid-ct-key_fail': 'SCT_MISSING',
  'invalid-inclusion-proof_fail': 'BUNDLE_INVALID',
  'managed-key-no-key_fail': 'IDENTITY_MISMATCH',
  'managed-key-wrong-key_fail': 'KEY_INVALID',
  'message-digest-mismatch_fail': 'ARTIFACT_MISMATCH',
  'rekor2-checkpoint-missing-log-signature_fail': 'CHECKPOINT_INVALID',
  'rekor2-checkpoint-missing-origin_fail': 'CHECKPOINT_INVALID',
  'rekor2-checkpoint-missing-root-hash_fail': 'CHECKPOINT_INVALID',
  'rekor2-checkpoint-missing-size_fail': 'CHECKPOINT_INVALID',
  'rekor2-checkpoint-no-matching-signature_fail': 'CHECKPOINT_INVALID',
  'rekor2-dsse-invalid-sig_fail': 'SIGNATURE_INVALID',
  'rekor2-dsse-mismatch-envelope_fail': 'LOG_ENTRY_MISMATCH',
  'rekor2-dsse-mismatch-sig_fail': 'LOG_ENTRY_MISMATCH',
  'rekor2-no-inclusion-proof_fail': 'BUNDLE_INVALID',
  'rekor2-no-timestamp_fail': 'TIMESTAMP_MISSING',
  'rekor2-timestamp-outside-trust-root-tsa-validity_fail': 'TIMESTAMP_UNTRUSTED',
  'rekor2-timestamp-outside-tsa-cert-validity_fail': 'CERTIFICATE_OUTSIDE_VALIDITY',
  'rekor2-timestamp-payload-mismatch_fail': 'TIMESTAMP_MISMATCH',
  'rekor2-timestamp-untrusted-tsa-with-embedded-cert_fail': 'TIMESTAMP_UNTRUSTED',
  'rekor2-timestamp-untrusted-tsa-without-embedded-cert_fail': 'TIMESTAMP_UNTRUSTED',
  'rekor2-timestamp-with-incorrect-time_fail': 'CERTIFICATE_OUTSIDE_VALIDITY',
  'set-invalid-signature_fail': 'LOG_ENTRY_INVALID',
  'signature-mismatch_fail': 'SIGNATURE_INVALID',
  'trust-root-tlog-missing-validity-start_fail': 'TRUSTED_ROOT_INVALID',
  'wrong-hashedrekord-artifact_fail': 'LOG_ENTRY_MISMATCH',
  'wrong-hashedrekord-cert-and-sig_fail': 'LOG_ENTRY_MISMATCH',
  'wrong-hashedrekord-entry_fail': 'LOG_ENTRY_MISMATCH',
  'wrong-material_fail': 'ARTIFACT_MISMATCH',
};

const cases = suiteCases(placeWith('suite')).map((one) => {
  const digest = createHash('sha256').update(readFileSync(one.target)).digest('hex');
  return { ...one, digest: `sha256:${digest}`, mustFail: one.name.endsWith('_fail') };
});
const named = cases.map((one) => [one.name, one] as const);

function expectOutcome(name: string, mustFail: boolean, code: string): void {
  const reason = refusals[name];
  if (!mustFail) expect(code).toBe('accept');
  else if (reason === undefined) expect(code).not.toBe('accept');
  else expect(code).toBe(reason);
}

describe('the public suite', () => {
  test('is whole', () => {
    expect(cases.length).toBeGreaterThanOrEqual(70);
    expect(cases.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(refusals)));
  });

  test.each(named)('%s, by path', async (name, one) => {
    expectOutcome(name, one.mustFail, await outcome(one, bySpecification));
  });

  test.each(named)('%s, by digest', async (name, one) => {
    expectOutcome(name, one.mustFail, await outcome({ ...one, target: one.digest }, bySpecification));
  });

  test('each case by a whole run, by path and by digest', async () => {
    const wrong: string[] = [];
    for (const { name, target, digest, bundle, key, identity, issuer, trustedRoot, mustFail } of cases) {
      const policy = key === undefined ? { certificateIdentity: identity, certificateOidcIssuer: issuer } : { key };
      for (const artifact of [
        { kind: 'file', name: target, path: target },
        { kind: 'digest', name: digest, digest: parseDigest(digest) },
      ] as const) {
        const verdict = await runVerdict(artifact, bundle, policy, trustedRoot, 'public-good', bySpecification);
        if ((verdict === 'accepted') === mustFail) wrong.push(`${name} by ${artifact.kind}: ${verdict}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});
