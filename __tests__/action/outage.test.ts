/** The actions while the transparency log is down. */

import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { fault } from '../../sandbox/index.ts';
import { failure, Job, lastStep, subjectsOf } from './job.ts';

let job: Job;
beforeAll(async () => {
  job = await Job.start();
});
afterEach(() => job.sandbox.faults.clear());
afterAll(() => job[Symbol.asyncDispose]());

const inputs = { files: 'app.tgz', policy: '.github/countersign.yml' };
const files = { 'app.tgz': 'app', '.github/countersign.yml': 'sign:\n  on-outage: timestamp-only\n' };
const down = (): void => job.sandbox.faults.set('rekor-v2', fault.status(503));

test('sign without a log entry where the policy allows it, and say so everywhere', async () => {
  const workspace = await job.workspace(files);
  down();
  const signed = await job.sign(workspace, { ...inputs, 'on-outage': 'timestamp-only' });
  expect(signed.conclusion).toBe('success');
  const command = 'countersign complete app.tgz.sigstore.json';
  expect(signed.annotations).toEqual([
    expect.objectContaining({ level: 'warning', message: expect.stringContaining(command) }),
  ]);
  expect(signed.summary).toContain('because of an outage');
  expect(signed.summary).toContain(command);
  expect(subjectsOf(signed)).toMatchObject([
    { logs: [], outages: [{ log: job.sandbox.urls.rekor, fallback: 'timestamp-only' }] },
  ]);
  expect(signed.log.join('\n')).toContain('without a log entry (outage)');

  const verify = (given: Readonly<Record<string, string>>) =>
    job.run(workspace, [job.verifyStep({ files: 'app.tgz', ...given })]);
  expect(failure(lastStep(await verify({})))).toContain('from 0 of 1 required transparency logs');
  expect((await verify({ 'accept-timestamp-only': 'true' })).conclusion).toBe('success');
});

test('sign nothing where the policy does not allow it', async () => {
  const workspace = await job.workspace({ ...files, '.github/countersign.yml': 'sign:\n  on-outage: second-log\n' });
  down();
  const refused = await job.sign(workspace, { ...inputs, 'on-outage': 'timestamp-only' });
  expect(failure(refused)).toContain('POLICY_INVALID');
  expect(failure(refused)).toContain('does not allow `on-outage: timestamp-only`');
});
