/** Bundles that others signed in production, 2022 to 2026. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parseDigest } from '../../src/core/crypto/index.ts';
import type { ErrorCode } from '../../src/core/errors/index.ts';
import { type Case, outcome } from './kit/outcome.ts';
import { placeWith } from './kit/place.ts';
import { runVerdict } from './kit/run-verdict.ts';
import { expectUpgrade, olderOnes } from './kit/upgrade.ts';

interface RealBundle {
  readonly mediaType: string;
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

const real = placeWith('real');
const bundles: readonly RealBundle[] = JSON.parse(readFileSync(join(real, 'index.json'), 'utf8'));
const expecting = (expected: RealBundle['expected']) => bundles.filter((one) => one.expected === expected);

function caseOf({ bundle, target, trusted_root, identity, issuer, key }: RealBundle): Case {
  const path = (relative: string) => join(real, relative);
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

test("a bundle of GitHub's own instance is accepted by a whole run that names this instance, and by no other", async () => {
  const one = expecting('accept-github-tsa-only')[0];
  if (one === undefined) throw new Error('there is no such bundle');
  const name = one.target ?? '';
  const artifact = { kind: 'digest', name, digest: parseDigest(name) } as const;
  const policy = { repo: 'actions/attest-demo', certificateIdentity: one.identity ?? '' };
  const verdict = (instance: 'github' | 'public-good') =>
    runVerdict(artifact, join(real, one.bundle), policy, join(real, one.trusted_root), instance);
  expect(await verdict('github')).toBe('accepted');
  expect(await verdict('public-good')).toBe('SCT_MISSING');
});

describe('real bundles of earlier versions, without a network', () => {
  test.each(olderOnes(bundles).map((one) => [one.id, one] as const))('%s is upgraded if it has a proof', (_, one) =>
    expectUpgrade(one, real),
  );
});
