/** Summaries of real verifications: what they state, when none is written, and what they never replace. */

import { createHash } from 'node:crypto';
import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { exampleJob } from '../../../sandbox/index.ts';
import { parseJsonObject, utf8 } from '../../../src/core/encoding/index.ts';
import { readStatement } from '../../../src/core/statement/index.ts';
import { readBundle } from '../../../src/core/verify/index.ts';
import { policyUnder } from '../../../src/run/policy/index.ts';
import { signRun } from '../../../src/run/sign/index.ts';
import {
  demandOtherPaths,
  readSummaryOptions,
  type SummaryOptions,
  type SummaryPlan,
  type WrittenSummary,
  writeSummaries,
} from '../../../src/run/summary/index.ts';
import { type VerifyRequest, verifyFile, verifyRun } from '../../../src/run/verify/index.ts';
import { Workplace } from '../workplace.ts';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place[Symbol.asyncDispose]());
beforeEach(async () => {
  await place.reset();
  await place.write('app.txt', 'lib.txt');
  await signRun(place.request({ format: 'attestation' }), place.world());
});

const path = (name: string): string => join(place.folder, name);
const file = (name: string) => ({ kind: 'file', name, path: path(name) }) as const;
const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const resourceUri = 'https://example.com/app-1.2/';
const verifierId = 'https://example.com/verifier';

function plan(changes: Partial<SummaryOptions> = {}): SummaryPlan {
  const policy = { verifierId: [verifierId], resourceUri };
  const wanted = { vsaOut: path('vsa.json'), policy, vsaLevel: [], ...changes };
  const read = readSummaryOptions(wanted, '0.1.0');
  if (read === undefined) throw new Error('no summary is wanted');
  return read;
}

interface Run {
  readonly names?: readonly string[];
  readonly options?: Partial<SummaryOptions>;
  readonly isSigned?: boolean;
  readonly change?: (request: VerifyRequest) => VerifyRequest;
}

async function write({
  names = ['app.txt', 'lib.txt'],
  options,
  isSigned = false,
  change,
}: Run = {}): Promise<readonly WrittenSummary[]> {
  const world = place.world();
  const made = place.verification(names.map(file));
  const request = change === undefined ? made : change(made);
  const report = await verifyRun(request, world);
  const { places: _, ...signing } = place.request({}, world);
  const delivery = {
    places: { workspace: place.folder, bundleDirectory: undefined },
    signing: isSigned ? async () => signing : undefined,
  };
  return writeSummaries({ report, ...request }, plan(options), delivery, world);
}

const statementIn = async (name: string) => {
  const payload = utf8((await readFile(path(name), 'utf8')).trimEnd());
  return { statement: readStatement(payload), json: parseJsonObject(payload) };
};

