/** FEATURES.md, C12: verification summaries of the source track of SLSA 1.2, which are about Git commits. */

import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { exampleJob } from '../../sandbox/index.ts';
import { parseCommit } from '../../src/core/crypto/index.ts';
import { utf8 } from '../../src/core/encoding/index.ts';
import { artifactOutcomes } from '../../src/report/index.ts';
import { loadPolicy, type PolicyRequest } from '../../src/run/policy/index.ts';
import { signStatement } from '../../src/run/sign/index.ts';
import { verifyRun } from '../../src/run/verify/index.ts';
import { Workplace } from '../run/workplace.ts';

const commit = '9a04d1ee393b5be2773b1ce204f61fe0fd02366a';
const verifierId = 'https://example.com/source-verifier';
const resourceUri = 'git+https://example.com/example-org/app';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place[Symbol.asyncDispose]());

interface Changes {
  readonly digest?: object;
  readonly annotations?: object;
  readonly predicate?: object;
}

/** Signs a summary of a commit, as a source control system does. */
async function summary({ digest = { gitCommit: commit }, annotations, predicate = {} }: Changes = {}): Promise<string> {
  const statement = utf8(
    JSON.stringify({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [
        {
          uri: `https://example.com/example-org/app/commit/${commit}`,
          digest,
          annotations: annotations ?? { sourceRefs: ['refs/heads/main'] },
        },
      ],
      predicateType: 'https://slsa.dev/verification_summary/v1',
      predicate: {
        verifier: { id: verifierId },
        timeVerified: new Date().toISOString(),
        resourceUri,
        policy: { uri: 'https://example.com/policy' },
        verificationResult: 'PASSED',
        verifiedLevels: ['SLSA_SOURCE_LEVEL_3', 'SLSA_SOURCE_TWO_PARTY_REVIEWED'],
        ...predicate,
      },
    }),
  );
  const world = place.world();
  const bundlePath = join(place.folder, 'source.sigstore.json');
  await signStatement({ ...place.request({}, world), statement, bundlePath }, world);
  return bundlePath;
}

/** Verifies a commit by a summary; returns the code of the refusal. */
async function verify(bundle: string, request: PolicyRequest = {}, id = commit): Promise<string | undefined> {
  const policy = await loadPolicy(
    {
      certificateIdentity: `https://github.com/${exampleJob.job_workflow_ref}`,
      certificateOidcIssuer: place.sandbox.urls.jobIssuer,
      vsa: true,
      verifierId: [verifierId],
      resourceUri,
      requireLevel: ['SLSA_SOURCE_LEVEL_2'],
      ...request,
    },
    place.world(),
  );
  const artifact = { kind: 'digest', name: `gitCommit:${id}`, digest: parseCommit(`gitCommit:${id}`) } as const;
  const report = await verifyRun({ ...place.verification([artifact], { bundles: [bundle] }), policy }, place.world());
  return artifactOutcomes(report)[0]?.failure?.code;
}

describe('C12 SLSA 1.2 source-track VSA', () => {
  test('a commit passes by its summary: a higher level, a property and a ref', async () => {
    const bundle = await summary();
    expect(await verify(bundle)).toBeUndefined();
    expect(
      await verify(bundle, { requireLevel: ['SLSA_SOURCE_LEVEL_3', 'SLSA_SOURCE_TWO_PARTY_REVIEWED'] }),
    ).toBeUndefined();
    expect(await verify(bundle, { vsaSourceRef: ['refs/heads/main', 'refs/heads/next'] })).toBeUndefined();
    expect(await verify(bundle, { maxAge: '1h' })).toBeUndefined();
    expect(await verify(bundle, {}, commit.toUpperCase())).toBeUndefined();
  });

  test('a demand of more is not met', async () => {
    const bundle = await summary();
    expect(await verify(bundle, { requireLevel: ['SLSA_SOURCE_LEVEL_4'] })).toBe('PREDICATE_MISMATCH');
    expect(await verify(bundle, { requireLevel: ['SLSA_BUILD_LEVEL_1'] })).toBe('PREDICATE_MISMATCH');
    expect(await verify(bundle, { vsaSourceRef: ['refs/heads/next'] })).toBe('PREDICATE_MISMATCH');
    expect(await verify(bundle, { resourceUri: 'git+https://example.com/example-org/other' })).toBe(
      'PREDICATE_MISMATCH',
    );
  });

  test.each<[string, Changes, string]>([
    ['of another commit', { digest: { gitCommit: '0'.repeat(40) } }, 'ARTIFACT_MISMATCH'],
    [
      'that failed',
      { predicate: { verificationResult: 'FAILED', verifiedLevels: ['SLSA_SOURCE_LEVEL_3'] } },
      'PREDICATE_MISMATCH',
    ],
    [
      'with two levels of the track',
      { predicate: { verifiedLevels: ['SLSA_SOURCE_LEVEL_3', 'SLSA_SOURCE_LEVEL_2'] } },
      'STATEMENT_INVALID',
    ],
    ['that is too old', { predicate: { timeVerified: '2020-01-01T00:00:00Z' } }, 'PREDICATE_MISMATCH'],
    ['that does not state its time', { predicate: { timeVerified: null } }, 'PREDICATE_MISMATCH'],
    ['without refs', { annotations: {} }, 'PREDICATE_MISMATCH'],
  ])('a summary %s is refused', async (_, changes, code) => {
    const bundle = await summary(changes);
    expect(await verify(bundle, { vsaSourceRef: ['refs/heads/main'], maxAge: '1h' })).toBe(code);
  });

  test('a commit of SHA-256 passes too', async () => {
    const long = commit.padEnd(64, '0');
    expect(await verify(await summary({ digest: { gitCommit: long } }), {}, long)).toBeUndefined();
  });

  test('the ID of a commit is not the hash of a file', async () => {
    const long = commit.padEnd(64, '0');
    expect(await verify(await summary({ digest: { sha256: long } }), {}, long)).toBe('ARTIFACT_MISMATCH');
  });

  test('a subject with an invalid ID is about no commit', async () => {
    const bundle = await summary({ digest: { gitCommit: commit.slice(1), sha256: '00'.repeat(32) } });
    expect(await verify(bundle)).toBe('ARTIFACT_MISMATCH');
  });
});
