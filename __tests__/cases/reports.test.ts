/** Bundles of others that bug reports are about. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { policyFor } from '../../src/core/policy/index.ts';
import {
  artifactOfBytes,
  artifactOfDigest,
  artifactOfRelease,
  type CountersignError,
  type Expectation,
  exactly,
  examine,
  managedKey,
  parseDigest,
  type ReleaseExpectation,
  readBundle,
  readPublicKeyPem,
  readTrustedRoot,
  verify,
} from '../../src/core/verify/index.ts';
import { type Case, outcome } from './kit/outcome.ts';
import { placeWith } from './kit/place.ts';

const at = (path: string): string => join(placeWith('reports'), path);
const bytes = (path: string): Uint8Array => new Uint8Array(readFileSync(at(path)));
const root = (name: string): string =>
  fileURLToPath(new URL(`../fixtures/roots/${name}.trusted_root.json`, import.meta.url));

describe('bundles from bug reports', () => {
  test('one of 2023 that carries its root certificate is accepted', async () => {
    const bundle = at('bundle-root-cert/provenance.intoto.sigstore');
    const { payload } = JSON.parse(readFileSync(bundle, 'utf8')).dsseEnvelope;
    const [{ digest }] = JSON.parse(Buffer.from(payload, 'base64').toString()).subject;
    const workflow = 'slsa-framework/slsa-github-generator/.github/workflows/builder_container-based_slsa3.yml';
    const one: Case = {
      bundle,
      target: `sha256:${digest.sha256}`,
      trustedRoot: root('public-good'),
      identity: `https://github.com/${workflow}@refs/tags/v1.7.0`,
      issuer: 'https://token.actions.githubusercontent.com',
    };
    expect(await outcome(one)).toBe('accept');
    expect(await outcome({ ...one, target: `sha256:${'0'.repeat(64)}` })).toBe('ARTIFACT_MISMATCH');
    expect(await outcome({ ...one, trustedRoot: at('github-release-attestation/github.trusted_root.json') })).not.toBe(
      'accept',
    );
  });

  test('the attestation of a GitHub release is accepted under the second certificate of each chain', async () => {
    const trusted = readTrustedRoot(bytes('github-release-attestation/github.trusted_root.json'));
    const read = readBundle(bytes('github-release-attestation/release.sigstore.json'));
    const digest = parseDigest('sha256:76f1fe8593bf227cca2c089e3c16dc95014a8d3e89c5dd220530469ca043c428');
    const verdict = (identity: Expectation | 'any', trust = trusted): Promise<string> =>
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
    const without = trusted.certificateAuthorities.map((one) => ({
      ...one,
      chain: [one.chain[0], ...one.chain.slice(2)] as const,
    }));
    const name = exactly('https://dotcom.releases.github.com');
    expect(await verdict(name, { ...trusted, certificateAuthorities: without })).toBe('CERTIFICATE_UNTRUSTED');
  });

  test('the attestation of a GitHub release is that of its tag and its files, and of no other release', async () => {
    const trust = readTrustedRoot(bytes('github-release-attestation/github.trusted_root.json'));
    const read = readBundle(bytes('github-release-attestation/release.sigstore.json'));
    const file = artifactOfDigest(
      parseDigest('sha256:76f1fe8593bf227cca2c089e3c16dc95014a8d3e89c5dd220530469ca043c428'),
    );
    const signer = {
      kind: 'identity',
      identity: exactly('https://dotcom.releases.github.com'),
      issuer: 'none',
      claims: [],
    } as const;
    const thresholds = { signedCertificateTimestamps: 0, logEntries: 0, timestamps: 1 };
    const known: ReleaseExpectation = { repository: 'jdx/communique', tag: 'v0.1.9' };
    const verdict = async (release: ReleaseExpectation, artifact = artifactOfRelease()) => {
      const policy = policyFor(signer, { content: { release }, thresholds });
      const { verdict: found, failure } = await examine(
        read,
        artifact,
        trust,
        policy,
        new Date('2026-11-23T12:00:00Z'),
      );
      return failure?.code ?? found?.content;
    };
    const commit = '43d0bd191f16d1fe3484a4b58aa69118f7692442';
    expect(await verdict(known)).toMatchObject({ kind: 'release', release: { commit, assets: { length: 5 } } });
    expect(await verdict(known, file)).toMatchObject({ subject: { name: 'communique-aarch64-apple-darwin.tar.gz' } });
    const exact = { ...known, commits: [commit], repositoryIds: ['1155542902'], ownerIds: ['216188'] };
    expect(await verdict(exact)).toMatchObject({ kind: 'release' });
    for (const change of [{ tag: 'v0.1.8' }, { repository: 'jdx/mise' }, { commits: ['0'.repeat(40)] }])
      for (const artifact of [artifactOfRelease(), file])
        expect(await verdict({ ...known, ...change }, artifact)).toBe('RELEASE_MISMATCH');
    expect(await verdict(known, artifactOfBytes(new Uint8Array()))).toBe('ARTIFACT_MISMATCH');
  });

  test('one of cosign with an Ed25519 key, whose digest is an empty message, is accepted', async () => {
    const bundle = readBundle(bytes('ed25519-empty-digest/ed.sigstore.json'));
    const policy = managedKey(readPublicKeyPem(readFileSync(at('ed25519-empty-digest/ed.pub'), 'utf8')), {
      thresholds: { signedCertificateTimestamps: 0, logEntries: 0, timestamps: 0 },
    });
    const trust = readTrustedRoot(new Uint8Array(readFileSync(root('public-good'))));
    const found = (artifact: Uint8Array) => verify(bundle, artifactOfBytes(artifact), trust, policy, new Date());
    expect(await found(bytes('ed25519-empty-digest/blob.txt'))).toMatchObject({
      content: { kind: 'message-signature' },
    });
    await expect(found(new Uint8Array([1]))).rejects.toMatchObject({ code: 'SIGNATURE_INVALID' });
  });
});
