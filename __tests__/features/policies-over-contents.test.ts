/** Policies over contents, from options and policy files to the report: builders, sources, further attestations, and ages. */

import * as files from 'node:fs/promises';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { exampleJob, jobIdentity, startSandbox } from '../../sandbox/index.ts';
import { type Bundle, writeBundle } from '../../src/core/bundle/index.ts';
import { digest } from '../../src/core/crypto/index.ts';
import { encodeHex, type JsonObject, utf8 } from '../../src/core/encoding/index.ts';
import {
  artifactOutcomes,
  type VerificationReport,
  verificationJson,
  verificationText,
} from '../../src/report/index.ts';
import { loadPolicy, loadTrust, type PolicyRequest } from '../../src/run/policy/index.ts';
import { type Verifiable, verifyRun } from '../../src/run/verify/index.ts';
import { verifiableImage } from '../../src/run/verify/verify-image.ts';
import { openHttp } from '../../src/services/http/index.ts';
import { githubProvenance } from '../../src/sign/predicates/provenance-github.ts';
import { failure as failureOfStep, Job, lastStep } from '../action/job.ts';
import { countersign } from '../cli/command.ts';
import { claims, Instance, identity, issuer, now } from '../kit/instance.ts';
import { registriesFor } from '../kit/registries.ts';
import { SignedImages } from '../kit/signed-images.ts';

const signer = { certificateIdentity: identity, certificateOidcIssuer: issuer };
const provenance = 'https://slsa.dev/provenance/v1';
const spdx = 'https://spdx.dev/Document/v2.3';
const cyclonedx = 'https://cyclonedx.org/bom';
const app = 'the application';
const builder = `https://github.com/${exampleJob.job_workflow_ref}`;
const buildType = 'https://actions.github.io/buildtypes/workflow/v1';

const instance = new Instance();
let folder: string;
let workspace: string;
let trustedRoot: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-contents-'));
  trustedRoot = join(folder, 'trusted_root.json');
  await writeFile(trustedRoot, JSON.stringify(instance.trustedRoot()));
});
beforeEach(async () => {
  workspace = await mkdtemp(join(folder, 'workspace-'));
  await write({ 'app.tgz': app });
});
afterAll(() => rm(folder, { recursive: true }));

async function write(contents: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, content] of Object.entries(contents)) {
    await mkdir(dirname(join(workspace, name)), { recursive: true });
    await writeFile(join(workspace, name), content);
  }
}

type Leaf = NonNullable<Parameters<Instance['attest']>[1]>['leaf'];

/** Returns a bundle with a statement about a text. */
function attested(predicateType: string, predicate: JsonObject = {}, leaf?: Leaf, about = app): string {
  const subject = [{ name: 'app.tgz', digest: { sha256: encodeHex(digest('sha256', utf8(about)).bytes) } }];
  const statement = { _type: 'https://in-toto.io/Statement/v1', subject, predicateType, predicate };
  return text(instance.attest(utf8(JSON.stringify(statement)), leaf === undefined ? {} : { leaf }));
}

function text(bundle: Bundle): string {
  return Buffer.from(writeBundle(bundle)).toString();
}

const github = githubProvenance(claims, 'https://github.com');
/** The name of another workflow, in a certificate of the same authority. */
const stranger: Leaf = {
  subjectAlternativeNames: {
    critical: true,
    names: [
      {
        kind: 'uniformResourceIdentifier',
        value: 'https://github.com/stranger/app/.github/workflows/x.yml@refs/heads/main',
      },
    ],
  },
};

interface Run {
  readonly policy?: PolicyRequest;
  readonly artifact?: Verifiable;
  readonly bundles?: readonly string[];
  readonly directory?: string;
  readonly clock?: Date;
}