describe('a summary of a verification that passed', () => {
  test('names the artifacts, the level that was proven, and the bundles', async () => {
    expect(await write()).toEqual([{ path: path('vsa.json'), kind: 'VSA', result: 'passed', isSigned: false }]);
    const { json } = await statementIn('vsa.json');
    expect(json).toEqual({
      _type: 'https://in-toto.io/Statement/v1',
      subject: ['app.txt', 'lib.txt'].map((name) => ({ name, digest: { sha256: sha256(`contents of ${name}\n`) } })),
      predicateType: 'https://slsa.dev/verification_summary/v1',
      predicate: {
        verifier: { id: verifierId, version: { countersign: '0.1.0' } },
        timeVerified: expect.stringMatching(/^2.*Z$/),
        resourceUri,
        policy: {
          uri: 'urn:countersign:policy-options:v1',
          digest: { sha256: sha256('{"instances":["sandbox"]}') },
        },
        inputAttestations: [
          {
            uri: 'attestation.sigstore.json',
            digest: { sha256: sha256(await readFile(path('attestation.sigstore.json'))) },
          },
        ],
        verificationResult: 'PASSED',
        verifiedLevels: ['SLSA_BUILD_LEVEL_2'],
        slsaVersion: '1.2',
      },
    });
  });

  test('has the lowest level of its artifacts: a signature without provenance proves none', async () => {
    await writeFile(path('plain.txt'), 'plain');
    await signRun(place.request({ subjects: { files: ['plain.txt'], checksums: [], digests: [] } }), place.world());
    await write({ names: ['app.txt', 'plain.txt'] });
    const { json } = await statementIn('vsa.json');
    expect(json).toMatchObject({ predicate: { verifiedLevels: ['SLSA_BUILD_LEVEL_UNEVALUATED'] } });
  });

  test('has the levels that the verifier adds: of a track that is proven, instead of the proven one', async () => {
    await write({ options: { vsaLevel: ['SLSA_SOURCE_LEVEL_3', 'EXAMPLE_APPROVED'] } });
    expect((await statementIn('vsa.json')).json).toMatchObject({
      predicate: { verifiedLevels: ['SLSA_BUILD_LEVEL_2', 'SLSA_SOURCE_LEVEL_3', 'EXAMPLE_APPROVED'] },
    });
    await write({ options: { vsaLevel: ['SLSA_BUILD_LEVEL_3'] } });
    expect((await statementIn('vsa.json')).json).toMatchObject({
      predicate: { verifiedLevels: ['SLSA_BUILD_LEVEL_3'] },
    });
  });

  test('names no bundles if the policy requires further attestations, whose bundles are not reported', async () => {
    const expected = [{ kind: 'exact', value: 'https://slsa.dev/provenance/v1' }] as const;
    const attestations = [{ type: 'slsaprovenance1', expected }];
    await write({ change: (request) => ({ ...request, policy: { ...request.policy, attestations } }) });
    const { json } = await statementIn('vsa.json');
    expect(json).toMatchObject({ predicate: { verificationResult: 'PASSED' } });
    expect(json?.predicate).not.toHaveProperty('inputAttestations');
  });

  test('is also written as an SVR', async () => {
    const written = await write({ options: { svrOut: path('svr.json') } });
    expect(written.map(({ kind }) => kind)).toEqual(['VSA', 'SVR']);
    expect((await statementIn('svr.json')).json).toMatchObject({
      predicateType: 'https://in-toto.io/attestation/svr/v0.2',
      predicate: {
        verifier: { id: verifierId, policies: [{ uri: 'urn:countersign:policy-options:v1' }] },
        properties: ['COUNTERSIGN_POLICY_MET', 'SLSA_BUILD_LEVEL_2'],
      },
    });
  });

  test('is signed with the identity of the run, and verifies for each artifact', async () => {
    const options = { svrOut: path('svr.json') };
    expect(await write({ options, isSigned: true })).toMatchObject([
      { kind: 'VSA', isSigned: true },
      { kind: 'SVR', isSigned: true },
    ]);
    const { policy, trust } = place.verification([]);
    const [root] = trust.roots;
    if (root === undefined) throw new Error('no root');
    for (const name of ['app.txt', 'lib.txt']) {
      for (const bundle of ['vsa.json', 'svr.json']) {
        const verdict = await verifyFile(
          path(name),
          path(bundle),
          root.trust,
          policyUnder(policy, root),
          place.world(),
        );
        expect(verdict.signer).toMatchObject({
          identity: { subjectAlternativeName: `https://github.com/${exampleJob.job_workflow_ref}` },
        });
      }
    }
  });
});

describe('of a verification that failed', () => {
  beforeEach(() => appendFile(path('lib.txt'), 'changed'));

  test('nothing is written, whatever was there stays, and no token is requested', async () => {
    await writeFile(path('vsa.json'), 'earlier');
    expect(await write({ isSigned: true, options: { svrOut: path('svr.json') } })).toEqual([]);
    expect(await readFile(path('vsa.json'), 'utf8')).toBe('earlier');
    expect(await place.list()).not.toContain('svr.json');
    expect(place.count('fulcio')).toBe(1);
  });

  test('a VSA that says so is written where it is wanted: about the artifacts that failed, without levels', async () => {
    const options = { vsaFailed: true, svrOut: path('svr.json'), vsaLevel: ['SLSA_BUILD_LEVEL_3'] };
    expect(await write({ options })).toMatchObject([{ kind: 'VSA', result: 'failed' }]);
    const { json } = await statementIn('vsa.json');
    expect(json).toMatchObject({
      subject: [{ name: 'lib.txt', digest: { sha256: sha256('contents of lib.txt\nchanged') } }],
      predicate: { verificationResult: 'FAILED', verifiedLevels: ['FAILED'] },
    });
    expect(await place.list()).not.toContain('svr.json');
  });

  test('of an artifact with bundles, the bundles that were examined are named', async () => {
    await write({
      options: { vsaFailed: true },
      change: (request) => ({
        ...request,
        bundles: { ...request.bundles, paths: [path('attestation.sigstore.json')] },
      }),
    });
    expect((await statementIn('vsa.json')).json).toMatchObject({
      subject: [{ name: 'lib.txt' }],
      predicate: { verificationResult: 'FAILED', inputAttestations: [{ uri: 'attestation.sigstore.json' }] },
    });
  });

  test('an artifact that cannot be read is in no summary', async () => {
    await rm(path('lib.txt'));
    expect(await write({ options: { vsaFailed: true } })).toEqual([]);
  });
});

