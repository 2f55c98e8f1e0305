/** The predicates that state the result of a verification. */

import { describe, expect, test } from '@jest/globals';
import { parseDigest } from '../../../src/core/crypto/index.ts';
import {
  readResourceUri,
  verificationResult,
  verificationSummary,
  verifiedLevels,
} from '../../../src/sign/predicates/index.ts';

const hex = 'ab'.repeat(32);
const uri = (text: string) => readResourceUri(text, 'resource-uri');
const policy = { uri: uri('https://example.com/policy.yml'), digest: parseDigest(`sha256:${hex}`) };
const verifier = { id: uri('https://example.com/verifier'), version: { countersign: '0.1.0' } };
const time = new Date('2026-11-30T12:00:00Z');
const levels = verifiedLevels(['SLSA_BUILD_LEVEL_2', 'SLSA_BUILD_REPRODUCED'], 'vsa-level');

describe('a verification summary', () => {
  const summary = {
    verifier,
    timeVerified: time,
    resourceUri: uri('https://example.com/app.tar.gz'),
    policy,
    inputAttestations: [policy],
    outcome: { kind: 'passed', levels },
  } as const;

  test('has the members of SLSA 1.2', () => {
    const described = { uri: 'https://example.com/policy.yml', digest: { sha256: hex } };
    expect(verificationSummary(summary)).toEqual({
      predicateType: 'https://slsa.dev/verification_summary/v1',
      predicate: {
        verifier: { id: 'https://example.com/verifier', version: { countersign: '0.1.0' } },
        timeVerified: '2026-11-30T12:00:00.000Z',
        resourceUri: 'https://example.com/app.tar.gz',
        policy: described,
        inputAttestations: [described],
        verificationResult: 'PASSED',
        verifiedLevels: ['SLSA_BUILD_LEVEL_2', 'SLSA_BUILD_REPRODUCED'],
        slsaVersion: '1.2',
      },
    });
  });

  test('of a failure has no level', () => {
    const { predicate } = verificationSummary({ ...summary, outcome: { kind: 'failed' } });
    expect(predicate).toMatchObject({ verificationResult: 'FAILED', verifiedLevels: ['FAILED'] });
  });

  test('omits attestations that are not all known', () => {
    const { predicate } = verificationSummary({ ...summary, inputAttestations: undefined });
    expect(predicate).not.toHaveProperty('inputAttestations');
  });
});

test('a verification result has the members of version 0.2', () => {
  expect(verificationResult({ verifier, policies: [policy], timeCreated: time, properties: levels })).toEqual({
    predicateType: 'https://in-toto.io/attestation/svr/v0.2',
    predicate: {
      verifier: {
        id: 'https://example.com/verifier',
        policies: [{ uri: 'https://example.com/policy.yml', digest: { sha256: hex } }],
      },
      timeCreated: '2026-11-30T12:00:00.000Z',
      properties: ['SLSA_BUILD_LEVEL_2', 'SLSA_BUILD_REPRODUCED'],
    },
  });
});

test('two levels of one track are refused', () => {
  expect(() => verifiedLevels(['SLSA_BUILD_LEVEL_2', 'SLSA_BUILD_LEVEL_3'], 'vsa-level')).toThrow(
    '`vsa-level` has several levels of the build track of SLSA',
  );
  expect(() => verifiedLevels(['FAILED'], 'vsa-level')).toThrow(expect.objectContaining({ code: 'POLICY_INVALID' }));
});

test.each(['', 'app.tar.gz', 'https:', 'https://a b', '//example.com/app', '1x:y', 'https://example.com/\u0007'])(
  'the URI %j is refused',
  (text) => {
    expect(() => readResourceUri(text, 'resource-uri')).toThrow(
      expect.objectContaining({ code: 'USAGE', message: expect.stringContaining('`resource-uri`') }),
    );
  },
);
