/** Older bundles that others signed in production, upgraded offline: those with proofs to bundles that prove the same, the others not. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { differentPart, readBundle } from '../../../src/core/bundle/index.ts';
import { parseDigest } from '../../../src/core/crypto/index.ts';
import { fail } from '../../../src/core/errors/index.ts';
import { defaultThresholds, exactIdentity } from '../../../src/core/policy/index.ts';
import { artifactOfBytes, artifactOfDigest, readTrustedRoot } from '../../../src/core/verify/index.ts';
import { upgradeSignature } from '../../../src/run/upgrade/index.ts';

export interface OlderBundle {
  readonly id: string;
  readonly expected: string;
  readonly mediaType: string;
  readonly bundle: string;
  readonly target: string | null;
  readonly trusted_root: string;
  readonly identity: string | null;
  readonly issuer: string | null;
}

/** Returns those of an earlier version whose artifact and signer are known. */
export const olderOnes = (bundles: readonly OlderBundle[]): readonly OlderBundle[] =>
  bundles.filter(
    ({ expected, mediaType, target, identity, issuer }) =>
      expected === 'accept' &&
      /version=0\.[12]$/.test(mediaType) &&
      target !== null &&
      identity !== null &&
      issuer !== null,
  );

/** Upgrades a bundle without a network, and expects the same proof, or that the missing proof is reported. */
export async function expectUpgrade(one: OlderBundle, real: string): Promise<void> {
  const old = readBundle(readFileSync(join(real, one.bundle)));
  const target = one.target ?? '';
  const artifact = target.startsWith('sha')
    ? artifactOfDigest(parseDigest(target))
    : artifactOfBytes(readFileSync(join(real, target)));
  const trust = readTrustedRoot(readFileSync(join(real, one.trusted_root)));
  const choice = { instance: 'custom', trust, thresholds: defaultThresholds, sandbox: 'refuse' } as const;
  const policy = exactIdentity(one.identity ?? '', one.issuer ?? '');
  const http = async () => fail('NETWORK_UNAVAILABLE', 'there is no network');
  const upgraded = upgradeSignature(old, artifact, [{ choice, policy }], { http, clock: () => new Date() });
  if (old.logEntries.some(({ inclusionProof }) => inclusionProof === undefined)) {
    await expect(upgraded).rejects.toMatchObject({ code: 'NETWORK_UNAVAILABLE' });
    return;
  }
  const result = await upgraded;
  if (result.kind !== 'upgraded') throw new Error('not upgraded');
  expect(differentPart(old, readBundle(result.text))).toBeUndefined();
}
