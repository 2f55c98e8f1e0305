/** Bundles that others signed in production, 2022 to 2026. */

import { describe, expect, test } from '@jest/globals';
import { policyFor } from '../../src/core/policy/index.ts';
import {
  artifactOfBytes,
  artifactOfDigest,
  type CountersignError,
  type ErrorCode,
  type Expectation,
  exactly,
  managedKey,
  parseDigest,
  readBundle,
  readPublicKeyPem,
  readTrustedRoot,
  verify,
} from '../../src/core/verify/index.ts';
import { type Case, file, fileText, folder, outcome, publicGoodRoot, suiteIssuer } from './shared.ts';

interface RealBundle {
  readonly id: string;
  readonly expected: 'accept' | 'reject' | 'accept-github-tsa-only' | 'disputed' | 'not-run';
  readonly bundle: string;
  readonly target: string | null;
  readonly trusted_root: string;
  readonly identity: string | null;
  readonly issuer: string | null;
  readonly key: string | null;
}

/** Why each is refused. */
const refusals: Readonly<Record<string, ErrorCode>> = {
  '44238540d5a53630': 'SIGNATURE_INVALID',
  '153dfb20424464d6': 'TIMESTAMP_UNTRUSTED',
  '340e1b722c4b5b6e': 'BUNDLE_INVALID',
  '055a26923697e822': 'BUNDLE_INVALID',
  '14671a44a7499b9c': 'BUNDLE_INVALID',
  cc0e433b68fc621c: 'BUNDLE_INVALID',
  '1300705219d961e6': 'SIGNATURE_INVALID',
  af0e2b8b4a6e331e: 'SIGNATURE_INVALID',
  '8cb97fb48b499436': 'SIGNATURE_INVALID',
  f3b1e50b5c747a56: 'SIGNATURE_INVALID',
  '23a6385bd7d324fc': 'ARTIFACT_MISMATCH',
  '19252a61a1587cc0': 'CERTIFICATE_OUTSIDE_VALIDITY',
  ede8e27f6082cb10: 'SIGNATURE_INVALID',
  '21255b0322672e96': 'LOG_ENTRY_MISMATCH',
  '2f16d0d531972036': 'LOG_ENTRY_MISMATCH',
  '439f176cb08dfa2c': 'TIMESTAMP_UNTRUSTED',
  '8423859206ea4ed8': 'TIMESTAMP_UNTRUSTED',
  f9d31b7b5e7b7946: 'TIMESTAMP_UNTRUSTED',
};

folder('real');
const bundles: readonly RealBundle[] = JSON.parse(fileText('real/index.json'));
const expecting = (expected: RealBundle['expected']) => bundles.filter((one) => one.expected === expected);

function caseOf({ bundle, target, trusted_root, identity, issuer, key }: RealBundle): Case {
  const path = (relative: string) => `real/${relative}`;
  return {
    bundle: path(bundle),
    // Of some nobody knows the artifact.
    target: target === null || target.startsWith('sha') ? (target ?? undefined) : path(target),
    trustedRoot: path(trusted_root),
    identity: identity ?? undefined,
    issuer: issuer ?? undefined,
    key: key === null ? undefined : path(key),
  };
}

describe('real bundles', () => {
  test.each(expecting('accept').map((one) => [one.id, one] as const))('%s is accepted', async (_, one) => {
    expect(await outcome(caseOf(one))).toBe('accept');
  });

  test.each(expecting('reject').map((one) => [one.id, one] as const))('%s is refused', async (id, one) => {
    expect(await outcome(caseOf(one))).toBe(refusals[id] ?? 'a reason');
  });

  test.each(expecting('accept-github-tsa-only').map((one) => [one.id, one] as const))(
    '%s, of an instance without logs, is accepted where none is demanded, and only there',
    async (_, one) => {
      const thresholds = { signedCertificateTimestamps: 0, logEntries: 0, timestamps: 1 };
      expect(await outcome(caseOf(one), { thresholds })).toBe('accept');
      expect(await outcome(caseOf(one), { thresholds: { ...thresholds, logEntries: 1 } })).toBe('LOG_ENTRY_MISSING');
      expect(await outcome(caseOf(one), { thresholds: { ...thresholds, signedCertificateTimestamps: 1 } })).toBe(
        'SCT_MISSING',
      );
      expect(await outcome(caseOf(one), { thresholds: { ...thresholds, timestamps: 2 } })).toBe('TIMESTAMP_MISSING');
    },
  );

  test.each(expecting('disputed').map((one) => [one.id, one] as const))(
    '%s, on which others do not agree, is judged',
    async (_, one) => {
      expect(await outcome(caseOf(one))).toMatch(/^(?:accept|[A-Z_]+)$/);
    },
  );
});

