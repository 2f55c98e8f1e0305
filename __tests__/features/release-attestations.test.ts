/** C1 of the features: GitHub's attestations of immutable releases, from options to the report, with files on disk. */

import * as files from 'node:fs/promises';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  exampleJob,
  exampleRelease,
  jobIdentity,
  type ReleaseAttestationChanges,
  type Sandbox,
  type SandboxRelease,
  startSandbox,
} from '../../sandbox/index.ts';
import { CountersignError, type ErrorCode } from '../../src/core/errors/index.ts';
import type { PolicyRequest } from '../../src/options/index.ts';
import { verificationJson, verificationText } from '../../src/report/index.ts';
import { loadPolicy, loadTrust } from '../../src/run/policy/index.ts';
import { demandVerified, releaseOf, type Verifiable, verifyRun } from '../../src/run/verify/index.ts';
import type { InstanceRequest, World } from '../../src/run/world/index.ts';

const { repository, tag, commit, repositoryId, ownerId } = exampleRelease;
const release = `${repository}@${tag}`;

let folder: string;
let sandbox: Sandbox;
let trustedRoot: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-release-'));
  sandbox = await startSandbox();
  trustedRoot = await write('github.json', JSON.stringify(sandbox.releaseAuthority.trustedRoot));
  for (const [name, bytes] of Object.entries(exampleRelease.assets)) await write(name, bytes);
});
afterAll(async () => {
  await sandbox.close();
  await rm(folder, { recursive: true });
});

