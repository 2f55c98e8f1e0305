/** Jobs of servers other than github.com, and what a runner cannot take: found before signing, or without harm to what is signed. */

import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { exampleJob } from '../../sandbox/index.ts';
import { bundlesIn, failure, Job } from './job.ts';

let job: Job;
beforeAll(async () => {
  job = await Job.start();
});
afterEach(() => job.sandbox.jobTokens.configure());
afterAll(() => job[Symbol.asyncDispose]());

const enterprise = { repository: exampleJob.repository, server_url: 'https://ghe.corp.example' };

describe.each([
  ['GitHub Enterprise Server', enterprise],
  ['Forgejo', { ...enterprise, server_url: 'https://codeberg.org' }],
])('on %s', (_, github) => {
  test('the artifact service is found missing before anything is signed', async () => {
    const workspace = await job.workspace({ a: 'a' });
    const result = await job.sign(workspace, { files: 'a', 'upload-artifact': 'true' }, { github });
    expect(failure(result)).toMatch(
      /USAGE: `upload-artifact` requires the artifact service.*Set `upload-artifact: false`/s,
    );
    expect([job.count('oidc'), job.count('fulcio'), await bundlesIn(workspace)]).toEqual([0, 0, []]);
    const inputs = { 'files-artifact': 'a', 'upload-artifact': 'false' };
    expect(failure(await job.sign(workspace, inputs, { github }))).toMatch(/`files-artifact` requires.*set `files`/s);
  });

  test.each(['public-good', 'staging', 'github'])(
    'the instance %s is refused, which does not certify its jobs',
    async (name) => {
      const workspace = await job.workspace({ a: 'a' });
      const inputs = { files: 'a', 'upload-artifact': 'false', instance: name };
      const result = await job.sign(workspace, inputs, { github });
      expect(failure(result)).toMatch(
        /USAGE: the Sigstore instance .* does not issue certificates to jobs of .*Set `instance: custom`/s,
      );
      expect(job.count('oidc')).toBe(0);
    },
  );

  test('a Sigstore of its own signs, without the artifact', async () => {
    const workspace = await job.workspace({ a: 'a' });
    job.sandbox.jobTokens.configure({ claims: { url: github.server_url } });
    const result = await job.sign(workspace, { files: 'a', 'upload-artifact': 'false' }, { github });
    expect(result.conclusion).toBe('success');
    expect(await bundlesIn(workspace)).toEqual(['a.sigstore.json']);
  });

  test('by default, it signs without the artifact, and a notice states it', async () => {
    const workspace = await job.workspace({ a: 'a' });
    job.sandbox.jobTokens.configure({ claims: { url: github.server_url } });
    const result = await job.sign(workspace, { files: 'a', 'upload-artifact': 'auto' }, { github });
    expect([result.conclusion, await bundlesIn(workspace), job.count('artifacts')]).toEqual([
      'success',
      ['a.sigstore.json'],
      0,
    ]);
    expect(result.annotations.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('the bundles are not uploaded as a workflow artifact'),
    );
  });

  test('an authority that names another server is explained, and nothing is logged', async () => {
    const workspace = await job.workspace({ a: 'a' });
    const result = await job.sign(workspace, { files: 'a', 'upload-artifact': 'false' }, { github });
    expect(failure(result)).toMatch(/Nothing was signed\..*default `url`.*`instance`.*IDENTITY_MISMATCH: /s);
    expect([job.count('rekor-v2'), await bundlesIn(workspace)]).toEqual([0, []]);
  });
});

test('on Forgejo, the issuer of the token decides which identity signs', async () => {
  const { requestUrl } = job.sandbox.forgejoTokens;
  const server = job.sandbox.urls.forgejoIssuer.replace('/api/actions', '');
  const forgejo = {
    FORGEJO_ACTIONS: 'true',
    GITHUB_SERVER_URL: server,
    ACTIONS_ID_TOKEN_REQUEST_URL: requestUrl,
    INPUT_FILES: 'a',
    'INPUT_BUNDLE-FORMAT': 'attestation',
    'INPUT_SIGNING-CONFIG': job.path('rekor-v2.json'),
  };
  const workspace = await job.workspace({ a: 'a' });
  const signed = await runBuilt('sign.mjs', workspace, forgejo);
  expect([signed.code, await bundlesIn(workspace)]).toEqual([0, ['attestation.sigstore.json']]);
  const identity = `${server}/example-org/example-repo/.forgejo/workflows/release.yml@refs/heads/main`;
  expect(JSON.parse(signed.outputs.get('subjects') ?? '')).toMatchObject([{ identity }]);
  // The token of another server, or of another CI system, is refused.
  for (const [changes, message] of [
    [{ GITHUB_SERVER_URL: 'https://codeberg.org' }, /was issued by .*, not by https:\/\/codeberg\.org\/api\/actions/],
    [{ FORGEJO_ACTIONS: '' }, /is that of a job of Forgejo Actions, .* not of GitHub Actions/],
  ] as const) {
    const elsewhere = await job.workspace({ a: 'a' });
    const refused = await runBuilt('sign.mjs', elsewhere, { ...forgejo, ...changes });
    expect(refused.log).toMatch(message);
    expect([refused.code, await bundlesIn(elsewhere)]).toEqual([1, []]);
  }
});