describe('bundles from bug reports', () => {
  test('one of 2023 that carries its root certificate is accepted', async () => {
    const bundle = 'cases/verify/bundle-root-cert/provenance.intoto.sigstore';
    const { payload } = JSON.parse(fileText(bundle)).dsseEnvelope;
    const [{ digest }] = JSON.parse(Buffer.from(payload, 'base64').toString()).subject;
    const workflow = 'slsa-framework/slsa-github-generator/.github/workflows/builder_container-based_slsa3.yml';
    const one: Case = {
      bundle,
      target: `sha256:${digest.sha256}`,
      trustedRoot: publicGoodRoot,
      identity: `https://github.com/${workflow}@refs/tags/v1.7.0`,
      issuer: suiteIssuer,
    };
    expect(await outcome(one)).toBe('accept');
    expect(await outcome({ ...one, target: `sha256:${'0'.repeat(64)}` })).toBe('ARTIFACT_MISMATCH');
    expect(await outcome({ ...one, trustedRoot: 'roots/staging.trusted_root.json' })).not.toBe('accept');
  });

  test('the attestation of a GitHub release is accepted under the second certificate of each chain', async () => {
    const release = 'cases/verify/github-release-attestation';
    const root = readTrustedRoot(file(`${release}/github.trusted_root.json`));
    const read = readBundle(file(`${release}/release.sigstore.json`));
    const digest = parseDigest('sha256:76f1fe8593bf227cca2c089e3c16dc95014a8d3e89c5dd220530469ca043c428');
    const verdict = (identity: Expectation | 'any', trust = root): Promise<string> =>
      verify(
        read,
        artifactOfDigest(digest),
        trust,
        policyFor(
          { kind: 'identity', identity, issuer: 'any', claims: [] },
          { thresholds: { signedCertificateTimestamps: 0, logEntries: 0, timestamps: 1 } },
        ),
        new Date('2026-11-23T12:00:00Z'),
      ).then(
        () => 'accept',
        (error: CountersignError) => error.code,
      );
    expect(await verdict(exactly('https://dotcom.releases.github.com'))).toBe('accept');
    expect(await verdict(exactly('https://acme.releases.github.com'))).toBe('IDENTITY_MISMATCH');
    expect(await verdict('any')).toBe('CERTIFICATE_INVALID');
    // Without the second certificate of its chain, nothing leads to the root.
    const without = root.certificateAuthorities.map((one) => ({
      ...one,
      chain: [one.chain[0], ...one.chain.slice(2)] as const,
    }));
    const name = exactly('https://dotcom.releases.github.com');
    expect(await verdict(name, { ...root, certificateAuthorities: without })).toBe('CERTIFICATE_UNTRUSTED');
  });

  test('one of cosign with an Ed25519 key, whose digest is an empty message, is accepted', async () => {
    const folder = 'cases/verify/ed25519-empty-digest';
    const bundle = readBundle(file(`${folder}/ed.sigstore.json`));
    const policy = managedKey(readPublicKeyPem(fileText(`${folder}/ed.pub`)), {
      thresholds: { signedCertificateTimestamps: 0, logEntries: 0, timestamps: 0 },
    });
    const trust = readTrustedRoot(file(publicGoodRoot));
    const found = (bytes: Uint8Array) => verify(bundle, artifactOfBytes(bytes), trust, policy, new Date());
    expect(await found(file(`${folder}/blob.txt`))).toMatchObject({ content: { kind: 'message-signature' } });
    await expect(found(new Uint8Array([1]))).rejects.toMatchObject({ code: 'SIGNATURE_INVALID' });
  });
});
