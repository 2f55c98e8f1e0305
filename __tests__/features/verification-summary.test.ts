/** FEATURES.md, "verification summary (VSA)", C11 and C12: verified, summarised, signed, and accepted by others. */

import { createHash } from 'node:crypto';
import { appendFile, cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { exampleJob } from '../../sandbox/index.ts';
import { Job, lastStep, signer } from '../action/job.ts';
import { countersign, type Run } from '../cli/command.ts';
import { serveProxy } from '../kit/company-network.ts';

const verifier = 'verifier@example.org';
const verifierId = 'https://example.com/verifier';
const resourceUri = 'https://example.com/app-1.2.tgz';
const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');

let job: Job;
let cwd: string;
let instance: readonly string[];
/** The policy of the verifier: the job that built the artifact. */
let build: readonly string[];
beforeAll(async () => {
  job = await Job.start();
  cwd = await job.workspace({ 'app.tgz': 'app', 'lib.tgz': 'lib' });
  instance = ['--instance', 'sandbox', '--trusted-root', job.path('trusted_root.json')];
  build = ['--repo', exampleJob.repository, '--certificate-oidc-issuer', job.sandbox.urls.jobIssuer];
  const signed = await job.sign(cwd, { files: '*.tgz', 'bundle-format': 'attestation' });
  expect(signed.conclusion).toBe('success');
  await summarise('app.tgz', '--vsa-out', 'app.vsa.json', '--svr-out', 'app.svr.json');
});
afterAll(() => job[Symbol.asyncDispose]());

function verify(...args: readonly string[]): Promise<Run> {
  return countersign(job, ['verify', ...args, ...instance], { cwd });
}

/** Verifies an artifact with what was built, and signs a summary as a person. */
async function summarise(...args: readonly string[]): Promise<Run> {
  await writeFile(job.path('token'), `${await job.sandbox.personTokens.token(verifier)}\n`);
  const named = args.includes('--verifier-id') ? [] : ['--verifier-id', verifierId];
  const signing = ['--sign-vsa', '--identity-token', job.path('token'), '--signing-config', job.path('rekor-v2.json')];
  return verify(...args, ...build, ...named, '--resource-uri', resourceUri, ...signing);
}

interface Demand {
  readonly artifact?: string;
  readonly bundle?: string;
  readonly who?: string;
  readonly id?: string;
  readonly resource?: string;
  readonly level?: string;
}

/** Verifies an artifact by a summary. */
function accept({
  artifact = 'app.tgz',
  bundle = 'app.vsa.json',
  who = verifier,
  id = verifierId,
  resource = resourceUri,
  level = 'SLSA_BUILD_LEVEL_2',
}: Demand = {}): Promise<Run> {
  const from = ['--certificate-identity', who, '--certificate-oidc-issuer', job.sandbox.urls.personIssuer];
  const demanded = ['--vsa', '--verifier-id', id, '--resource-uri', resource, '--require-level', level];
  return verify(artifact, '--bundle', bundle, ...from, ...demanded);
}

const read = async (name: string): Promise<string> => readFile(join(cwd, name), 'utf8');

async function statementIn(name: string): Promise<Readonly<Record<string, unknown>>> {
  const { payload } = JSON.parse(await read(name)).dsseEnvelope;
  return JSON.parse(Buffer.from(payload, 'base64').toString('utf8'));
}

describe('verification summary (VSA)', () => {
  test('is written, signed and named by the command', async () => {
    const run = await summarise('app.tgz', '--vsa-out', 'again.vsa.json');
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain('VSA (passed, signed): again.vsa.json\n');
    expect(await statementIn('again.vsa.json')).toMatchObject({
      subject: [{ name: 'app.tgz', digest: { sha256: sha256('app') } }],
      predicateType: 'https://slsa.dev/verification_summary/v1',
      predicate: {
        verifier: { id: verifierId, version: { countersign: expect.stringMatching(/^\d+\.\d+\.\d+/) } },
        resourceUri,
        policy: { uri: 'urn:countersign:policy-options:v1' },
        inputAttestations: [
          { uri: 'attestation.sigstore.json', digest: { sha256: sha256(await read('attestation.sigstore.json')) } },
        ],
        verificationResult: 'PASSED',
        verifiedLevels: ['SLSA_BUILD_LEVEL_2'],
      },
    });
  });

  test('names a policy file by its digest', async () => {
    const policy = `policy:\n  repo: ${exampleJob.repository}\n  certificate-oidc-issuer: ${job.sandbox.urls.jobIssuer}\n`;
    await writeFile(join(cwd, 'policy.yml'), policy);
    const stated = [
      '--verifier-id',
      verifierId,
      '--resource-uri',
      resourceUri,
      '--policy-uri',
      'https://example.com/p',
    ];
    const run = await verify('app.tgz', '--policy', 'policy.yml', '--vsa-out', 'unsigned.json', ...stated);
    expect(run.stdout).toContain('VSA (passed, not signed): unsigned.json\n');
    expect(JSON.parse(await read('unsigned.json'))).toMatchObject({
      predicate: { policy: { uri: 'https://example.com/p', digest: { sha256: sha256(policy) } } },
    });
  });

  test('is not written about an artifact that does not verify, even with a stated level', async () => {
    const other = await job.workspace({ 'app.tgz': 'app' });
    await cp(join(cwd, 'attestation.sigstore.json'), join(other, 'attestation.sigstore.json'));
    await appendFile(join(other, 'app.tgz'), 'changed');
    const args = [
      'verify',
      'app.tgz',
      ...build,
      ...instance,
      '--verifier-id',
      verifierId,
      '--resource-uri',
      resourceUri,
    ];
    const levels = ['--vsa-level', 'SLSA_BUILD_LEVEL_3', '--vsa-out', 'vsa.json', '--svr-out', 'svr.json'];
    const run = await countersign(job, [...args, ...levels], { cwd: other });
    expect(run.code).not.toBe(0);
    await expect(readFile(join(other, 'vsa.json'))).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(readFile(join(other, 'svr.json'))).rejects.toMatchObject({ code: 'ENOENT' });
    await countersign(job, [...args, ...levels, '--vsa-failed'], { cwd: other });
    expect(JSON.parse(await readFile(join(other, 'vsa.json'), 'utf8'))).toMatchObject({
      subject: [{ digest: { sha256: sha256('appchanged') } }],
      predicate: { verificationResult: 'FAILED', verifiedLevels: ['FAILED'] },
    });
  });

  test.each<[string, readonly string[], string]>([
    ['without a verifier', ['--vsa-out', 'x.json', '--resource-uri', resourceUri], 'no verifier specified'],
    ['without a resource', ['--vsa-out', 'x.json', '--verifier-id', verifierId], 'no resource URI specified'],
    ['without a file', ['--sign-vsa'], '--sign-vsa requires a file to write'],
    ['with an option of signing alone', ['--signing-config', 'x'], '--signing-config has no effect without --sign-vsa'],
    ['with a token alone', ['--identity-token', 'x'], '--identity-token has no effect without --sign-vsa'],
    ['with a provider alone', ['--identity-provider', 'file'], '--identity-provider has no effect'],
    ['of a verifier without a file', ['--verifier-id', verifierId], '--verifier-id is for verification summaries'],
    [
      'in place of the artifact',
      ['--vsa-out', './app.tgz', '--verifier-id', verifierId, '--resource-uri', resourceUri],
      'is an artifact to verify',
    ],
  ])('%s is incorrect usage', async (_, args, message) => {
    expect(await verify('app.tgz', ...build, ...args)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(message),
    });
    expect(await read('app.tgz')).toBe('app');
  });

  test('is signed by the action with the identity of its job', async () => {
    const inputs = {
      files: 'app.tgz',
      'vsa-out': 'job.vsa.json',
      'sign-vsa': 'true',
      'verifier-id': verifierId,
      'resource-uri': resourceUri,
      repo: exampleJob.repository,
      'certificate-oidc-issuer': job.sandbox.urls.jobIssuer,
      'signing-config': job.path('rekor-v2.json'),
    };
    const step = lastStep(
      await job.run(cwd, [job.verifyStep(inputs)], { permissions: { contents: 'read', 'id-token': 'write' } }),
    );
    expect(step).toMatchObject({ conclusion: 'success' });
    expect(step.outputs.get('verified')).toBe('true');
    const demanded = ['--vsa', '--verifier-id', verifierId, '--resource-uri', resourceUri];
    const run = await verify(
      ...['app.tgz', '--bundle', 'job.vsa.json', '--certificate-identity', signer],
      ...['--certificate-oidc-issuer', job.sandbox.urls.jobIssuer, ...demanded],
      ...['--require-level', 'SLSA_BUILD_LEVEL_1'],
    );
    expect(run).toMatchObject({ code: 0, stderr: '' });
  });

  test('is signed with the services of the tenant whose job signs it', async () => {
    // Nothing is served there. The bundle of the sandbox fails, so that the summary is of a failure.
    await using proxy = await serveProxy({ status: 403 }, 9);
    const tenant = 'https://octo.ghe.com';
    const through = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` };
    const stated = { 'vsa-out': 'tenant.vsa.json', 'verifier-id': verifierId, 'resource-uri': resourceUri };
    const expected = { repo: exampleJob.repository, 'certificate-oidc-issuer': job.sandbox.urls.jobIssuer };
    const signing = { 'sign-vsa': 'true', 'vsa-failed': 'true', instance: 'github' };
    const step = job.verifyStep({ ...stated, ...expected, ...signing, files: 'app.tgz' }, { env: through });
    const permissions = { contents: 'read', 'id-token': 'write' } as const;
    const action = lastStep(await job.run(cwd, [step], { permissions, github: { server_url: tenant } }));
    expect(action.annotations.map(({ message }) => message).join()).toContain('https://fulcio.octo.ghe.com');
    const flags = Object.entries(stated).flatMap(([name, value]) => [`--${name}`, value]);
    const trust = ['--instance', 'github', '--trusted-root', job.path('trusted_root.json')];
    const { requestUrl, requestToken } = job.sandbox.jobTokens;
    const token = { ACTIONS_ID_TOKEN_REQUEST_URL: requestUrl, ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken };
    const env = { ...through, ...token, GITHUB_ACTIONS: 'true', GITHUB_SERVER_URL: tenant };
    const args = ['verify', 'app.tgz', ...build, ...trust, ...flags, '--sign-vsa', '--vsa-failed'];
    expect((await countersign(job, args, { cwd, env })).stderr).toContain('https://fulcio.octo.ghe.com');
    expect(proxy.asked.map(({ target }) => target)).toEqual(['fulcio.octo.ghe.com:443', 'fulcio.octo.ghe.com:443']);
  });

  test('fails the step of the action that cannot sign it', async () => {
    const inputs = {
      files: 'app.tgz',
      'vsa-out': 'never.vsa.json',
      'sign-vsa': 'true',
      'verifier-id': verifierId,
      'resource-uri': resourceUri,
      repo: exampleJob.repository,
      'certificate-oidc-issuer': job.sandbox.urls.jobIssuer,
      'signing-config': job.path('rekor-v2.json'),
    };
    const step = lastStep(await job.run(cwd, [job.verifyStep(inputs)], { permissions: { contents: 'read' } }));
    expect(step.conclusion).toBe('failure');
    expect(step.outputs.get('verified')).toBe('false');
    await expect(read('never.vsa.json')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('C11 VSA and SVR as input of policies', () => {
  test('an artifact passes by its summary, without the attestations of its build', async () => {
    const elsewhere = await job.workspace({ 'app.tgz': 'app' });
    await cp(join(cwd, 'app.vsa.json'), join(elsewhere, 'app.tgz.sigstore.json'));
    const from = ['--certificate-identity', verifier, '--certificate-oidc-issuer', job.sandbox.urls.personIssuer];
    const demanded = ['--vsa', '--verifier-id', verifierId, '--resource-uri', resourceUri];
    const args = ['verify', 'app.tgz', ...from, ...demanded, '--require-level', 'SLSA_BUILD_LEVEL_1', ...instance];
    expect(await countersign(job, args, { cwd: elsewhere })).toMatchObject({ code: 0, stderr: '' });
  });

  test('a policy file demands it', async () => {
    const policy = [
      'policy:',
      `  certificate-identity: ${verifier}`,
      `  certificate-oidc-issuer: ${job.sandbox.urls.personIssuer}`,
      '  vsa: true',
      `  verifier-id: ${verifierId}`,
      `  resource-uri: ${resourceUri}`,
      '  require-level: SLSA_BUILD_LEVEL_2',
    ].join('\n');
    await writeFile(join(cwd, 'vsa-policy.yml'), policy);
    const args = ['--policy', 'vsa-policy.yml', '--bundle', 'app.vsa.json'];
    expect(await verify('app.tgz', ...args)).toMatchObject({ code: 0, stderr: '' });
    expect(await verify('lib.tgz', ...args)).toMatchObject({ code: 4 });
    // Options do not loosen the file.
    expect(await verify('app.tgz', ...args, '--require-level', 'SLSA_BUILD_LEVEL_1')).toMatchObject({ code: 2 });
  });

  test.each<[string, Demand, string]>([
    ['another signer', { who: 'other@example.org' }, 'IDENTITY_MISMATCH'],
    ['another verifier', { id: 'https://example.com/other' }, 'PREDICATE_MISMATCH'],
    ['another resource', { resource: 'https://example.com/app-1.3.tgz' }, 'PREDICATE_MISMATCH'],
    ['a higher level', { level: 'SLSA_BUILD_LEVEL_3' }, 'PREDICATE_MISMATCH'],
    ['a property', { level: 'SLSA_BUILD_REPRODUCED' }, 'PREDICATE_MISMATCH'],
    ['another artifact', { artifact: 'lib.tgz' }, 'ARTIFACT_MISMATCH'],
    ['a summary, given an SVR', { bundle: 'app.svr.json' }, 'PREDICATE_TYPE_MISMATCH'],
  ])('a demand of %s is not met', async (_, demand, code) => {
    const run = await accept(demand);
    expect(run.code).not.toBe(0);
    expect(run.stderr).toContain(code);
  });

  test('a summary that failed is never accepted', async () => {
    const run = await summarise(
      ...['app.tgz', '--source-ref', 'refs/heads/other', '--vsa-out', 'failed.vsa.json', '--vsa-failed'],
    );
    expect(run.code).not.toBe(0);
    expect(await statementIn('failed.vsa.json')).toMatchObject({ predicate: { verificationResult: 'FAILED' } });
    const accepted = await accept({ bundle: 'failed.vsa.json', level: 'SLSA_BUILD_LEVEL_0' });
    expect(accepted).toMatchObject({ code: 4, stderr: expect.stringContaining('PREDICATE_MISMATCH') });
  });

  test('an unsigned statement is not accepted', async () => {
    const stated = ['--verifier-id', verifierId, '--resource-uri', resourceUri];
    await verify('app.tgz', ...build, '--vsa-out', 'plain.vsa.json', ...stated);
    expect((await accept({ bundle: 'plain.vsa.json' })).code).not.toBe(0);
  });

  test.each<[string, readonly string[], string]>([
    ['no verifier', ['--resource-uri', resourceUri, '--require-level', 'SLSA_BUILD_LEVEL_1'], '--verifier-id'],
    ['no resource', ['--verifier-id', verifierId, '--require-level', 'SLSA_BUILD_LEVEL_1'], '--resource-uri'],
    ['no level', ['--verifier-id', verifierId, '--resource-uri', resourceUri], '--require-level'],
  ])('a policy that names %s is refused', async (_, args, missing) => {
    const run = await verify('app.tgz', '--bundle', 'app.vsa.json', ...build, '--vsa', ...args);
    expect(run).toMatchObject({ code: 2, stderr: expect.stringContaining(`without ${missing}`) });
  });

  test('an SVR is accepted by its predicate type and signer', async () => {
    const from = ['--certificate-identity', verifier, '--certificate-oidc-issuer', job.sandbox.urls.personIssuer];
    const type = ['--predicate-type', 'https://in-toto.io/attestation/svr/v0.2'];
    expect(await verify('app.tgz', '--bundle', 'app.svr.json', ...from, ...type)).toMatchObject({ code: 0 });
  });
});