/** Runs the built action with these variables, as a runner with files of its own would. */
async function runBuilt(program: string, workspace: string, given: Readonly<Record<string, string>>) {
  const folder = await mkdtemp(job.path('runner-'));
  const output = join(folder, 'output');
  await writeFile(output, '');
  await writeFile(join(folder, 'event.json'), '{}');
  const { requestUrl, requestToken } = job.sandbox.jobTokens;
  const env = {
    PATH: process.env.PATH,
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: workspace,
    GITHUB_OUTPUT: output,
    GITHUB_EVENT_NAME: 'push',
    GITHUB_EVENT_PATH: join(folder, 'event.json'),
    GITHUB_REPOSITORY: exampleJob.repository,
    RUNNER_TEMP: folder,
    ACTIONS_ID_TOKEN_REQUEST_URL: requestUrl,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
    INPUT_INSTANCE: 'sandbox',
    'INPUT_TRUSTED-ROOT': job.path('trusted_root.json'),
    'INPUT_UPLOAD-ARTIFACT': 'false',
    ...given,
  };
  const child = spawn(process.execPath, [join(job.action, 'dist', program)], { cwd: workspace, env });
  let log = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    log += text;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  const outputs = new Map(
    [...(await readFile(output, 'utf8')).matchAll(/^(\S+)<<(\S+)\n([\s\S]*?)\n\2$/gm)].map(
      ([, name = '', , value = '']) => [name, value],
    ),
  );
  return { code, log, outputs };
}

test('a summary that cannot be written is a warning, after everything is signed and every output is set', async () => {
  const workspace = await job.workspace({ a: 'a' });
  const summary = job.path('summary-is-a-folder');
  await mkdir(summary);
  const signing = { INPUT_FILES: 'a', 'INPUT_SIGNING-CONFIG': job.path('rekor-v2.json'), GITHUB_STEP_SUMMARY: summary };
  const signed = await runBuilt('sign.mjs', workspace, signing);
  expect(signed.log).toMatch(/::warning title=Countersign::the job summary could not be written: /);
  expect([signed.code, await bundlesIn(workspace)]).toEqual([0, ['a.sigstore.json']]);
  expect(JSON.parse(signed.outputs.get('subjects') ?? '')).toHaveLength(1);
  const policy = {
    'INPUT_CERTIFICATE-IDENTITY': `https://github.com/${exampleJob.job_workflow_ref}`,
    'INPUT_CERTIFICATE-OIDC-ISSUER': job.sandbox.urls.jobIssuer,
  };
  const verified = await runBuilt('verify.mjs', workspace, {
    INPUT_FILES: 'a',
    ...policy,
    GITHUB_STEP_SUMMARY: summary,
  });
  expect(verified.log).toMatch(/::warning title=Countersign::the job summary could not be written: /);
  expect([verified.code, verified.outputs.get('verified')]).toEqual([0, 'true']);
});

test('outputs that no environment variable holds are in files whose paths are outputs', async () => {
  const count = 300;
  const names = Array.from({ length: count }, (_, index) => `${'ü'.repeat(100)}/${String(index).padStart(100, 'ü')}`);
  const workspace = await job.workspace(Object.fromEntries(names.map((name) => [name, name])));
  const signing = {
    INPUT_FILES: '**',
    'INPUT_SIGNING-CONFIG': job.path('rekor-v2.json'),
    'INPUT_BUNDLE-FORMAT': 'per-file',
  };
  const { code, log, outputs } = await runBuilt('sign.mjs', workspace, { ...signing, INPUT_CONCURRENCY: '64' });
  expect(code).toBe(0);
  const all = JSON.parse(await readFile(outputs.get('subjects-file') ?? '', 'utf8'));
  expect(all).toHaveLength(count);
  expect(JSON.parse(outputs.get('subjects') ?? '')).toEqual({
    truncated: true,
    count,
    manifest: outputs.get('manifest-path'),
    file: outputs.get('subjects-file'),
  });
  const paths = (await readFile(outputs.get('bundle-paths-file') ?? '', 'utf8')).trimEnd().split('\n');
  expect(paths.sort()).toEqual(names.map((name) => join(workspace, `${name}.sigstore.json`)).sort());
  expect([outputs.get('bundle-paths'), outputs.get('images'), outputs.get('images-file')]).toEqual(['', '', '']);
  for (const value of outputs.values()) expect(Buffer.byteLength(value)).toBeLessThan(128 * 1024);
  expect(log).toMatch(/::notice title=Countersign::the output `subjects` has \d+ bytes.*output `subjects-file`/);
  const verified = await runBuilt('verify.mjs', workspace, {
    INPUT_FILES: `${'ü'.repeat(100)}/**`,
    'INPUT_CERTIFICATE-IDENTITY': `https://github.com/${exampleJob.job_workflow_ref}`,
    'INPUT_CERTIFICATE-OIDC-ISSUER': job.sandbox.urls.jobIssuer,
  });
  expect([verified.code, verified.outputs.get('verified')]).toEqual([0, 'true']);
  expect(JSON.parse(verified.outputs.get('results') ?? '')).toEqual({
    truncated: true,
    count,
    report: verified.outputs.get('report-path'),
    file: verified.outputs.get('results-file'),
  });
  expect(JSON.parse(await readFile(verified.outputs.get('results-file') ?? '', 'utf8'))).toHaveLength(count);
  expect(JSON.parse(verified.outputs.get('identities') ?? '')).toHaveLength(1);
});