async function run({ policy = {}, artifact, bundles = [], directory, clock = now }: Run): Promise<VerificationReport> {
  const world = {
    files,
    clock: () => clock,
    cancellation: new AbortController().signal,
    random: (length: number) => new Uint8Array(length),
    http: () => Promise.reject(new Error('asked the network')),
  };
  const places = { workspace, paths: bundles.map((path) => join(workspace, path)) };
  return verifyRun(
    {
      artifacts: [artifact ?? { kind: 'file', name: 'app.tgz', path: join(workspace, 'app.tgz') }],
      bundles: { ...places, directory: directory === undefined ? undefined : join(workspace, directory) },
      policy: await loadPolicy(policy.policy === undefined ? { ...signer, ...policy } : policy, world),
      trust: await loadTrust({ name: 'sandbox', purpose: 'verify', trustedRoot }, world),
      concurrency: 1,
    },
    world,
  );
}

/** Returns the code of the failure, or `verified`. */
const outcome = (report: VerificationReport): string => artifactOutcomes(report)[0]?.failure?.code ?? 'verified';
const verified = async (request: Run): Promise<string> => outcome(await run(request));

/** Returns the criteria of a name in a report, as `outcome: found`. */
function criteria({ results }: VerificationReport, name: string): readonly string[] {
  return results.flatMap((one) =>
    one.criteria.filter((criterion) => criterion.name === name).map(({ outcome, found }) => `${outcome}: ${found}`),
  );
}

describe('the builder and the build type', () => {
  beforeEach(() => write({ 'app.tgz.sigstore.json': attested(provenance, github) }));

  test('are demanded by options', async () => {
    const report = await run({ policy: { builderId: [builder], buildType: [buildType] } });
    expect(outcome(report)).toBe('verified');
    expect(criteria(report, 'builder-id')).toEqual([`pass: ${builder}`]);
    expect(criteria(report, 'build-type')).toEqual([`pass: ${buildType}`]);
    expect(await verified({ policy: { builderId: [`${builder}x`] } })).toBe('PREDICATE_MISMATCH');
    expect(await verified({ policy: { buildType: ['https://example.test/type'] } })).toBe('PREDICATE_MISMATCH');
  });

  test('are demanded by a policy file', async () => {
    const yaml = (build: string): string =>
      `policy:\n  certificate-identity: ${identity}\n  certificate-oidc-issuer: ${issuer}\n  builder-id: ${builder}\n  build-type: ${build}\n  max-age: 30d\n`;
    await write({ 'right.yml': yaml(buildType), 'wrong.yml': yaml('https://example.test/type') });
    expect(await verified({ policy: { policy: join(workspace, 'right.yml') } })).toBe('verified');
    expect(await verified({ policy: { policy: join(workspace, 'wrong.yml') } })).toBe('PREDICATE_MISMATCH');
  });

  test('are not in an SBOM, whatever it states', async () => {
    await write({ 'app.tgz.sigstore.json': attested(spdx, github) });
    expect(await verified({ policy: { builderId: [builder] } })).toBe('PREDICATE_TYPE_MISMATCH');
    expect(await verified({ policy: { buildType: [buildType] } })).toBe('PREDICATE_TYPE_MISMATCH');
  });
});

describe('the source in provenance', () => {
  test('may not contradict the certificate, whatever is demanded', async () => {
    const evil = {
      ...claims,
      repository: 'evil/app',
      workflow_ref: claims.workflow_ref.replace(claims.repository, 'evil/app'),
    };
    await write({ 'app.tgz.sigstore.json': attested(provenance, githubProvenance(evil, 'https://github.com')) });
    const report = await run({});
    expect(outcome(report)).toBe('PROVENANCE_MISMATCH');
    expect(criteria(report, 'provenance')).toEqual([
      expect.stringMatching(
        /^fail: the provenance contradicts the certificate: it states the repository "https:\/\/github\.com\/evil\/app"/,
      ),
    ]);
    for (const policy of [{ predicateType: provenance }, { builderId: [builder] }])
      expect(await verified({ policy })).toBe('PROVENANCE_MISMATCH');
  });

  test('is the repository that calls a reusable workflow, and the builder the workflow', async () => {
    const called = { ...claims, job_workflow_ref: 'example-org/builders/.github/workflows/build.yml@refs/tags/v1' };
    const bundle = (stated: typeof claims): string =>
      attested(provenance, githubProvenance(stated, 'https://github.com'), jobIdentity(called));
    await write({ 'app.tgz.sigstore.json': bundle(called) });
    const policy = { certificateIdentity: `https://github.com/${called.job_workflow_ref}` };
    expect(
      await verified({ policy: { ...policy, builderId: [`https://github.com/${called.job_workflow_ref}`] } }),
    ).toBe('verified');
    await write({ 'app.tgz.sigstore.json': bundle(claims) });
    expect(await verified({ policy })).toBe('PROVENANCE_MISMATCH');
  });
});

