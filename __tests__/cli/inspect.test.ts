/** `countersign inspect` */

import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { exampleJob } from '../../sandbox/index.ts';
import { Job } from '../action/job.ts';
import { countersign, type Run } from './command.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const policy = ['--repo', exampleJob.repository, '--certificate-oidc-issuer'];
let job: Job;
let cwd: string;
let bundle: string;
let trusted: readonly string[];
let signing: Parameters<typeof countersign>[2];
beforeAll(async () => {
  job = await Job.start();
  cwd = await job.workspace({ 'app.tgz': 'app', 'other.tgz': 'other' });
  trusted = ['--instance', 'sandbox', '--trusted-root', job.path('trusted_root.json')];
  policy.push(job.sandbox.urls.jobIssuer);
  const { requestUrl, requestToken } = job.sandbox.jobTokens;
  const env = { ACTIONS_ID_TOKEN_REQUEST_URL: requestUrl, ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken };
  signing = { cwd, env };
  await sign('app.tgz');
  await sign('app.tgz', 'other.tgz', '--bundle', 'all.json', '--bundle-format', 'attestation');
  bundle = await readFile(join(cwd, 'app.tgz.sigstore.json'), 'utf8');
  const json = JSON.parse(bundle);
  const signature = Buffer.from(json.messageSignature.signature, 'base64');
  signature.writeUInt8(signature.readUInt8(20) ^ 1, 20);
  json.messageSignature.signature = signature.toString('base64');
  await writeFile(join(cwd, 'forged.json'), JSON.stringify(json));
  await writeFile(join(cwd, 'list.json'), JSON.stringify({ attestations: [{ bundle: JSON.parse(bundle) }] }));
  await writeFile(
    join(cwd, 'two.jsonl'),
    `${bundle.trim()}\n{"mediaType":"application/vnd.dev.sigstore.bundle+json"}\n`,
  );
});
afterAll(() => job[Symbol.asyncDispose]());

async function sign(...args: readonly string[]): Promise<void> {
  const config = ['--signing-config', job.path('rekor-v2.json')];
  expect(await countersign(job, ['sign', ...args, ...trusted, ...config], signing)).toMatchObject({ code: 0 });
}

const inspect = (...args: readonly string[]): Promise<Run> => countersign(job, ['inspect', ...args], { cwd });

describe('without a policy', () => {
  test('nothing is verified, and the first line says so', async () => {
    job.forget();
    const { code, stdout, stderr } = await inspect('app.tgz.sigstore.json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Not verified\. .*\n\napp\.tgz\.sigstore\.json\n/);
    for (const [name, value] of [
      ['identity', `https://github.com/${exampleJob.job_workflow_ref}`],
      ['source-repository-uri', `https://github.com/${exampleJob.repository}`],
      ['source-repository-ref', exampleJob.ref],
      ['signature', 'over the artifact'],
      ['digest', `sha256:${sha256('app')}`],
    ] as const)
      expect(stdout).toContain(`\n  ${name.padEnd(35)} ${value}\n`);
    expect(stdout).toMatch(/\n {2}log-entry +\d+ of 127\.0\.0\.1 \(hashedrekord 0\.0\.2\)\n/);
    expect(stdout).toMatch(/\n {2}timestamp +2\S+Z\n/);
    expect(stdout).not.toMatch(/^(?:Signatures )?[Vv]erified/m);
    expect(job.sandbox.requests.filter(({ service }) => service === 'tuf')).toEqual([]);
  });

  test('a forged bundle is shown in the same way, also with a trusted root', async () => {
    for (const args of [['forged.json'], ['forged.json', ...trusted]]) {
      const { code, stdout } = await inspect(...args);
      expect(code).toBe(0);
      expect(stdout).toMatch(/^Not verified\. /);
    }
  });

  test('an attestation shows its predicate type and its subjects', async () => {
    const { stdout } = await inspect('all.json');
    expect(stdout).toMatch(
      /\n {2}signature +over a statement \(in-toto\)\n {2}predicate-type +https:\/\/slsa\.dev\/provenance\/v1\n/,
    );
    for (const [name, content] of [
      ['app.tgz', 'app'],
      ['other.tgz', 'other'],
    ] as const)
      expect(stdout).toContain(`\n  ${'subject'.padEnd(35)} ${name} sha256:${sha256(content)}\n`);
  });

  test('files of other tools are read, and what cannot be read is listed', async () => {
    expect((await inspect('list.json')).stdout).toContain('\nlist.json: attestations[0].bundle\n');
    const { code, stdout } = await inspect('two.jsonl');
    expect(code).toBe(0);
    expect(stdout).toMatch(/\ntwo\.jsonl:1\n[\s\S]*\nunreadable two\.jsonl:2\n {2}BUNDLE_/);
  });

  test.each([
    ['app.tgz', 2, 'FORMAT_UNSUPPORTED'],
    ['gone.json', 3, 'BUNDLE_MISSING'],
  ])('%s fails', async (name, exitCode, code) => {
    const run = await inspect(name);
    expect(run).toMatchObject({ code: exitCode, stderr: expect.stringMatching(`^${code}: `) });
    const json = await inspect(name, '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({ verified: false, exitCode, failure: { code } });
  });

  test('no text of a bundle can be a command of a terminal or a runner, or another line', async () => {
    const json = JSON.parse(bundle);
    const hint = '\u001b[2J\n::error::x ##[error]\u202e';
    json.verificationMaterial = { ...json.verificationMaterial, publicKey: { hint } };
    json.verificationMaterial.certificate = undefined;
    await writeFile(join(cwd, 'hostile.json'), JSON.stringify(json));
    for (const args of [['hostile.json'], ['hostile.json', '--json']]) {
      const { code, stdout } = await inspect(...args);
      expect(code).toBe(0);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be printed
      expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]|##\[|^::/m);
    }
  });

  test('as JSON, which never claims that anything is verified', async () => {
    const { code, stdout } = await inspect('app.tgz.sigstore.json', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      verified: false,
      policy: false,
      bundles: [
        {
          bundle: 'app.tgz.sigstore.json',
          verifiedDigest: null,
          claims: {
            signer: { kind: 'certificate', names: [`https://github.com/${exampleJob.job_workflow_ref}`] },
            content: { kind: 'artifact', digest: `sha256:${sha256('app')}` },
          },
        },
      ],
    });
  });
});

