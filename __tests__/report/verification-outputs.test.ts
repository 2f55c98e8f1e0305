/** Checks the outputs of a verification, which stay within GitHub's limits. */

import { beforeAll, describe, expect, test } from '@jest/globals';
import { CountersignError } from '../../src/core/errors/index.ts';
import { artifactOfBytes, examine } from '../../src/core/verify/index.ts';
import {
  identities,
  notExamined,
  resultsJson,
  type VerificationReport,
  type VerificationResult,
} from '../../src/report/index.ts';
import { artifact, Instance, identity, issuer, now, policy } from '../kit/instance.ts';

let verified: VerificationResult;
beforeAll(async () => {
  const instance = new Instance();
  const report = await examine(instance.sign(), artifactOfBytes(artifact), instance.trust(), policy, now);
  verified = { artifact: 'app', digest: 'sha256:00', bundle: 'app.sigstore.json', ...report };
});

function missing(name: string): VerificationResult {
  const failure = new CountersignError('BUNDLE_MISSING', 'there is none');
  return { artifact: name, digest: undefined, bundle: undefined, ...notExamined(failure) };
}

const report = (...results: readonly VerificationResult[]): VerificationReport => ({ results, warnings: [] });

describe('results', () => {
  test('have one of each artifact, whatever came of it', () => {
    expect(JSON.parse(resultsJson(report(verified, missing('b'))))).toEqual([
      {
        artifact: 'app',
        digest: 'sha256:00',
        verified: true,
        code: null,
        bundle: 'app.sigstore.json',
        identity,
        issuer,
      },
      {
        artifact: 'b',
        digest: null,
        verified: false,
        code: 'BUNDLE_MISSING',
        bundle: null,
        identity: null,
        issuer: null,
      },
    ]);
  });

  test('have the bundle that verifies, where another one does not', () => {
    const broken = { ...missing('app'), bundle: 'broken.sigstore.json' };
    expect(JSON.parse(resultsJson(report(broken, verified)))).toMatchObject([
      { verified: true, code: null, bundle: 'app.sigstore.json', identity },
    ]);
  });
});

describe('identities', () => {
  test('are those of what is verified, once each', () => {
    const other = { ...verified, artifact: 'b' };
    expect(identities(report(verified, other, missing('c')))).toEqual([identity]);
    expect(identities(report(missing('c')))).toEqual([]);
  });
});