describe('a further attestation', () => {
  const sbom = { requireAttestation: ['sbom'] };

  test.each([
    ['SPDX', spdx],
    ['SPDX without a version', 'https://spdx.dev/Document'],
    ['CycloneDX', cyclonedx],
  ])('may be an SBOM of %s beside the artifact', async (_, type) => {
    await write({ 'app.tgz.sigstore.jsonl': [attested(provenance, github), attested(type)].join('\n') });
    const report = await run({ policy: { predicateType: provenance, ...sbom }, bundles: ['app.tgz.sigstore.jsonl'] });
    expect(outcome(report)).toBe('verified');
    expect(criteria(report, 'attestation')).toEqual([`pass: ${type} in app.tgz.sigstore.jsonl:2`]);
  });

  test('is missing where there is only provenance', async () => {
    await write({ 'app.tgz.sigstore.json': attested(provenance, github) });
    const report = await run({ policy: sbom });
    expect(outcome(report)).toBe('ATTESTATION_MISSING');
    expect(artifactOutcomes(report)[0]?.failure?.message).toBe('there is no sbom attestation by an accepted signer');
    expect(report.results.every(({ verdict }) => verdict === undefined)).toBe(true);
    expect(verificationText(report, { colour: false, verbose: false, errorFollows: false })).toContain('attestation');
    expect(verificationJson(report)).toMatchObject({ verified: false, exitCode: 3 });
  });

  test('is not met by the statement of another signer', async () => {
    await write({ 'all.sigstore.jsonl': [attested(provenance, github), attested(spdx, {}, stranger)].join('\n') });
    const report = await run({ policy: sbom, bundles: ['all.sigstore.jsonl'] });
    expect(outcome(report)).toBe('ATTESTATION_MISSING');
    expect(artifactOutcomes(report)[0]?.failure?.message).toMatch(
      /^there is no sbom attestation by an accepted signer; .*all\.sigstore\.jsonl:2: signed by "https:\/\/github\.com\/stranger\//,
    );
  });

  test('is not met by a statement about another artifact', async () => {
    await write({
      'all.sigstore.jsonl': [attested(provenance, github), attested(spdx, {}, undefined, 'another')].join('\n'),
    });
    expect(await verified({ policy: sbom, bundles: ['all.sigstore.jsonl'] })).toBe('ATTESTATION_MISSING');
  });

  test('is not met by a statement whose signature is broken', async () => {
    const broken = JSON.parse(attested(spdx));
    broken.dsseEnvelope.payload = Buffer.from(
      Buffer.from(broken.dsseEnvelope.payload, 'base64').toString().replace('app.tgz', 'App.tgz'),
    ).toString('base64');
    await write({ 'all.sigstore.jsonl': [attested(provenance, github), JSON.stringify(broken)].join('\n') });
    expect(await verified({ policy: sbom, bundles: ['all.sigstore.jsonl'] })).toBe('ATTESTATION_MISSING');
  });

  test('is not enough without a bundle that satisfies the policy', async () => {
    await write({ 'app.tgz.sigstore.json': attested(spdx) });
    expect(await verified({ policy: sbom })).toBe('verified');
    expect(await verified({ policy: { ...sbom, predicateType: provenance } })).toBe('PREDICATE_TYPE_MISMATCH');
  });

  test('may be older than no other', async () => {
    await write({ 'app.tgz.sigstore.json': attested(spdx) });
    const clock = new Date(now.getTime() + 2 * 86_400_000);
    expect(await verified({ policy: { ...sbom, maxAge: '3d' }, clock })).toBe('verified');
    expect(await verified({ policy: { ...sbom, maxAge: '1d' }, clock })).toBe('SIGNATURE_TOO_OLD');
  });

  test('is found in the folder around, in a folder of bundles, and for a stream', async () => {
    await write({
      'app.tgz.sigstore.json': attested(provenance, github),
      'attestation.sigstore.json': attested(cyclonedx),
      'bundles/app.tgz.sigstore.json': attested(provenance, github),
      'bundles/app.tgz.sbom.sigstore.json': attested(spdx),
    });
    expect(await verified({ policy: sbom })).toBe('verified');
    expect(await verified({ policy: { requireAttestation: ['cyclonedx'] } })).toBe('verified');
    expect(await verified({ policy: { requireAttestation: ['spdx'] } })).toBe('ATTESTATION_MISSING');
    expect(await verified({ policy: { requireAttestation: ['spdx'] }, directory: 'bundles' })).toBe('verified');
    const stream = (content: string): Verifiable => ({
      kind: 'stream',
      name: '-',
      content: Readable.from([utf8(content)]),
    });
    expect(await verified({ policy: sbom, directory: 'bundles', artifact: stream(app) })).toBe('verified');
    expect(await verified({ policy: sbom, directory: 'bundles', artifact: stream('') })).toBe('BUNDLE_MISSING');
  });

  test('is one of each type, from options and file together', async () => {
    const yaml = `policy: { certificate-identity: "${identity}", certificate-oidc-issuer: "${issuer}", require-attestation: [sbom] }`;
    await write({ 'policy.yml': yaml, 'app.tgz.sigstore.json': attested(spdx) });
    const policy = { policy: join(workspace, 'policy.yml') };
    expect(await verified({ policy })).toBe('verified');
    expect(await verified({ policy: { ...policy, requireAttestation: ['vuln'] } })).toBe('ATTESTATION_MISSING');
    await write({ 'app.tgz.sigstore.json': attested('https://in-toto.io/attestation/vulns/v0.1') });
    expect(await verified({ policy: { ...policy, requireAttestation: ['vuln'] } })).toBe('ATTESTATION_MISSING');
    const both = [attested(spdx), attested('https://in-toto.io/attestation/vulns/v0.1')].join('\n');
    await write({ 'both.sigstore.jsonl': both });
    expect(
      await verified({ policy: { ...policy, requireAttestation: ['vuln'] }, bundles: ['both.sigstore.jsonl'] }),
    ).toBe('verified');
  });

  test.each<[type: string, predicateTypes: readonly string[], others: readonly string[]]>([
    ['slsaprovenance', ['https://slsa.dev/provenance/v0.2'], [provenance]],
    ['slsaprovenance1', [provenance], ['https://slsa.dev/provenance/v0.2']],
    [
      'link',
      ['https://in-toto.io/Link/v1', 'https://in-toto.io/attestation/link/v0.3'],
      ['https://in-toto.io/Link/v2'],
    ],
    ['vuln', ['https://cosign.sigstore.dev/attestation/vuln/v1'], ['https://cosign.sigstore.dev/attestation/v1']],
    ['openvex', ['https://openvex.dev/ns', 'https://openvex.dev/ns/v0.2.0'], ['https://openvex.dev/nsx']],
    ['custom', ['https://cosign.sigstore.dev/attestation/v1'], ['https://cosign.sigstore.dev/attestation/vuln/v1']],
    ['spdxjson', ['https://spdx.dev/Document', spdx], ['https://spdx.dev/Documents', cyclonedx]],
    ['https://example.test/review/*', ['https://example.test/review/v1'], ['https://example.test/review', spdx]],
  ])('of the type %s', async (type, predicateTypes, others) => {
    for (const one of predicateTypes) {
      await write({ 'app.tgz.sigstore.json': attested(one) });
      expect([one, await verified({ policy: { requireAttestation: [type] } })]).toEqual([one, 'verified']);
    }
    for (const one of others) {
      await write({ 'app.tgz.sigstore.json': attested(one) });
      expect([one, await verified({ policy: { requireAttestation: [type] } })]).toEqual([one, 'ATTESTATION_MISSING']);
    }
  });

  test.each(['', 'sboms', 'SBOM', '**', 'https:', 'https:*'])('%j is no type', async (type) => {
    await expect(run({ policy: { requireAttestation: [type] } })).rejects.toMatchObject({
      code: 'POLICY_INVALID',
      message: expect.stringContaining('`require-attestation`'),
    });
  });
});

