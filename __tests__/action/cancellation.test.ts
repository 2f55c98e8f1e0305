/** The action when the job is cancelled, on the schedule of GitHub's runner, wherever it is waiting. */

import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { type Fault, fault, type ServiceName } from '../../sandbox/index.ts';
import { bundlesIn, Job, readAll, subjectsOf } from './job.ts';

let job: Job;
beforeAll(async () => {
  job = await Job.start();
});
afterEach(() => job.sandbox.faults.clear());
afterAll(() => job[Symbol.asyncDispose]());

/** Takes the request, never answers it, and cancels the job. */
function stalledAndCancelled(controller: AbortController): Fault {
  return (exchange) => {
    fault.stall()(exchange);
    controller.abort();
  };
}

// A step that ends in time has the exit code 130. The simulated runner, as GitHub's, sends SIGTERM 7.5 seconds after SIGINT: the result of a step
// that is late names that signal.

test.each([
  ['oidc', 0, 0],
  ['fulcio', 0, 0],
  ['timestamp', 2, 2],
  ['rekor-v1', 2, 2],
  ['rekor-v2', 2, 2],
] as const)('while %s stalls: what is finished stays, and the step ends in time', async (service, skip, finished) => {
  const controller = new AbortController();
  job.sandbox.faults.set(service, stalledAndCancelled(controller), { skip });
  const workspace = await job.workspace(Object.fromEntries(['1', '2', '3', '4'].map((name) => [name, name])));
  const result = await job.sign(
    workspace,
    {
      files: '?',
      concurrency: '1',
      'retry-budget': '5m',
      ...(service === 'rekor-v1' && { 'signing-config': job.path('rekor-v1.json') }),
    },
    { signal: controller.signal },
  );
  expect(result).toMatchObject({ conclusion: 'cancelled', exitCode: 130, signal: undefined });
  expect(result.log.join('\n')).toContain('CANCELLED: ');
  expect(await bundlesIn(workspace)).toHaveLength(finished);
  expect(await job.judge(workspace, result)).toHaveLength(finished);
  expect([...(await readAll(workspace)).keys()].filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

test.each(['artifacts', 'blobs'] satisfies ServiceName[])(
  'while the upload to %s stalls: the bundles and the list of them are there',
  async (service) => {
    const controller = new AbortController();
    job.sandbox.faults.set(service, stalledAndCancelled(controller));
    const workspace = await job.workspace({ a: 'a', b: 'b' });
    const result = await job.sign(
      workspace,
      { files: '?', 'upload-artifact': 'true', 'bundle-dir': 'out' },
      { signal: controller.signal },
    );
    expect(result).toMatchObject({ conclusion: 'cancelled', exitCode: 130, signal: undefined });
    expect([...(await readAll(workspace)).keys()]).toEqual([
      'a',
      'b',
      'out/a.sigstore.json',
      'out/b.sigstore.json',
      'out/bundles.sigstore.jsonl',
      'out/manifest.json',
    ]);
    expect(subjectsOf(result)).toHaveLength(2);
  },
);

test('while waiting to ask a service again', async () => {
  const controller = new AbortController();
  job.sandbox.faults.set('rekor-v2', fault.status(503, { headers: { 'retry-after': '200' } }), { skip: 1 });
  const workspace = await job.workspace({ a: 'a', b: 'b' });
  const result = await job.sign(
    workspace,
    { files: '?', concurrency: '1', 'retry-budget': '1h' },
    {
      signal: controller.signal,
      onOutput: (line) => {
        if (line.includes('retrying in 200 s')) controller.abort();
      },
    },
  );
  expect(result).toMatchObject({ conclusion: 'cancelled', exitCode: 130, signal: undefined });
  expect(await job.judge(workspace, result)).toHaveLength(1);
});

test('what a log accepted while the job was being cancelled is kept, or not written at all', async () => {
  const controller = new AbortController();
  job.sandbox.faults.set('rekor-v2', async (exchange) => {
    const answer = await exchange.answer();
    controller.abort();
    exchange.send(answer);
  });
  const workspace = await job.workspace({ a: 'a' });
  const result = await job.sign(workspace, { files: 'a' }, { signal: controller.signal });
  expect(result.conclusion).toBe('cancelled');
  const bundles = await bundlesIn(workspace);
  expect(await job.judge(workspace, result)).toHaveLength(bundles.length);
});
