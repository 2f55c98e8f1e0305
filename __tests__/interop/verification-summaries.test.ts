/** Has cosign verify the summaries that the command signs, and in-toto's own types read them. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { exampleJob } from '../../sandbox/index.ts';
import { asObject } from '../../src/core/encoding/index.ts';
import { Job } from '../action/job.ts';
import { countersign } from '../cli/command.ts';
import { readByInToto } from './kit/in-toto.ts';
import { judgePath, type Run, run } from './kit/program.ts';

const verifier = 'verifier@example.org';
const vsaType = 'https://slsa.dev/verification_summary/v1';
const svrType = 'https://in-toto.io/attestation/svr/v0.2';

let job: Job;
let cwd: string;
beforeAll(async () => {
  job = await Job.start();
  cwd = await job.workspace({ 'app.tgz': 'app', 'lib.tgz': 'lib' });
  await job.sign(cwd, { files: 'app.tgz', 'bundle-format': 'attestation' });
  await writeFile(job.path('token'), `${await job.sandbox.personTokens.token(verifier)}\n`);
  const summarised = await countersign(
    job,
    [
      ...['verify', 'app.tgz', '--instance', 'sandbox', '--trusted-root', job.path('trusted_root.json')],
      ...['--repo', exampleJob.repository, '--certificate-oidc-issuer', job.sandbox.urls.jobIssuer],
      ...['--vsa-out', 'app.vsa.json', '--svr-out', 'app.svr.json', '--sign-vsa'],
      ...['--identity-token', job.path('token'), '--signing-config', job.path('rekor-v2.json')],
      ...['--verifier-id', 'https://example.com/verifier', '--resource-uri', 'https://example.com/app.tgz'],
    ],
    { cwd },
  );
  expect(summarised).toMatchObject({ code: 0, stderr: '' });
});
afterAll(() => job[Symbol.asyncDispose]());

function cosign(bundle: string, type: string, file: string): Promise<Run> {
  const from = ['--certificate-identity', verifier, '--certificate-oidc-issuer', job.sandbox.urls.personIssuer];
  const args = ['verify-blob-attestation', '--type', type, '--bundle', bundle, ...from];
  const trusting = ['--trusted-root', job.path('trusted_root.json'), file];
  return run(judgePath('COUNTERSIGN_INTEROP_COSIGN'), [...args, ...trusting], { cwd, env: { HOME: job.path('home') } });
}

test('cosign verifies a VSA and an SVR by their types', async () => {
  expect(await cosign('app.vsa.json', vsaType, 'app.tgz')).toMatchObject({ code: 0 });
  expect(await cosign('app.svr.json', svrType, 'app.tgz')).toMatchObject({ code: 0 });
});

test("in-toto's own types read a VSA, without the version of the verifier that SLSA 1.2 adds", async () => {
  const read = await readByInToto(join(cwd, 'app.vsa.json'), ({ predicate, ...statement }) => {
    const { verifier: stated, ...rest } = asObject(predicate) ?? {};
    return { ...statement, predicate: { ...rest, verifier: { id: asObject(stated)?.id ?? '' } } };
  });
  expect(read).toEqual({ code: 0, stdout: `${vsaType} typed\n`, stderr: '' });
});

test('cosign refuses them for another type or artifact', async () => {
  expect((await cosign('app.vsa.json', svrType, 'app.tgz')).code).not.toBe(0);
  expect((await cosign('app.vsa.json', vsaType, 'lib.tgz')).code).not.toBe(0);
});
