/** The age of a signature, which is counted from the beginning of its certificate. */

import { describe, expect, test } from '@jest/globals';
import { generateSigningKey } from '../../../../sandbox/index.ts';
import { digest } from '../../../../src/core/crypto/index.ts';
import { artifactOfDigest, examine, type Policy } from '../../../../src/core/verify/index.ts';
import { artifact, Instance, now, policy, policyOfKey } from '../../../kit/instance.ts';
import { expectRejection } from '../../errors/failure.ts';

const instance = new Instance();
const trust = instance.trust();
const known = artifactOfDigest(digest('sha256', artifact));
const day = 86_400_000;

async function examined(maxAge: number, later: number, bundle = instance.sign()) {
  const at = new Date(now.getTime() + later);
  const { criteria, failure } = await examine(bundle, known, trust, { ...policy, maxAge }, at);
  const age = criteria.find(({ name }) => name === 'age');
  return [failure?.code, age?.outcome, age?.expected, age?.found];
}

describe('a signature', () => {
  test('is young enough until the limit', async () => {
    expect(await examined(30 * day, 29 * day)).toEqual([
      undefined,
      'pass',
      'at most 30d',
      expect.stringMatching(/^29d/),
    ]);
    expect(await examined(day, 0)).toEqual([undefined, 'pass', 'at most 1d', expect.any(String)]);
  });

  test('is too old after it', async () => {
    expect(await examined(30 * day, 30 * day + 1000)).toEqual([
      'SIGNATURE_TOO_OLD',
      'fail',
      'at most 30d',
      expect.stringMatching(/^the certificate was issued at .*Z, 30d .*ago; expected at most 30d$/),
    ]);
  });

  test('is not made younger by another timestamp', async () => {
    // The certificate is valid for ten minutes, and the timestamp is from its end.
    const bundle = instance.sign();
    const stamped = instance.stamped(bundle.content.signature, { genTime: new Date(now.getTime() + 9 * 60_000) });
    const again = { ...bundle, timestamps: [stamped] };
    const [code, outcome] = await examined(3_600_000, 3_600_000 + 5 * 60_000, again);
    expect([code, outcome]).toEqual(['SIGNATURE_TOO_OLD', 'fail']);
  });

  test('has no age where its identity is not proven', async () => {
    const { criteria } = await examine(
      { ...instance.sign(), signer: { kind: 'public-key', hint: 'x' } },
      known,
      trust,
      { ...policy, maxAge: day },
      now,
    );
    expect(criteria.find(({ name }) => name === 'age')).toMatchObject({ outcome: 'not-checked' });
  });

  test('of a key has no age', async () => {
    const key = generateSigningKey('P-256');
    const bundle = instance.sign({ key, managed: true });
    await expectRejection(
      () => examine(bundle, known, trust, policyOfKey(key, { maxAge: day }), now),
      'POLICY_INVALID',
      /^policy\.maxAge requires a certificate/,
    );
  });
});

test.each<[unknown]>([[0], [-1], [1.5], [Number.NaN], [Number.POSITIVE_INFINITY], ['30d'], [null]])(
  '%p is no limit',
  async (maxAge) => {
    const untyped = { ...policy, maxAge: maxAge as number } satisfies Policy;
    await expectRejection(
      () => examine(instance.sign(), known, trust, untyped, now),
      'POLICY_INVALID',
      /^policy\.maxAge is not a positive integer$/,
    );
  },
);
