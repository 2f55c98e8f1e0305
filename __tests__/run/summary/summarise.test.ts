/** Summaries of images, which are verified as a whole or by each of their platforms. */

import { expect, test } from '@jest/globals';
import { type Digest, digest, formatDigest } from '../../../src/core/crypto/index.ts';
import { utf8 } from '../../../src/core/encoding/index.ts';
import { pathWithin, type SignerPolicy } from '../../../src/core/policy/index.ts';
import type { VerificationResult } from '../../../src/report/index.ts';
import { summarise } from '../../../src/run/summary/summarise.ts';
import { verifiedLevels } from '../../../src/sign/predicates/index.ts';
import { type Changes, issuer, source, verdict } from './verdict.ts';

const policy: SignerPolicy = { kind: 'identity', identity: pathWithin(source), issuer, claims: [] };
const digestOf = (text: string): Digest => digest('sha256', utf8(text));
const [index, amd, arm] = [digestOf('index'), digestOf('amd'), digestOf('arm')];

/** The result of a bundle about the image, or about one of its platforms. */
function verified(about: Digest, changes: Changes = {}): VerificationResult {
  const isWhole = about === index;
  return {
    artifact: 'registry.example/app:v1',
    digest: formatDigest(index),
    image: { reference: `registry.example/app@${formatDigest(index)}` },
    bundle: `registry.example/app@${formatDigest(about)}`,
    ...(!isWhole && { part: { digest: formatDigest(about), platform: undefined, attestationManifest: undefined } }),
    criteria: [],
    failure: undefined,
    verdict: verdict({ ...changes, digest: about }),
  };
}

const selfHosted = { claims: { sourceRepositoryUri: source, runnerEnvironment: 'self-hosted' } };
const summaryOf = (...results: readonly VerificationResult[]) =>
  summarise({ results, warnings: [] }, policy, verifiedLevels([], 'vsa-level'), new Map());

test.each([
  ['as a whole', [verified(index)]],
  ['by each of its platforms', [verified(amd), verified(arm)]],
])('an image that is verified %s is the subject', (_, results) => {
  const summary = summaryOf(...results);
  expect(summary?.subjects.map(({ digests }) => digests.map(formatDigest))).toEqual([[formatDigest(index)]]);
  expect(summary?.outcome).toEqual({ kind: 'passed', levels: ['SLSA_BUILD_LEVEL_2'] });
});

test.each([
  ['the first', [verified(amd, selfHosted), verified(arm)]],
  ['the last', [verified(amd), verified(arm, selfHosted)]],
])('the level is that of the platform of which the least is proven: %s', (_, results) => {
  expect(summaryOf(...results)?.outcome).toEqual({ kind: 'passed', levels: ['SLSA_BUILD_LEVEL_1'] });
});

test('of several bundles of a platform, the best counts', () => {
  const results = [verified(amd, selfHosted), verified(amd), verified(arm)];
  expect(summaryOf(...results)?.outcome).toEqual({ kind: 'passed', levels: ['SLSA_BUILD_LEVEL_2'] });
});