describe('with a policy', () => {
  test('the signature is verified for the digest in the bundle, and the output says that no artifact was read', async () => {
    const { code, stdout, stderr } = await inspect('app.tgz.sigstore.json', ...policy, ...trusted);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Signatures verified: the policy is satisfied by 1 of 1 bundle\.\nNo artifact was read\. /);
    expect(stdout).toContain(`\n  signature verified for sha256:${sha256('app')}\n`);
    const json = JSON.parse((await inspect('all.json', '--json', ...policy, ...trusted)).stdout);
    const verifiedDigest = `sha256:${sha256('app')}`;
    expect(json).toMatchObject({ verified: false, policy: true, exitCode: 0, bundles: [{ verifiedDigest }] });
  });

  test('a forged bundle is refused', async () => {
    const { code, stdout, stderr } = await inspect('forged.json', ...policy, ...trusted);
    expect(code).toBe(4);
    expect(stdout).toMatch(/^Not verified: the policy is satisfied by 0 of 1 bundle\.\n/);
    expect(stdout).toContain('\n  NOT VERIFIED\n');
    expect(stderr).toMatch(/^TIMESTAMP_MISMATCH: /);
  });

  test('another signer is refused', async () => {
    const other = ['--repo', 'another/repository', '--certificate-oidc-issuer', job.sandbox.urls.jobIssuer];
    expect(await inspect('app.tgz.sigstore.json', ...other, ...trusted)).toMatchObject({
      code: 4,
      stdout: expect.stringMatching(/^Not verified: /),
      stderr: expect.stringMatching(/^IDENTITY_MISMATCH: /),
    });
  });

  test('one bundle that cannot be read is a failure', async () => {
    const run = await inspect('two.jsonl', ...policy, ...trusted);
    expect(run).toMatchObject({ code: 5, stdout: expect.stringMatching(/^Not verified: .* 1 of 2 bundles\.\n/) });
  });

  test('a signature without a digest can only be verified with its artifact', async () => {
    const json = JSON.parse(bundle);
    json.messageSignature.messageDigest = undefined;
    await writeFile(join(cwd, 'nameless.json'), JSON.stringify(json));
    expect((await inspect('nameless.json')).stdout).toMatch(/\n {2}digest +not named\n/);
    expect(await inspect('nameless.json', ...policy, ...trusted)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^DIGEST_UNAVAILABLE: /),
    });
  });
});

test('an image: its attached bundles, for its digest', async () => {
  const { reference, repository } = await job.image('inspected', 'v1');
  await sign('--image', reference);
  const shown = await inspect(`${repository}:v1`);
  expect(shown).toMatchObject({ code: 0, stderr: '' });
  expect(shown.stdout).toMatch(/^Not verified\. /);
  expect(shown.stdout).toContain(`\n${repository}:v1 (${reference.slice(reference.indexOf('sha256:'))})\n`);
  expect(shown.stdout).toContain('predicate-type');
  const verified = await inspect(reference, ...policy, ...trusted);
  expect(verified).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^Signatures verified: .*\nEach signature /),
  });
  const { reference: unsigned } = await job.image('unsigned');
  expect(await inspect(unsigned)).toMatchObject({ code: 3, stderr: expect.stringMatching(/^BUNDLE_MISSING: /) });
});
