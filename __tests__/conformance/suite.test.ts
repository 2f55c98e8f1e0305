/** The data of the public conformance suite (sigstore/sigstore-conformance), and CPython's releases. */

import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { utf8 } from '../../src/core/encoding/index.ts';
import type { ErrorCode } from '../../src/core/errors/index.ts';
import {
  type Case,
  exists,
  file,
  fileText,
  folder,
  outcome,
  publicGoodRoot,
  suiteIdentity,
  suiteIssuer,
} from './shared.ts';

/** Why each is refused. The suite itself is content with any failure. */
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

const suite = 'conformance/bundle-verify';
const names = readdirSync(folder(suite), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

function caseOf(name: string): Case & { readonly target: string } {
  const own = (path: string) => (exists(`${suite}/${name}/${path}`) ? `${suite}/${name}/${path}` : undefined);
  const text = (path: string) => {
    const found = own(path);
    return found === undefined ? undefined : fileText(found).trim();
  };
  return {
    bundle: `${suite}/${name}/bundle.sigstore.json`,
    target: own('artifact') ?? `${suite}/a.txt`,
    trustedRoot: own('trusted_root.json') ?? publicGoodRoot,
    identity: text('identity') ?? suiteIdentity,
    issuer: text('issuer') ?? suiteIssuer,
    key: own('key.pub'),
  };
}

/** A case that is new here needs its reason said. */
const expected = (name: string): string => (name.endsWith('_fail') ? (refusals[name] ?? 'a reason') : 'accept');

describe('the public suite', () => {
  test.each(names)('%s, by path', async (name) => {
    expect(await outcome(caseOf(name))).toBe(expected(name));
  });

  test.each(names)('%s, by digest', async (name) => {
    const one = caseOf(name);
    const digest = createHash('sha256').update(file(one.target)).digest('hex');
    expect(await outcome({ ...one, target: `sha256:${digest}` })).toBe(expected(name));
  });
});

interface Release {
  readonly Release: string;
  readonly 'Release manager': string;
  readonly 'OIDC Issuer': string;
}

describe("CPython's releases", () => {
  const folderOfReleases = 'conformance/cpython/versions';
  const managers: readonly Release[] = JSON.parse(fileText('conformance/cpython/signing-identities.json'));
  const managerOf = (version: string) =>
    managers.find(({ Release }) => Release === version.split('.').slice(0, 2).join('.'));
  const versions = readdirSync(folder(folderOfReleases))
    .map((name) => name.replace(/\.json$/, ''))
    .filter((version) => managerOf(version) !== undefined);

  test('are all there', () => {
    expect(versions).toHaveLength(81);
  });

  test.each(versions)('%s', async (version) => {
    const [{ sigstore, sha256 }] = JSON.parse(fileText(`${folderOfReleases}/${version}.json`));
    const manager = managerOf(version);
    const one = {
      bundle: utf8(JSON.stringify(sigstore)),
      target: `sha256:${sha256}`,
      trustedRoot: publicGoodRoot,
      identity: manager?.['Release manager'],
      issuer: manager?.['OIDC Issuer'],
    };
    expect(await outcome(one)).toBe('accept');
    // The certificate of a release does not stand for the manager of another, and its bundle for no other file.
    expect(await outcome({ ...one, identity: `${one.identity}.example` })).toBe('IDENTITY_MISMATCH');
    expect(await outcome({ ...one, target: `sha256:${'0'.repeat(64)}` })).toMatch(
      /^(?:ARTIFACT_MISMATCH|SIGNATURE_INVALID)$/,
    );
  });
});
