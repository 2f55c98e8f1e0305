/** The verify action with the bundles in GitHub's attestation store. */

import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { exampleJob, fault, type SandboxRepository, type StepResult } from '../../sandbox/index.ts';
import { asObject, parseJson } from '../../src/core/encoding/index.ts';
import { bundlesIn, failure, Job, lastStep, readAll } from './job.ts';

let job: Job;
let app: SandboxRepository;
beforeAll(async () => {
  job = await Job.start();
  app = job.sandbox.github.addRepository(exampleJob.repository, { visibility: 'private' });
  const signing = await job.workspace({ 'app.tgz': 'app', 'lib.tgz': 'lib' });
  await job.sign(signing, { files: '*.tgz', 'bundle-format': 'attestation' });
  const [bundle = ''] = await bundlesIn(signing);
  const text = (await readAll(signing)).get(bundle) ?? '';
  job.sandbox.github.attestations.keep(app, asObject(parseJson(text)) ?? {});
});
afterEach(() => job.sandbox.faults.clear());
afterAll(() => job[Symbol.asyncDispose]());

async function verify(inputs: Readonly<Record<string, string>>): Promise<StepResult> {
  const workspace = await job.workspace({ 'app.tgz': 'app', 'lib.tgz': 'lib', 'other.zip': 'other' });
  const step = job.verifyStep({ files: '*.tgz', from: `github:${exampleJob.repository}`, ...inputs });
  const githubToken = job.sandbox.github.jobToken(app, { attestations: 'read' });
  return lastStep(
    await job.run(workspace, [step], {
      permissions: { contents: 'read', attestations: 'read' },
      github: { api_url: job.sandbox.urls.github },
      githubToken,
    }),
  );
}

test('reads a private repository with the token of the job', async () => {
  const verified = await verify({});
  expect(verified.conclusion).toBe('success');
  expect(verified.outputs.get('verified')).toBe('true');
  expect(JSON.parse(verified.outputs.get('results') ?? '[]')).toHaveLength(2);
  expect(job.count('github')).toBe(1);
});

test('reports an artifact without an attestation, and an outage as one', async () => {
  expect(failure(await verify({ files: '*' }))).toContain('has no bundle for sha256:');
  job.sandbox.faults.set('github', fault.status(503));
  expect(failure(await verify({}))).toContain('the API of GitHub');
});

test('is refused together with bundles', async () => {
  expect(failure(await verify({ 'bundle-dir': '.' }))).toContain('`from` cannot be combined with bundles');
});