test('an artifact of another signer never gets a summary that it passed', async () => {
  const other = {
    kind: 'exact',
    value: 'https://github.com/example-org/other/.github/workflows/x.yml@refs/heads/main',
  } as const;
  const change = (request: VerifyRequest): VerifyRequest => {
    const { signer } = request.policy;
    if (signer.kind !== 'identity') throw new Error('not an identity');
    return { ...request, policy: { ...request.policy, signer: { ...signer, identity: other } } };
  };
  expect(await write({ change })).toEqual([]);
  await write({ change, options: { vsaFailed: true, vsaLevel: ['SLSA_BUILD_LEVEL_3'] } });
  expect((await statementIn('vsa.json')).json).toMatchObject({ predicate: { verificationResult: 'FAILED' } });
});

test('more artifacts than a statement has subjects are refused', async () => {
  const name = 'app.txt';
  const world = place.world();
  const { policy, trust } = place.verification([file(name)]);
  const { results } = await verifyRun(place.verification([file(name)]), world);
  const [result] = results;
  if (result === undefined) throw new Error('no result');
  const report = { results: Array.from({ length: 1025 }, (_, at) => ({ ...result, artifact: `${at}` })), warnings: [] };
  const delivery = { places: { workspace: place.folder, bundleDirectory: undefined }, signing: undefined };
  await expect(writeSummaries({ report, artifacts: [], policy, trust }, plan(), delivery, world)).rejects.toMatchObject(
    {
      code: 'LIMIT_EXCEEDED',
    },
  );
});

test('a summary never replaces an artifact', () => {
  expect(() => demandOtherPaths(plan({ vsaOut: path('app.txt') }), [file('app.txt')])).toThrow(
    expect.objectContaining({ code: 'USAGE', message: expect.stringContaining('is an artifact to verify') }),
  );
  expect(() => demandOtherPaths(plan({ svrOut: path('app.txt') }), [file('app.txt')])).toThrow();
  expect(() => demandOtherPaths(plan(), [file('app.txt')])).not.toThrow();
});

describe('options', () => {
  test.each<[string, Partial<SummaryOptions>, string]>([
    ['without a verifier', { policy: { resourceUri } }, 'no verifier specified'],
    ['without a resource', { policy: { verifierId: [verifierId] } }, 'no resource URI specified'],
    ['with a verifier that is not a URI', { policy: { verifierId: ['me'], resourceUri } }, 'not a URI'],
    ['with a resource that is not a URI', { policy: { verifierId: [verifierId], resourceUri: 'app' } }, 'not a URI'],
    ['with a policy that is not a URI', { policyUri: 'policy.yml' }, 'not a URI'],
    ['with two levels of a track', { vsaLevel: ['SLSA_BUILD_LEVEL_1', 'SLSA_BUILD_LEVEL_2'] }, 'several levels'],
    ['with an unknown level', { vsaLevel: ['SLSA_BUILD_LEVEL_5'] }, 'not a level or property'],
    ['with one file for both', { svrOut: '/out/a', vsaOut: '/out/a' }, 'are the same file'],
    ['with failures in an SVR alone', { svrOut: '/out/a', vsaOut: undefined, vsaFailed: true }, 'requires `vsa-out`'],
    ['with several verifiers', { policy: { verifierId: [verifierId, 'a:b'], resourceUri } }, 'several verifiers'],
    ['with a VSA to accept', { policy: { verifierId: [verifierId], resourceUri, vsa: true } }, 'cannot be combined'],
    ['with a level to demand', { policy: { requireLevel: ['SLSA_BUILD_LEVEL_1'] } }, 'cannot be combined'],
    ['without a file', { vsaOut: undefined, policyUri: 'a:b' }, '`policy-uri` requires a file'],
    ['of signing without a file', { vsaOut: undefined, signVsa: true }, '`sign-vsa` requires a file'],
    ['of levels without a file', { vsaOut: undefined, vsaLevel: ['A'] }, '`vsa-level` requires a file'],
    ['of failures without a file', { vsaOut: undefined, vsaFailed: true }, '`vsa-failed` requires a file'],
  ])('%s are refused', (_, changes, message) => {
    expect(() => plan(changes)).toThrow(message);
  });

  test('of an SVR need no resource, and a URI of the policy replaces the default', async () => {
    const options = { vsaOut: undefined, svrOut: path('svr.json'), policy: { verifierId: [verifierId] } };
    await write({ options: { ...options, policyUri: 'https://example.com/policy.yml' } });
    expect((await statementIn('svr.json')).json).toMatchObject({
      predicate: { verifier: { policies: [{ uri: 'https://example.com/policy.yml' }] } },
    });
  });

  test('that want no summary are none', () => {
    expect(readSummaryOptions({ vsaLevel: [], policy: { verifierId: [verifierId] } }, '0.1.0')).toBeUndefined();
  });
});

test('a signed summary is a bundle, which is read as any other', async () => {
  await write({ isSigned: true });
  expect(readBundle(await readFile(path('vsa.json'), 'utf8')).content.kind).toBe('dsse-envelope');
});