test('attestations that are attached to an image count, by the same signer', async () => {
  await using sandbox = await startSandbox();
  using images = new SignedImages(sandbox);
  using connections = openHttp('countersign-test');
  const image = await images.push();
  const http = () => Promise.reject(new Error('asked the network'));
  const world = {
    files,
    clock: () => new Date(),
    cancellation: new AbortController().signal,
    random: (length: number) => new Uint8Array(length),
    http,
  };
  const root = join(workspace, 'root.json');
  await writeFile(root, JSON.stringify(sandbox.trustedRoot));
  const trust = await loadTrust({ name: 'sandbox', purpose: 'verify', trustedRoot: root }, world);
  const policy = await loadPolicy(
    { repo: exampleJob.repository, certificateOidcIssuer: sandbox.urls.jobIssuer, requireAttestation: ['sbom'] },
    world,
  );
  const verifyImage = async (): Promise<VerificationReport> =>
    verifyRun(
      {
        artifacts: [verifiableImage(image.byTag, registriesFor(connections.send), files)],
        bundles: { workspace, paths: [], directory: undefined },
        policy,
        trust,
        concurrency: 1,
      },
      world,
    );
  await images.attach(image, await images.sign(image));
  expect(outcome(await verifyImage())).toBe('ATTESTATION_MISSING');
  await images.attach(image, await images.sign(image, spdx));
  const report = await verifyImage();
  expect(outcome(report)).toBe('verified');
  expect(criteria(report, 'attestation')).toEqual(Array(2).fill(expect.stringContaining(`pass: ${spdx} in `)));
});

