/** The verify action in whole jobs: what passes, what does not, and that it asks for nothing that a fork's pull request has not. */

import { execFile } from 'node:child_process';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { exampleJob, fault, type StepResult, startSandbox } from '../../sandbox/index.ts';
import { madeArchive } from '../fetch/made-archive.ts';
import { proposals } from '../gate/events.ts';
import { repository } from '../gate/git.ts';
import { type EventContext, eventContext, type JobRun, type JobStep } from '../kit/runner/index.ts';
import { type Files, failure, Job, lastStep, readAll, signer } from './job.ts';
import { upload } from './upload.ts';

let job: Job;
/** The files of a release, with bundles beside them. */
let signed: Files;
let attested: Files;
let digests: ReadonlyMap<string, string>;
beforeAll(async () => {
  job = await Job.start();
  const contents = { 'dist/app.tgz': 'app', 'dist/lib.tgz': 'lib' };
  const plain = await job.workspace(contents);
  const perFile = await job.sign(plain, { files: 'dist/*', 'bundle-format': 'per-file' });
  const together = await job.workspace(contents);
  const one = await job.sign(together, { files: 'dist/*', 'bundle-format': 'attestation', 'bundle-dir': 'bundles' });
  expect([perFile.conclusion, one.conclusion]).toEqual(['success', 'success']);
  const of = async (folder: string): Promise<Files> =>
    Object.fromEntries([...(await readAll(folder))].filter(([name]) => /^(dist|bundles)\//.test(name)));
  signed = await of(plain);
  attested = await of(together);
  digests = new Map(
    JSON.parse(perFile.outputs.get('subjects') ?? '[]').map((one: { name: string; digest: string }) => [
      one.name,
      one.digest,
    ]),
  );
});
afterEach(() => job.sandbox.faults.clear());
afterAll(() => job[Symbol.asyncDispose]());

type Inputs = Readonly<Record<string, string>>;

/** Runs the action in a job that may read the repository and nothing else. */
async function verifyIn(
  workspace: string,
  inputs: Inputs,
  run: Partial<JobRun> = {},
  step: Partial<JobStep> = {},
): Promise<StepResult> {
  const permissions = { contents: 'read' } as const;
  const result = await job.run(workspace, [job.verifyStep(inputs, step)], { permissions, ...run });
  const verified = lastStep(result);
  expect(verified.outputs.get('verified')).toBe(
    String(verified.conclusion === 'success' && inputs['allow-no-files'] === undefined),
  );
  for (const level of ['error', 'warning', 'notice'] as const)
    expect(verified.annotations.filter((one) => one.level === level).length).toBeLessThanOrEqual(10);
  return verified;
}

const verify = async (
  files: Files,
  inputs: Inputs,
  run?: Partial<JobRun>,
  step?: Partial<JobStep>,
): Promise<StepResult> => verifyIn(await job.workspace(files), inputs, run, step);

const beside = { files: 'dist/*' };
const servicesAsked = (): readonly string[] =>
  (['oidc', 'fulcio', 'rekor-v1', 'rekor-v2', 'timestamp', 'tuf', 'artifacts', 'blobs'] as const).filter(
    (service) => job.count(service) > 0,
  );

describe('passes', () => {
  test('files with their bundles beside them, which are not taken for files', async () => {
    const workspace = await job.workspace(signed);
    const result = await verifyIn(workspace, beside);
    expect(result).toMatchObject({ conclusion: 'success', exitCode: 0 });
    expect(result.annotations).toEqual([
      expect.objectContaining({ level: 'notice', message: `2 artifacts verified, signed by ${signer}` }),
    ]);
    expect(result.summary).toContain('## ✅ Countersign verified 2 artifacts');
    expect(result.log.join('\n')).toContain('Verified dist/app.tgz (sha256:');
    expect(JSON.parse(result.outputs.get('results') ?? '')).toEqual(
      ['dist/app.tgz', 'dist/lib.tgz'].map((artifact) => ({
        artifact,
        digest: digests.get(artifact),
        verified: true,
        code: null,
        bundle: `${artifact}.sigstore.json`,
        identity: signer,
        issuer: job.sandbox.urls.jobIssuer,
      })),
    );
    expect(result.outputs.get('identities')).toBe(JSON.stringify([signer]));
    expect(servicesAsked()).toEqual([]);
    expect([...(await readAll(workspace)).keys()].sort()).toEqual(Object.keys(signed).sort());
  });

  test.each<[what: string, event: EventContext]>([
    ['a pull request from a fork', eventContext('fork-pull-request')],
    ['a pull request of Dependabot', eventContext('dependabot')],
    ['a pull request', eventContext('pull-request')],
    ['a merge queue', eventContext('merge-group')],
    ['a schedule', eventContext('schedule')],
    ['pull_request_target', eventContext('pull-request-target')],
  ])('%s, without an identity, a secret or a permission', async (_, event) => {
    const secrets = { RELEASE_KEY: 'a secret of the repository' };
    const result = await verify(
      signed,
      { ...beside, 'trusted-root': job.path('trusted_root.json') },
      { event, secrets, permissions: {} },
    );
    expect(result).toMatchObject({ conclusion: 'success', exitCode: 0 });
    expect(result.annotations.filter(({ level }) => level !== 'notice')).toEqual([]);
    expect(servicesAsked()).toEqual([]);
  });

  test('opens no socket with a trusted root given', async () => {
    const trap = fileURLToPath(new URL('../cli/no-network.mjs', import.meta.url));
    const env = { NODE_OPTIONS: `--import=${trap}` };
    const result = await verify(signed, beside, {}, { env });
    expect(result.log.join('\n')).not.toContain('NETWORK');
    expect(result).toMatchObject({ conclusion: 'success', exitCode: 0 });
    // The trap works.
    const tuf = { 'trusted-root': '', 'tuf-url': job.sandbox.urls.tuf, 'tuf-root': job.path('root.json') };
    await writeFile(job.path('root.json'), job.sandbox.tuf.rootJson);
    const caught = await job.run(await job.workspace(signed), [job.verifyStep({ ...beside, ...tuf }, { env })]);
    expect(lastStep(caught).log.join('\n')).toContain('NETWORK');
  });

  test('loads nothing of GitHub’s artifact client, or of the TUF client, unless they are needed', async () => {
    const hook = fileURLToPath(new URL('../cli/loaded.mjs', import.meta.url));
    const list = join(await job.workspace(), 'loaded');
    const env = { NODE_OPTIONS: `--import=${hook}`, LOADED_MODULES: list };
    expect((await verify(signed, beside, {}, { env })).conclusion).toBe('success');
    const loaded = (await readFile(list, 'utf8')).split('\n').filter((url) => url.includes('/dist/'));
    expect(loaded.length).toBeGreaterThan(1);
    const texts = await Promise.all(loaded.map((url) => readFile(fileURLToPath(url), 'utf8')));
    const all = texts.join('\n');
    for (const stranger of ['GetSignedArtifactURL', 'snapshot.json']) expect(all).not.toContain(stranger);
    expect(all.length).toBeLessThan(700_000);
  });

  test('a trusted root from a TUF repository', async () => {
    await writeFile(job.path('root.json'), job.sandbox.tuf.rootJson);
    const tuf = { 'trusted-root': '', 'tuf-url': job.sandbox.urls.tuf, 'tuf-root': job.path('root.json') };
    const result = await verify(signed, { ...beside, ...tuf });
    expect(result).toMatchObject({ conclusion: 'success', exitCode: 0 });
    expect(servicesAsked()).toEqual(['tuf']);
  });

  test('one attestation about many files, from a folder or a file', async () => {
    const folder = await verify(attested, { ...beside, 'bundle-dir': 'bundles' });
    const file = await verify(attested, { ...beside, bundle: 'bundles/attestation.sigstore.json' });
    const lines = await verify(attested, { ...beside, bundle: 'bundles/bundles.sigstore.jsonl' });
    for (const result of [folder, file, lines]) {
      expect(result).toMatchObject({ conclusion: 'success', exitCode: 0 });
      expect(result.summary).toContain('verified 2 artifacts');
    }
  });

  test('digests, checksums and the names that actions/attest has for them', async () => {
    const sums = [...digests].map(([name, digest]) => `${digest.slice('sha256:'.length)}  ${name}`).join('\n');
    const files = { ...attested, SHA256SUMS: sums };
    const bundles = { 'bundle-dir': 'bundles' };
    const digest = digests.get('dist/app.tgz') ?? '';
    for (const inputs of [
      { digests: [...digests].map(([name, value]) => `${name}@${value}`).join('\n') },
      { checksums: 'SHA256SUMS' },
      { 'subject-checksums': 'SHA256SUMS' },
      { 'subject-path': 'dist/app.tgz, dist/lib.tgz' },
      { 'subject-name': 'registry.example/app', 'subject-digest': digest },
      { checksums: 'SHA256SUMS', files: 'dist/*' },
    ])
      expect(await verify(files, { ...bundles, ...inputs })).toMatchObject({ conclusion: 'success', exitCode: 0 });
  });

  test('a policy as gh says it, and more of what the certificate must say', async () => {
    const policy = {
      'certificate-identity': '',
      repo: exampleJob.repository,
      'signer-workflow': `${exampleJob.repository}/.github/workflows/release.yml@refs/heads/*`,
      'source-ref': 'refs/heads/main\nrefs/tags/v*',
      'source-digest': exampleJob.sha,
      'source-repository-id': exampleJob.repository_id,
      trigger: 'push',
      'deny-self-hosted-runners': 'true',
      claim: `build-trigger=push\nsource-repository-owner-uri=https://github.com/${exampleJob.repository_owner}`,
      'refuse-claim': 'source-repository-ref=refs/pull/**',
      'predicate-type': 'https://slsa.dev/provenance/v1',
      'statement-subject-name': 'dist/*',
      timestamps: '1',
    };
    const result = await verify(attested, { ...beside, 'bundle-dir': 'bundles', ...policy });
    expect(result).toMatchObject({ conclusion: 'success', exitCode: 0 });
  });

  test('a policy file', async () => {
    const policy = `policy:\n  certificate-identity: ${signer}\n  certificate-oidc-issuer: ${job.sandbox.urls.jobIssuer}\n  trigger: push\n`;
    const inputs = { ...beside, policy: 'policy.yml', 'certificate-identity': '', 'certificate-oidc-issuer': '' };
    expect(await verify({ ...signed, 'policy.yml': policy }, inputs)).toMatchObject({ conclusion: 'success' });
    const other = policy.replace('push', 'release');
    expect(failure(await verify({ ...signed, 'policy.yml': other }, inputs))).toContain('release');
  });

  test('whoever it was, only with a warning', async () => {
    const anybody = { 'certificate-identity': '', 'any-identity': 'true' };
    const result = await verify(signed, { ...beside, ...anybody });
    expect(result.conclusion).toBe('success');
    expect(result.annotations.filter(({ level }) => level === 'warning')).toHaveLength(1);
  });
});

describe('fails', () => {
  const other = { 'dist/app.tgz': 'tampered' };
  test.each<[what: string, files: () => Files, inputs: Inputs, code: string]>([
    ['a file that was tampered with', () => ({ ...signed, ...other }), beside, 'ARTIFACT_MISMATCH'],
    ['the signature of another file', () => withOtherSignature(signed), beside, 'TIMESTAMP_MISMATCH'],
    [
      'a file that was tampered with, of an attestation',
      () => ({ ...attested, ...other }),
      { ...beside, bundle: 'bundles/attestation.sigstore.json' },
      'ARTIFACT_MISMATCH',
    ],
    [
      'another identity',
      () => signed,
      { ...beside, 'certificate-identity': signer.replace('release', 'deploy') },
      'IDENTITY_MISMATCH',
    ],
    [
      'another issuer',
      () => signed,
      { ...beside, 'certificate-oidc-issuer': 'https://token.actions.githubusercontent.com' },
      'ISSUER_MISMATCH',
    ],
    ['another trigger', () => signed, { ...beside, trigger: 'release' }, 'CLAIM_MISMATCH'],
    ['a bundle that is not there', () => without(signed, 'dist/lib.tgz.sigstore.json'), beside, 'BUNDLE_MISSING'],
    ['a named bundle that is not there', () => signed, { ...beside, bundle: 'bundles.jsonl' }, 'BUNDLE_MISSING'],
    ['a folder of bundles that is not there', () => signed, { ...beside, 'bundle-dir': 'bundles' }, 'BUNDLE_MISSING'],
    [
      'a bundle that is broken',
      () => ({ ...signed, 'dist/app.tgz.sigstore.json': '{"mediaType":"application/vnd.dev.sigstore.bundle' }),
      beside,
      'BUNDLE_INVALID',
    ],
    [
      'something else in place of a bundle',
      () => ({ ...signed, 'dist/app.tgz.sigstore.json': '{}' }),
      beside,
      'FORMAT_UNSUPPORTED',
    ],
    ['a file that nobody signed', () => ({ ...signed, 'dist/extra': 'x' }), beside, 'BUNDLE_MISSING'],
    [
      'a file that only has the name of a bundle',
      () => ({ ...signed, 'dist/extra.sigstore.json': '#!/bin/sh' }),
      beside,
      'BUNDLE_MISSING',
    ],
    ['a pattern that matches nothing', () => signed, { files: 'dist/*\nout/*' }, 'SUBJECT_MISSING'],
    ['a file that is not there', () => signed, { files: 'dist/app.zip' }, 'SUBJECT_MISSING'],
    ['nothing that is named', () => signed, {}, 'SUBJECT_MISSING'],
    ['bundles alone', () => signed, { files: 'dist/*.json' }, 'SUBJECT_MISSING'],
    ['nobody who is named', () => signed, { ...beside, 'certificate-identity': '' }, 'POLICY_INVALID'],
    ['no issuer that is named', () => signed, { ...beside, 'certificate-oidc-issuer': '' }, 'POLICY_INVALID'],
    [
      'a policy file that is not there',
      () => signed,
      { ...beside, policy: 'policy.yml', 'certificate-identity': '', 'certificate-oidc-issuer': '' },
      'USAGE',
    ],
    ['the sandbox, unless it was asked for', () => signed, { ...beside, instance: 'custom' }, 'CERTIFICATE_SANDBOX'],
    [
      'a public key that did not sign',
      () => ({ ...signed, 'key.pem': publicKey }),
      { ...beside, key: 'key.pem', 'certificate-identity': '', 'certificate-oidc-issuer': '' },
      'KEY_MISMATCH',
    ],
    [
      'a file that is not what a checksum says',
      () => ({ ...signed, SUMS: `${'0'.repeat(64)}  dist/app.tgz` }),
      { ...beside, checksums: 'SUMS' },
      'SUBJECT_CHANGED',
    ],
    ['a switch that is neither on nor off', () => signed, { ...beside, 'any-identity': 'yes' }, 'USAGE'],
  ])('%s', async (_, files, inputs, code) => {
    const result = await verify(files(), inputs);
    expect(failure(result)).not.toBe('');
    const said = result.annotations
      .filter(({ level }) => level === 'error')
      .map(({ title, message }) => `${title}: ${message}`);
    expect(said.join('\n')).toContain(code);
    expect(servicesAsked()).toEqual([]);
  });

  describe('what a link leads out of the workspace', () => {
    const bundle = 'dist/app.tgz.sigstore.json';
    const app = { files: 'dist/app.tgz' };
    /** A workspace with the file alone, the bundle elsewhere, and a link. */
    async function linked(name: string, target: string): Promise<string> {
      const workspace = await job.workspace({ 'dist/app.tgz': 'app' });
      await mkdir(dirname(join(workspace, name)), { recursive: true });
      await symlink(target, join(workspace, name));
      return workspace;
    }

    test.each<[what: string, link: string, target: string, inputs: Inputs]>([
      ['a bundle beside its file', bundle, bundle, app],
      ['a bundle that is named', 'a.json', bundle, { ...app, bundle: 'a.json' }],
      ['a bundle that is named, by its folder', 'out', 'dist', { ...app, bundle: 'out/app.tgz.sigstore.json' }],
      ['a folder with bundles', 'out', 'dist', { ...app, 'bundle-dir': 'out' }],
      ['a folder in a folder with bundles', 'bundles/out', 'dist', { ...app, 'bundle-dir': 'bundles' }],
      ['the report', 'out', 'dist', { ...app, 'report-path': 'out/report.json' }],
    ])('%s', async (_, link, target, inputs) => {
      const outside = await job.workspace(signed);
      const workspace = await linked(link, join(outside, target));
      const result = await verifyIn(workspace, inputs);
      expect(failure(result)).toMatch(/is a link to .*, which is outside of/);
      expect(JSON.stringify(result.annotations)).toContain('USAGE');
      expect([...(await readAll(outside)).keys()].sort()).toEqual(Object.keys(signed).sort());
    });

    test('is none within the workspace, nor by its own path outside, nor where the workspace is a link', async () => {
      const workspace = await job.workspace({ ...signed, 'bundles/x.txt': 'x' });
      await symlink('dist', join(workspace, 'out'));
      await symlink(workspace, `${workspace}-alias`);
      const elsewhere = await job.workspace(signed);
      const report = job.path('reports/verified.json');
      for (const inputs of [
        { 'bundle-dir': 'out' },
        { bundle: 'out/app.tgz.sigstore.json' },
        { 'report-path': 'out/report.json' },
        { 'bundle-dir': elsewhere },
        { bundle: join(elsewhere, bundle), 'report-path': report },
      ]) {
        for (const path of [workspace, `${workspace}-alias`])
          expect((await verifyIn(path, { ...app, ...inputs })).conclusion).toBe('success');
      }
      expect(JSON.parse(await readFile(report, 'utf8'))).toMatchObject({ verified: true });
      expect(JSON.parse(await readFile(join(workspace, 'dist/report.json'), 'utf8'))).toMatchObject({ verified: true });
    });

    test('a report that has the name of a link takes its place', async () => {
      const outside = await job.workspace({ victim: 'untouched' });
      const workspace = await job.workspace(signed);
      await symlink(join(outside, 'victim'), join(workspace, 'report.json'));
      expect((await verifyIn(workspace, { ...app, 'report-path': 'report.json' })).conclusion).toBe('success');
      expect(await readFile(join(outside, 'victim'), 'utf8')).toBe('untouched');
      expect(JSON.parse(await readFile(join(workspace, 'report.json'), 'utf8'))).toMatchObject({ verified: true });
    });
  });

  test('another Sigstore', async () => {
    await using stranger = await startSandbox();
    await writeFile(job.path('stranger.json'), JSON.stringify(stranger.trustedRoot));
    const result = await verify(signed, { ...beside, 'trusted-root': job.path('stranger.json') });
    expect(result.annotations.filter(({ level }) => level === 'error')).toHaveLength(2);
    expect(failure(result)).not.toContain('verified, signed by');
  });

  test('one of many, and says which; the others are still reported', async () => {
    const result = await verify({ ...signed, ...other }, { ...beside, 'report-path': 'out/report.json' });
    expect(failure(result)).toMatch(/^dist\/app\.tgz: /);
    expect(result.summary).toContain('verified 1 of 2 artifacts');
    const results = JSON.parse(result.outputs.get('results') ?? '');
    expect(results).toMatchObject([
      { artifact: 'dist/app.tgz', verified: false, code: 'ARTIFACT_MISMATCH', identity: null },
      { artifact: 'dist/lib.tgz', verified: true, code: null, identity: signer },
    ]);
    const report = JSON.parse(await readFile(result.outputs.get('report-path') ?? '', 'utf8'));
    expect(report).toMatchObject({ version: 1, verified: false, artifacts: [{ verified: false }, { verified: true }] });
  });

  test('twenty at once, within the ten errors that GitHub keeps', async () => {
    const files = Object.fromEntries(Array.from({ length: 20 }, (_, number) => [`dist/${number}`, '']));
    const result = await verify(files, beside);
    expect(result.annotations.filter(({ level }) => level === 'error')).toHaveLength(10);
    expect(failure(result)).toContain('11 more artifacts of 20 were not verified');
  });

  test('names that a runner, a terminal or Markdown would take for something else', async () => {
    const hostile = [
      '::error::a',
      '##[error]b',
      'c\u001b[31m',
      '|<img src=x>`',
      'd\u202etxt',
      '[x](https://evil.example)',
    ];
    const files = Object.fromEntries(hostile.map((name) => [`dist/${name}`, 'x']));
    const result = await verify(files, { files: 'dist/**' });
    const errors = result.annotations.filter(({ level }) => level === 'error');
    expect(errors).toHaveLength(hostile.length);
    expect(errors.every(({ title }) => title === 'BUNDLE_MISSING')).toBe(true);
    const printed = result.rawLog
      .map(({ text }) => text)
      .filter((text) => !/^::(?:error title=BUNDLE_MISSING|add-mask)::/.test(text));
    for (const text of printed) expect(text).not.toMatch(/^\s*::|##\[|\p{Cc}|\u202e/u);
    expect(result.summary).not.toMatch(/(?<![`\\|])<img|\u202e|(?!\n)\p{Cc}/u);
  });

  test('a link out of the workspace', async () => {
    const workspace = await job.workspace(signed);
    await symlink(job.path('trusted_root.json'), join(workspace, 'dist', 'root'));
    expect(failure(await verifyIn(workspace, beside))).toContain('outside of the workspace');
  });
});

describe('with nothing to verify', () => {
  test('passes only if that is configured, and does not say that anything was verified', async () => {
    const result = await verify(signed, { files: 'out/*', 'allow-no-files': 'true' });
    expect(result).toMatchObject({ conclusion: 'success', exitCode: 0 });
    expect(result.outputs.get('verified')).toBe('false');
    expect(result.outputs.get('results')).toBe('[]');
    expect(result.annotations).toMatchObject([{ level: 'warning' }]);
    expect(result.summary).toContain('verified nothing');
  });

  test('a pattern that means something that cannot be had fails all the same, and so does what is there', async () => {
    const allowed = { 'allow-no-files': 'true' };
    expect(failure(await verify(signed, { ...allowed, files: 'out/*\ndist' }))).toContain('is a directory');
    const workspace = await job.workspace({ ...signed, 'dist/extra': 'x' });
    expect(failure(await verifyIn(workspace, { ...allowed, files: 'out/*\ndist/*' }))).toContain('dist/extra');
    expect(failure(await verify(signed, allowed))).toContain('SUBJECT_MISSING');
  });

  test('the policy is read all the same', async () => {
    const inputs = { files: 'out/*', 'allow-no-files': 'true', 'certificate-identity': '' };
    expect(failure(await verify(signed, inputs))).toContain('POLICY_INVALID');
  });
});

describe('what the patterns leave out', () => {
  const strict = { files: 'dist/**', 'strict-folder': 'true' };
  const warned = ({ annotations }: StepResult): readonly string[] =>
    annotations.filter(({ level }) => level === 'warning').map(({ message }) => message);

  test('is said, with its name, and fails a folder that is to hold nothing else; the others are still verified', async () => {
    const workspace = await job.workspace({ ...signed, 'dist/.evil': 'x', 'dist/.d/evil': 'x' });
    await symlink('gone', join(workspace, 'dist/link'));
    await promisify(execFile)('mkfifo', [join(workspace, 'dist/pipe')]);
    const said = await verifyIn(workspace, { files: 'dist/**' });
    expect(said.conclusion).toBe('success');
    expect(warned(said)).toEqual([
      expect.stringMatching(
        /"dist\/\.d\/evil" .*"dist\/\.evil" \(its name .*"dist\/link" .*broken.*"dist\/pipe" .*regular/,
      ),
    ]);
    expect(said.summary).toContain('dist/pipe');
    const refused = await verifyIn(workspace, strict);
    expect(failure(refused)).toMatch(/dist\/\.d\/evil: .*\n.*dist\/\.evil: .*\n.*dist\/link: .*\n.*dist\/pipe: /);
    expect(refused.annotations.every(({ level, title }) => level !== 'error' || title === 'SUBJECT_LEFT_OUT')).toBe(
      true,
    );
    expect(JSON.parse(refused.outputs.get('results') ?? '')).toMatchObject([
      { artifact: 'dist/app.tgz', verified: true },
      { artifact: 'dist/lib.tgz', verified: true },
      ...['.d/evil', '.evil', 'link', 'pipe'].map((name) => ({
        artifact: `dist/${name}`,
        digest: null,
        verified: false,
        code: 'SUBJECT_LEFT_OUT',
      })),
    ]);
    const excluded = await verifyIn(workspace, {
      ...strict,
      files: 'dist/**\n!dist/.*\n!dist/.d/**\n!dist/link\n!dist/pipe',
    });
    expect([excluded.conclusion, warned(excluded)]).toEqual(['success', []]);
  });

  test('is not what is verified, nor a bundle, hidden ones neither', async () => {
    const bundle = signed['dist/app.tgz.sigstore.json'] ?? '';
    const files = {
      ...signed,
      'dist/.app.tgz': 'app',
      'dist/.app.tgz.sigstore.json': bundle,
      'dist/.old.sigstore.json': bundle,
    };
    const named = await verify(files, { ...strict, files: 'dist/**\ndist/.app.tgz' });
    expect([named.conclusion, warned(named)]).toEqual(['success', []]);
    const other = await verify({ ...signed, 'dist/.x.sigstore.json': '#!/bin/sh' }, strict);
    expect(failure(other)).toContain('dist/.x.sigstore.json: ');
    expect((await verify(signed, strict)).conclusion).toBe('success');
  });

  test('is told in short where it is much', async () => {
    const many = Object.fromEntries(Array.from({ length: 150 }, (_, number) => [`dist/.${1000 + number}`, 'x']));
    const said = await verify({ ...signed, ...many }, { files: 'dist/**' });
    expect(warned(said)).toEqual([expect.stringContaining('"dist/.1004" (its name')]);
    expect(warned(said)[0]).toContain(', and 145 more. ');
    const workspace = await job.workspace({ ...signed, ...many });
    const refused = await verifyIn(workspace, { ...strict, 'report-path': 'report.json' });
    expect(failure(refused)).toContain('more artifacts');
    const results = JSON.parse(refused.outputs.get('results') ?? '');
    expect(results).toHaveLength(102);
    const report = JSON.parse(await readFile(join(workspace, 'report.json'), 'utf8'));
    expect(report.artifacts.at(-1).failure.message).toContain('50 more are not shown');
  });
});

describe('what a proposal can change', () => {
  const policy = () =>
    `policy:\n  certificate-identity: ${signer}\n  certificate-oidc-issuer: ${job.sandbox.urls.jobIssuer}\n`;
  const loose = 'policy:\n  any-identity: true\n  any-issuer: true\n';
  const none = { 'certificate-identity': '', 'certificate-oidc-issuer': '' };
  const warn = { 'policy-from-pull-request': 'warn' };
  const text = (files: Files): Readonly<Record<string, string>> =>
    Object.fromEntries(Object.entries(files).map(([name, content]) => [name, String(content)]));
  const warned = (result: StepResult): readonly string[] =>
    result.annotations.filter(({ level }) => level === 'warning').map(({ message }) => message);

  /** A workspace with the base and a proposal beside one another, and the events in which both are checked out. */
  async function checkouts(base: Files = { 'policy.yml': policy() }, proposal: Files = {}) {
    const workspace = await job.workspace();
    const accepted = await repository(join(workspace, 'base'), text(base));
    const proposed = await repository(join(workspace, 'proposed'), {
      'policy.yml': loose,
      ...text({ ...signed, ...proposal }),
    });
    const of = (name: string): EventContext => {
      const { eventName, ref, sha, payload } = proposals[name]?.({ base: accepted, head: proposed }) ?? {};
      const context = eventContext('fork-pull-request');
      return {
        ...context,
        github: { ...context.github, event_name: eventName ?? '', ref: ref ?? '', sha: sha ?? '' },
        payload: payload as EventContext['payload'],
      };
    };
    return { workspace, of };
  }
  const vendored = { files: 'proposed/dist/*', ...none };

  test.each(Object.keys(proposals))('a policy in %s: the base’s decides, the proposal’s is refused', async (name) => {
    const { workspace, of } = await checkouts();
    const accepted = await verifyIn(workspace, { ...vendored, policy: 'base/policy.yml' }, { event: of(name) });
    expect([accepted.conclusion, warned(accepted)]).toEqual(['success', []]);
    const inputs = { ...vendored, policy: 'proposed/policy.yml' };
    const refused = await verifyIn(workspace, inputs, { event: of(name) });
    expect(failure(refused)).toContain(
      'POLICY_INVALID: the policy proposed/policy.yml may come from the proposed change',
    );
    const told = await verifyIn(workspace, { ...inputs, ...warn }, { event: of(name) });
    expect(told.conclusion).toBe('success');
    expect(warned(told)).toContainEqual(expect.stringContaining('job: it is in a checkout of the commit'));
    expect(told.summary).toContain('may come from the proposed change');
  });

  test('a push is its author’s own', async () => {
    const { workspace } = await checkouts();
    const event = eventContext('push-branch');
    const result = await verifyIn(workspace, { ...vendored, policy: 'proposed/policy.yml' }, { event });
    expect(result.conclusion).toBe('success');
  });

  test('inputs of the workflow are not asked for where they come from, whatever the event', async () => {
    const event = { ...eventContext('fork-pull-request'), payload: {} };
    expect((await verify(signed, beside, { event })).conclusion).toBe('success');
  });

  test('a key that the policy of the base names, in the proposal', async () => {
    const key = 'policy:\n  key: ../proposed/key.pem\n  insecure-ignore-tlog: true\n';
    const own = 'policy:\n  key: key.pem\n  insecure-ignore-tlog: true\n';
    const { workspace, of } = await checkouts(
      { 'policy.yml': key, 'own.yml': own, 'key.pem': publicKey },
      { 'key.pem': publicKey },
    );
    const event = of('pull_request');
    const refused = await verifyIn(workspace, { ...vendored, policy: 'base/policy.yml' }, { event });
    expect(failure(refused)).toContain('the public key proposed/key.pem may come from the proposed change');
    const accepted = await verifyIn(workspace, { ...vendored, policy: 'base/own.yml' }, { event });
    expect(failure(accepted)).not.toContain('POLICY_INVALID');
    const said = await verifyIn(workspace, { ...vendored, key: 'proposed/key.pem' }, { event });
    expect(failure(said)).toContain('the public key proposed/key.pem may come from the proposed change');
  });

  test('a trusted root and the root of a TUF repository', async () => {
    const root = JSON.stringify(job.sandbox.trustedRoot);
    const files = { 'root.json': root, 'tuf.json': job.sandbox.tuf.rootJson };
    const { workspace, of } = await checkouts(files, files);
    const event = of('merge_group');
    const inputs = { files: 'proposed/dist/*' };
    const tuf = { ...inputs, 'trusted-root': '', 'tuf-url': job.sandbox.urls.tuf };
    const run = (more: Inputs) => verifyIn(workspace, { ...inputs, ...more }, { event });
    expect((await run({ 'trusted-root': 'base/root.json' })).conclusion).toBe('success');
    expect(failure(await run({ 'trusted-root': 'proposed/root.json' }))).toContain(
      'the trusted root proposed/root.json',
    );
    expect((await run({ ...tuf, 'tuf-root': 'base/tuf.json' })).conclusion).toBe('success');
    expect(failure(await run({ ...tuf, 'tuf-root': 'proposed/tuf.json' }))).toContain('the TUF root proposed/tuf.json');
    expect(warned(await run({ ...warn, 'trusted-root': 'proposed/root.json' }))).toHaveLength(1);
  });

  test('links count for what they lead to; what is outside of the workspace is the workflow’s', async () => {
    const { workspace, of } = await checkouts();
    const event = of('pull_request');
    await mkdir(dirname(job.path('outside/policy.yml')), { recursive: true });
    await symlink(join(workspace, 'proposed/policy.yml'), job.path('outside/policy.yml'));
    const linked = { ...vendored, policy: job.path('outside/policy.yml') };
    expect(failure(await verifyIn(workspace, linked, { event }))).toContain('POLICY_INVALID');
    await writeFile(job.path('policy.yml'), policy());
    const outside = await verifyIn(workspace, { ...vendored, policy: job.path('policy.yml') }, { event });
    expect([outside.conclusion, warned(outside)]).toEqual(['success', []]);
  });

  test('a policy that is written over in the checkout of the base', async () => {
    const { workspace, of } = await checkouts();
    await writeFile(join(workspace, 'base/policy.yml'), loose);
    const inputs = { ...vendored, policy: 'base/policy.yml' };
    expect(failure(await verifyIn(workspace, inputs, { event: of('pull_request') }))).toContain(
      'differs from the checked-out commit',
    );
  });
});

describe('workflow artifacts', () => {
  const permissions = { 'id-token': 'write', contents: 'read' } as const;
  const signStep = (inputs: Inputs) => job.step({ files: 'dist/*', 'upload-artifact': 'true', ...inputs });

  test('signed, uploaded and verified in one job', async () => {
    const runtime = await job.sandbox.artifactService.newJob();
    const workspace = await job.workspace({ 'dist/app.tgz': 'app', 'dist/lib.tgz': 'lib' });
    const result = await job.run(
      workspace,
      [
        signStep({ 'bundle-dir': 'bundles', 'artifact-name': 'signatures' }),
        job.verifyStep({ ...beside, 'bundle-artifact': 'signatures' }),
      ],
      { permissions, runtime },
    );
    expect(result.conclusion).toBe('success');
    expect(lastStep(result).summary).toContain('verified 2 artifacts');
    expect(lastStep(result).outputs.get('verified')).toBe('true');
  });

  test('verified in a later job of the run, on another machine, with the least that a job has', async () => {
    const runtime = await job.sandbox.artifactService.newJob();
    const first = await job.run(
      await job.workspace({ 'dist/app.tgz': 'app' }),
      [signStep({ 'bundle-format': 'attestation', 'artifact-name': 'signatures' })],
      { permissions, runtime },
    );
    expect(first.conclusion).toBe('success');
    const later = { runtime: await job.sandbox.artifactService.newJob(runtime.runId) };
    const inputs = { ...beside, 'bundle-artifact': 'signatures' };
    const result = await verify({ 'dist/app.tgz': 'app' }, inputs, { ...later, permissions: {} });
    expect(result.conclusion).toBe('success');
    expect(servicesAsked()).toEqual(['artifacts', 'blobs']);
    expect(failure(await verify({ 'dist/app.tgz': 'other' }, inputs, later))).toContain('dist/app.tgz: ');
    const elsewhere = { runtime: await job.sandbox.artifactService.newJob() };
    expect(failure(await verify({ 'dist/app.tgz': 'app' }, inputs, elsewhere))).toContain(
      'this run has no workflow artifact "signatures"',
    );
  });

  /** An artifact of a run of its own. */
  async function uploaded(bytes: Uint8Array, name = 'release'): Promise<Partial<JobRun>> {
    const runtime = await job.sandbox.artifactService.newJob();
    await upload(job.sandbox, name, bytes, runtime);
    return { runtime };
  }
  const entries = (files: Files) =>
    Object.entries(files).map(([name, content]) => ({ name, content: String(content) }));

  test('every file of an artifact, by the bundles in it; the output says where they are', async () => {
    const run = await uploaded(madeArchive(entries(signed)));
    const step: JobStep = {
      uses: './look',
      id: 'look',
      with: { folder: '\u0024{{ steps.verify.outputs.artifact-path }}' },
    };
    const look = {
      'look/action.yml':
        'inputs: { folder: { default: "" } }\noutputs: { found: { description: "" } }\nruns: { using: node24, main: main.mjs }\n',
      'look/main.mjs': `import { appendFileSync, readFileSync } from 'node:fs';
        appendFileSync(process.env.GITHUB_OUTPUT, 'found=' + readFileSync(process.env.INPUT_FOLDER + '/dist/app.tgz') + '\\n');`,
    };
    const result = await job.run(
      await job.workspace(look),
      [job.verifyStep({ 'files-artifact': 'release' }), step],
      run,
    );
    expect(result.conclusion).toBe('success');
    expect(result.stages[0]?.result?.summary).toContain('verified 2 artifacts');
    expect(lastStep(result).outputs.get('found')).toBe('app');
  });

  test.each<[what: string, files: () => Files, code: string]>([
    ['a file that was tampered with', () => ({ ...signed, 'dist/app.tgz': 'other' }), 'ARTIFACT_MISMATCH'],
    ['a file that nobody signed', () => ({ ...signed, 'dist/more': 'x' }), 'BUNDLE_MISSING'],
    ['a file that is hidden', () => ({ ...signed, 'dist/.more': 'x' }), 'BUNDLE_MISSING'],
    ['a file that has the name of a bundle', () => ({ ...signed, 'dist/x.sigstore.json': 'x' }), 'BUNDLE_MISSING'],
    ['a file with a name that leads out', () => ({ ...signed, '../x': 'x' }), 'ARCHIVE_INVALID'],
    ['a file with a command for a name', () => ({ ...signed, 'x\n::error::y': 'x' }), 'ARCHIVE_INVALID'],
    ['nothing', () => ({}), 'SUBJECT_MISSING'],
  ])('is refused with %s in it', async (_, files, code) => {
    const run = await uploaded(madeArchive(entries(files())));
    const result = await verify({}, { 'files-artifact': 'release' }, run);
    expect(failure(result)).not.toBe('');
    expect(JSON.stringify(result.annotations)).toContain(code);
    for (const { text } of result.rawLog) expect(text).not.toMatch(/^::error::y/);
  });

  test('one that is a single file is that file', async () => {
    const bundle = Buffer.from(String(signed['dist/app.tgz.sigstore.json']));
    const run = await uploaded(bundle, 'app.tgz.sigstore.json');
    const inputs = { files: 'dist/app.tgz', 'bundle-artifact': 'app.tgz.sigstore.json' };
    expect(await verify({ 'dist/app.tgz': 'app' }, inputs, run)).toMatchObject({ conclusion: 'success' });
  });

  test.each<[what: string, inputs: Inputs, code: string]>([
    ['a name that GitHub forbids', { ...beside, 'bundle-artifact': '../x' }, 'USAGE'],
    ['two places', { ...beside, 'bundle-artifact': 'release', 'bundle-dir': 'dist' }, 'USAGE'],
    ['files of two places', { ...beside, 'files-artifact': 'release' }, 'USAGE'],
    ['no bundles in it', { ...beside, 'bundle-artifact': 'release' }, 'BUNDLE_MISSING'],
    ['no such artifact', { 'files-artifact': 'other' }, 'SUBJECT_MISSING'],
  ])('is refused: %s', async (_, inputs, code) => {
    const run = await uploaded(madeArchive([{ name: 'readme.txt', content: 'x' }]));
    const result = await verify(signed, inputs, run);
    expect(failure(result)).toContain(code);
  });

  test('outside of a runner, it says what is missing', async () => {
    const result = await verify(signed, { ...beside, 'bundle-artifact': 'x' }, {}, { env: { GITHUB_SERVER_URL: 'x' } });
    expect(failure(result)).toContain('this run has no workflow artifact');
  });
});

test.each(['artifacts', 'blobs'] as const)(
  'cancelled while %s stalls: ends at once by the signal, and nothing is verified',
  async (service) => {
    const controller = new AbortController();
    const runtime = await job.sandbox.artifactService.newJob();
    await upload(job.sandbox, 'release', madeArchive([{ name: 'a.sigstore.json', content: '{}' }]), runtime);
    job.sandbox.faults.set(service, (exchange) => {
      fault.stall()(exchange);
      controller.abort();
    });
    const inputs = { ...beside, 'bundle-artifact': 'release' };
    const result = await verify(signed, inputs, { runtime, signal: controller.signal });
    expect(result).toMatchObject({ conclusion: 'cancelled', exitCode: 130, signal: 'SIGINT' });
    expect(result.outputs.get('verified')).toBe('false');
  },
);

const publicKey = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEs8DoQIjIhXUj0I5Au0bUH3TJSL9a
zdO4v69XoHzwR2BjgXJgHI2PrzfejNPsqipnYhkLFpMcD7mRODfNyc/SOA==
-----END PUBLIC KEY-----
`;

function without(files: Files, name: string): Files {
  return Object.fromEntries(Object.entries(files).filter(([other]) => other !== name));
}

/** The bundle of app.tgz with the signature of lib.tgz, which is one by another key. */
function withOtherSignature(files: Files): Files {
  const [bundle, other] = ['app', 'lib'].map((name) => JSON.parse(String(files[`dist/${name}.tgz.sigstore.json`])));
  bundle.messageSignature.signature = other.messageSignature.signature;
  return { ...files, 'dist/app.tgz.sigstore.json': JSON.stringify(bundle) };
}