async function write(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

async function attested(changes: ReleaseAttestationChanges = {}, other: Partial<SandboxRelease> = {}): Promise<string> {
  const bundle = sandbox.releaseAuthority.attest({ ...exampleRelease, ...other }, changes);
  return write('release.sigstore.json', JSON.stringify(bundle));
}

interface Run {
  readonly policy?: PolicyRequest;
  /** The files; without any, the release itself is verified. */
  readonly artifacts?: readonly string[];
  readonly bundle?: string;
  readonly instance?: Partial<InstanceRequest>;
}

async function run({ policy: request = { release }, artifacts = [], bundle, instance = {} }: Run) {
  const world = {
    files,
    clock: () => new Date(),
    cancellation: new AbortController().signal,
    random: (length: number) => new Uint8Array(length),
    http: () => Promise.reject(new Error('asked the network')),
  } satisfies Partial<World>;
  const policy = await loadPolicy(request, world);
  const asked: InstanceRequest = { name: 'sandbox', purpose: 'verify', trustedRoot, ...instance };
  const trust = await loadTrust(asked, world, policy);
  const named = artifacts.map((name): Verifiable => ({ kind: 'file', name, path: join(folder, name) }));
  const whole = releaseOf(policy);
  if (whole === undefined) throw new Error('the policy names no release');
  return verifyRun(
    {
      artifacts: named.length === 0 ? [whole] : named,
      bundles: { workspace: folder, paths: bundle === undefined ? [] : [bundle], directory: undefined },
      policy,
      trust,
      concurrency: 1,
    },
    world,
  );
}

async function failureOf(given: Run): Promise<readonly [ErrorCode | undefined, string]> {
  try {
    demandVerified(await run(given));
    return [undefined, 'verified'];
  } catch (error) {
    if (error instanceof CountersignError) return [error.code, `${error.message}\n${error.remedy ?? ''}`];
    throw error;
  }
}

async function refused(given: Run, code: ErrorCode, message: RegExp): Promise<void> {
  expect(await failureOf(given)).toEqual([code, expect.stringMatching(message)]);
}

describe("C1 verifies GitHub's release attestations", () => {
  test('as gh release verify does: the tag, its commit and the files', async () => {
    const report = await run({ bundle: await attested() });
    const [result] = report.results;
    expect(result).toMatchObject({ artifact: release, failure: undefined });
    expect(report.warnings).toEqual([]);
    const text = verificationText(report);
    expect(text).toContain(`Verified ${release}: signed by dotcom.releases.github.com on `);
    expect(text).toContain(`  commit ${commit}\n  asset  sha256:`);
    expect(text).toMatch(/ {2}asset {2}sha256:[0-9a-f]{64} app\.zip\n/);
    expect(verificationText(report, { verbose: true })).toMatch(/repository-id {2}700000001\n/);
    expect(verificationJson(report)).toMatchObject({
      verified: true,
      artifacts: [
        {
          artifact: release,
          digest: null,
          results: [
            {
              certified: { identity: 'https://dotcom.releases.github.com', issuer: null },
              statement: {
                predicateType: 'https://in-toto.io/attestation/release/v0.2',
                subject: { name: release, commit },
                subjects: 3,
                assets: [{ name: 'app.tar.gz' }, { name: 'app.zip' }],
                predicate: { tag, repositoryId, ownerId },
              },
            },
          ],
        },
      ],
    });
  });

  test('as gh release verify-asset does: each file of it, and no other', async () => {
    const bundle = await attested();
    const other = await write('other.zip', 'not in the release');
    const report = await run({ bundle, artifacts: ['app.tar.gz', 'app.zip'] });
    expect(report.results.map(({ failure }) => failure)).toEqual([undefined, undefined]);
    await refused({ bundle, artifacts: ['app.zip', 'other.zip'] }, 'ARTIFACT_MISMATCH', /other\.zip: /);
    await rm(other);
  });

  test('beside a file, in an answer of the API, and among other attestations', async () => {
    const bundle = await attested();
    const json = JSON.parse(await files.readFile(bundle, 'utf8'));
    const others = [sandbox.releaseAuthority.attest({ ...exampleRelease, tag: 'v1.2.2' }), json];
    const answer = await write('answer.json', JSON.stringify({ attestations: others.map((one) => ({ bundle: one })) }));
    const lines = await write('all.jsonl', others.map((one) => `${JSON.stringify(one)}\n`).join(''));
    const beside = await write('app.zip.sigstore.json', JSON.stringify(json));
    for (const one of [answer, lines]) {
      expect(await failureOf({ bundle: one })).toEqual([undefined, 'verified']);
      expect(await failureOf({ bundle: one, artifacts: ['app.zip'] })).toEqual([undefined, 'verified']);
    }
    expect(await failureOf({ artifacts: ['app.zip'] })).toEqual([undefined, 'verified']);
    await rm(beside);
  });

  test('with the commit, and with IDs that no other repository or owner gets', async () => {
    const bundle = await attested();
    const ids = { sourceDigest: [commit], sourceRepositoryId: [repositoryId], sourceOwnerId: [ownerId] };
    expect(await failureOf({ bundle, policy: { release, ...ids } })).toEqual([undefined, 'verified']);
    const wrong: readonly PolicyRequest[] = [
      { sourceDigest: ['0'.repeat(40)] },
      { sourceRepositoryId: ['1'] },
      { sourceOwnerId: ['1'] },
    ];
    for (const one of wrong) {
      await refused({ bundle, policy: { release, ...ids, ...one } }, 'RELEASE_MISMATCH', /expected [01]+/);
      await refused({ bundle, artifacts: ['app.zip'], policy: { release, ...one } }, 'RELEASE_MISMATCH', /expected/);
    }
  });

  test('by a policy file, which options narrow and never widen', async () => {
    const bundle = await attested();
    const policy = await write('policy.yml', `policy:\n  release: ${release}\n  source-digest: ${commit}\n`);
    const given = (more: PolicyRequest = {}): Run => ({ bundle, policy: { policy, ...more } });
    expect(await failureOf(given())).toEqual([undefined, 'verified']);
    expect(await failureOf(given({ sourceDigest: [commit, '1'.repeat(40)] }))).toEqual([undefined, 'verified']);
    await refused(given({ sourceDigest: ['1'.repeat(40)] }), 'POLICY_INVALID', /allow no common commit/);
    await refused(given({ release }), 'POLICY_INVALID', /would override "release" of the policy file/);
  });

  test('a release without files', async () => {
    expect(await failureOf({ bundle: await attested({}, { assets: {} }) })).toEqual([undefined, 'verified']);
  });
});

describe('C1 refuses', () => {
  const name = (value: string): ReleaseAttestationChanges => ({
    leaf: { subjectAlternativeNames: { critical: false, names: [{ kind: 'uniformResourceIdentifier', value }] } },
  });

  test('the attestation of another tag or repository', async () => {
    const bundle = await attested();
    for (const other of [`${repository}@v1.2.2`, `example-org/other@${tag}`])
      for (const artifacts of [[], ['app.zip']])
        await refused({ bundle, artifacts, policy: { release: other } }, 'RELEASE_MISMATCH', /of the release "/);
  });

  test('another predicate, two files of one name, and a statement without the tag', async () => {
    const provenance = { predicateType: 'https://slsa.dev/provenance/v1' };
    const bundle = await attested({ statement: (statement) => ({ ...statement, ...provenance }) });
    await refused({ bundle }, 'PREDICATE_TYPE_MISMATCH', /expected that of a release/);
    const twice = await attested({
      statement: (one) => ({ ...one, subject: [...one.subject, ...one.subject.slice(1)] }),
    });
    await refused({ bundle: twice }, 'STATEMENT_INVALID', /twice/);
    const without = await attested({ statement: (one) => ({ ...one, subject: one.subject.slice(1) }) });
    await refused({ bundle: without }, 'STATEMENT_INVALID', /first subject is not the tag/);
  });

  test('the release service of a tenant, unless its host is given together with its trusted root', async () => {
    const bundle = await attested(name('https://acme.releases.github.com'));
    await refused({ bundle }, 'IDENTITY_MISMATCH', /acme\.releases/);
    const policy = { release, hostname: 'acme.ghe.com' };
    expect(await failureOf({ bundle, policy })).toEqual([undefined, 'verified']);
    await refused({ bundle: await attested(), policy }, 'IDENTITY_MISMATCH', /dotcom\.releases/);
    const request = { bundle, policy, instance: { name: 'public-good', trustedRoot: undefined } } as const;
    await refused(request, 'USAGE', /trusted root of this host is not built in\n.*gh attestation trusted-root/);
  });

  test('a job whose certificate has the name of the release service', async () => {
    const { key, profile } = sandbox.releaseAuthority.jobs;
    const by = { issuer: profile.subject, authorityKeyIdentifier: key.keyIdentifier, signingKey: key };
    const claims = { ...exampleJob, iss: 'https://token.actions.githubusercontent.com', sub: 'repo:example-org' };
    const { additionalExtensions } = jobIdentity(claims);
    const bundle = await attested({ leaf: { ...by, additionalExtensions } });
    for (const artifacts of [[], ['app.zip']])
      await refused({ bundle, artifacts }, 'ISSUER_MISMATCH', /is "https:\/\/token\.actions.*without an OIDC issuer/);
  });

  test('any release under a trusted root with logs, such as that of the public-good instance', async () => {
    const bundle = await attested();
    const { releaseAuthority } = sandbox;
    const withLogs = { ...sandbox.trustedRoot, ...authoritiesOf(releaseAuthority.trustedRoot) };
    const public_ = await write('with-logs.json', JSON.stringify(withLogs));
    await refused({ bundle, instance: { trustedRoot: public_ } }, 'SCT_MISSING', /0 of 1 required/);
    const both = await write(
      'both.jsonl',
      `${JSON.stringify(sandbox.trustedRoot)}\n${JSON.stringify(releaseAuthority.trustedRoot)}\n`,
    );
    expect(await failureOf({ bundle, instance: { trustedRoot: both } })).toEqual([undefined, 'verified']);
    const own = await write('own.json', JSON.stringify(sandbox.trustedRoot));
    await refused(
      { bundle, instance: { trustedRoot: own } },
      'TIMESTAMP_UNTRUSTED',
      /not signed by a timestamp authority/,
    );
  });

  test('a certificate of the sandbox, unless the sandbox was chosen', async () => {
    const bundle = await attested();
    for (const chosen of ['public-good', 'github'] as const)
      await refused({ bundle, instance: { name: chosen } }, 'CERTIFICATE_SANDBOX', /sandbox/);
  });

  test('a time outside of the validity of the certificate', async () => {
    const bundle = await attested({
      leaf: { notBefore: new Date('2020-01-01T00:00:00Z'), notAfter: new Date('2021-01-01T00:00:00Z') },
    });
    await refused({ bundle }, 'CERTIFICATE_OUTSIDE_VALIDITY', /valid from/);
    const future = await attested({ timestamp: { genTime: new Date(Date.now() + 24 * 3600 * 1000) } });
    await refused({ bundle: future }, 'TIMESTAMP_INVALID', /in the future/);
  });

  test('a release without a bundle', async () => {
    await refused({}, 'BUNDLE_MISSING', /no attestation of the release .* specified\n.*`bundle`/);
  });
});

describe('C1 refuses options', () => {
  test.each<[string, PolicyRequest]>([
    ['repo', { repo: repository }],
    ['owner', { owner: 'example-org' }],
    ['signer-workflow', { signerWorkflow: 'a/b/.github/workflows/c.yml' }],
    ['certificate-identity', { certificateIdentity: 'https://dotcom.releases.github.com' }],
    ['any-issuer', { anyIssuer: true }],
    ['key', { key: 'cosign.pub' }],
    ['source-ref', { sourceRef: ['refs/tags/v1'] }],
    ['trigger', { trigger: ['push'] }],
    ['claim', { claim: ['build-trigger=push'] }],
    ['log-entries', { logEntries: '1' }],
    ['certificate-logs', { certificateLogs: '1' }],
    ['insecure-ignore-tlog', { insecureIgnoreTlog: true }],
    ['witness', { witness: ['witness-1.example+ae330e15+ASd7aB6YXfXYYhGtYzY/bYDrBJwGTJzqYkNqb9XjZ5mX'] }],
  ])('that name another signer or that nothing would enforce: %s', async (option, more) => {
    await refused(
      { policy: { release, ...more } },
      'POLICY_INVALID',
      new RegExp(`^\`${option}\` cannot be combined with \`release\``),
    );
  });

  test.each([
    '',
    'v1',
    'example-repo@v1',
    'example-org/example-repo',
    'example-org/example-repo@',
    'a/b/c@v1',
    'a/b@v*',
    'https://github.com/a/b@v1',
  ])('a release that is not one: %j', (text) =>
    refused({ policy: { release: text } }, 'POLICY_INVALID', /which is not a release\n.*`owner\/name@tag`/),
  );

  test.each(['gitlab.com', 'github.example.com', 'dotcom.ghe.com', 'acme.ghe.com.example', 'a.b.ghe.com'])(
    'a host without a release service: %s',
    (hostname) => refused({ policy: { release, hostname } }, 'POLICY_INVALID', /which has no attested releases/),
  );

  test.each<[string, Partial<InstanceRequest>]>([
    ['`instance: staging`', { name: 'staging' }],
    ['`instance: custom`', { name: 'custom' }],
    ['`tuf-url`', { name: 'github', tufUrl: 'https://tuf.example.test', tufRoot: 'root.json' }],
  ])('another instance: %s', async (what, instance) => {
    await refused({ instance }, 'USAGE', new RegExp(`^${what} cannot be combined with \`release\``));
  });

  test.each<[PolicyRequest, RegExp]>([
    [{ sourceDigest: ['c0ffee'] }, /not a full commit digest/],
    [{ sourceRepositoryId: ['example-repo'] }, /not a number/],
    [{ sourceOwnerId: ['example-org'] }, /not a number/],
    [{ timestamps: '0' }, /not a number from 1 to 99/],
  ])('values that are not what they should be: %j', async (more, message) => {
    await refused({ policy: { release, ...more } }, 'POLICY_INVALID', message);
  });

  test('more timestamps than the attestation has', async () => {
    await refused({ bundle: await attested(), policy: { release, timestamps: '2' } }, 'TIMESTAMP_MISSING', /1 of 2/);
  });
});

function authoritiesOf(root: Sandbox['trustedRoot']) {
  const { certificateAuthorities, timestampAuthorities } = root;
  if (certificateAuthorities === undefined || timestampAuthorities === undefined) throw new Error('the root is empty');
  return { certificateAuthorities, timestampAuthorities };
}