describe('in a job and on a command line', () => {
  let job: Job;
  let cwd: string;
  beforeAll(async () => {
    job = await Job.start();
    cwd = await job.workspace({ 'app.tgz': app });
    const signed = await job.sign(cwd, { files: 'app.tgz', 'bundle-format': 'attestation', 'bundle-dir': 'bundles' });
    expect(signed.conclusion).toBe('success');
  });
  afterAll(() => job[Symbol.asyncDispose]());

  test.each<[Readonly<Record<string, string>>, string | undefined]>([
    [{ 'builder-id': builder, 'build-type': buildType, 'max-age': '1d' }, undefined],
    [{ 'builder-id': `${builder}x` }, 'PREDICATE_MISMATCH'],
    [{ 'build-type': 'https://example.test/type' }, 'PREDICATE_MISMATCH'],
    [{ 'require-attestation': 'slsaprovenance1' }, undefined],
    [{ 'require-attestation': 'sbom' }, 'ATTESTATION_MISSING'],
    [{ 'max-age': 'soon' }, 'POLICY_INVALID'],
  ])('%j ends with %s', async (inputs, code) => {
    const result = lastStep(
      await job.run(cwd, [job.verifyStep({ files: 'app.tgz', 'bundle-dir': 'bundles', ...inputs })]),
    );
    const stated = code === undefined ? result.conclusion : `${failureOfStep(result)} ${result.outputs.get('results')}`;
    expect(stated).toContain(code ?? 'success');
    const options = Object.entries(inputs).flatMap(([name, value]) => [`--${name}`, value]);
    const trusted = ['--instance', 'sandbox', '--trusted-root', job.path('trusted_root.json')];
    const repo = ['--repo', exampleJob.repository, '--certificate-oidc-issuer', job.sandbox.urls.jobIssuer];
    const command = await countersign(
      job,
      ['verify', 'app.tgz', '--bundle-dir', 'bundles', ...trusted, ...repo, ...options],
      { cwd },
    );
    expect([command.code === 0, command.stderr]).toEqual([code === undefined, expect.stringContaining(code ?? '')]);
  });

  test('the files of the job are as they were', async () => {
    expect(await readFile(join(cwd, 'app.tgz'), 'utf8')).toBe(app);
  });
});
