/** The action when services are down or answer nonsense: what is finished stays, and the failure names the service. */

import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type Fault, fault, type ServiceName, serviceOf } from '../../sandbox/index.ts';
import { isThorough } from '../kit/thorough.ts';
import { bundlesIn, failure, Job, readAll, subjectsOf } from './job.ts';

let job: Job;
beforeAll(async () => {
  job = await Job.start();
});
afterEach(() => job.sandbox.behave());
afterAll(() => job[Symbol.asyncDispose]());

type Attacked = Extract<ServiceName, 'oidc' | 'fulcio' | 'timestamp' | 'rekor-v1' | 'rekor-v2'>;

/** The names of the services in errors. */
const names: Readonly<Record<Attacked, string>> = {
  oidc: "GitHub's identity provider",
  fulcio: 'the certificate authority',
  timestamp: 'the timestamp authority',
  'rekor-v1': 'the transparency log',
  'rekor-v2': 'the transparency log',
};
const services = Object.keys(names) as Attacked[];
const config = (service: ServiceName) => ({
  'signing-config': job.path(service === 'rekor-v1' ? 'rekor-v1.json' : 'rekor-v2.json'),
});

const bundleTexts = async (workspace: string) =>
  [...(await readAll(workspace))].filter(([name]) => name.endsWith('.sigstore.json'));

/** The sandbox's timestamp authority has the origin of its certificate authority. */
const sentTokens: ReadonlySet<Attacked> = new Set(['oidc', 'fulcio', 'timestamp']);

/** Every way in which a service may fail, what the failure is called, and a part of what is said of it. */
function failuresOf(service: Attacked): readonly (readonly [string, Fault, code: string, text: string])[] {
  const unavailable = 'SERVICE_UNAVAILABLE';
  const invalid = service === 'timestamp' ? 'TIMESTAMP_INVALID' : 'SERVICE_RESPONSE_INVALID';
  return [
    ['refuses connections', fault.refuse(), unavailable, 'cannot be reached: ECONNRESET'],
    ['answers 500', fault.status(500), unavailable, 'responded with 500'],
    ['answers 429', fault.status(429, { headers: { 'retry-after': '1' } }), unavailable, 'responded with 429'],
    [
      'answers 403',
      fault.status(403, { body: '{"message":"nobody may"}' }),
      'SERVICE_REFUSED',
      // What was sent a token may repeat it: nothing of its message is shown.
      sentTokens.has(service) ? 'responded with 403' : 'responded with 403: nobody may',
    ],
    ['answers HTML', fault.status(200), invalid, ''],
    ['answers garbage', fault.garbage(), invalid, ''],
    ['breaks off in the middle', fault.truncated(), unavailable, 'cannot be reached'],
    ['answers without end', fault.oversized(), 'SERVICE_RESPONSE_INVALID', 'sent more than'],
  ];
}

/** Two files are signed before the service fails, and a third subject is not: a token and a certificate are only asked for once. */
async function failInEachWay(service: Attacked): Promise<void> {
  await using own = await Job.start();
  const config = { 'signing-config': own.path(service === 'rekor-v1' ? 'rekor-v1.json' : 'rekor-v2.json') };
  const workspace = await own.workspace({ 'a.txt': 'a', 'b.txt': 'b' });
  const first = await own.sign(workspace, { files: '*.txt', ...config });
  expect(first.conclusion).toBe('success');
  await own.judge(workspace, first);
  const finished = await bundleTexts(workspace);
  expect(finished).toHaveLength(2);
  for (const [at, [name, what, code, text]] of failuresOf(service).entries()) {
    // By default each service fails in three ways or two, and each way is that of one service at least.
    if (!isThorough && (at + services.indexOf(service)) % 3 !== 0) continue;
    own.sandbox.faults.set(service, what);
    const result = await own.sign(workspace, { files: '*.txt', digests: `c@sha256:${'c'.repeat(64)}`, ...config });
    const said = failure(result);
    for (const part of [names[service], code, text]) {
      expect({ service, name, said }).toEqual({ service, name, said: expect.stringContaining(part) });
    }
    expect(said).not.toMatch(sentTokens.has(service) ? /nginx|<html|nobody may/ : /nginx|<html/);
    expect(await bundleTexts(workspace)).toEqual(finished);
    if (service !== 'oidc') expect(subjectsOf(result).map((subject) => subject.name)).toEqual(['a.txt', 'b.txt']);
  }
}

test('each service, failing in each way: the finished bundles stay, and the failure names the service', async () => {
  await Promise.all(services.map(failInEachWay));
});

test.each(['timestamp', 'rekor-v1', 'rekor-v2'] as const)(
  '%s fails in the middle: what is finished stays, the rest is not tried, and a second run signs it',
  async (service) => {
    const workspace = await job.workspace(Object.fromEntries(['1', '2', '3', '4', '5'].map((name) => [name, name])));
    const inputs = { files: '?', concurrency: '1', 'bundle-dir': 'out', ...config(service) };
    job.sandbox.faults.set(service, fault.status(503), { skip: 2 });
    const result = await job.sign(workspace, inputs);
    const said = failure(result);
    expect(said).toContain('SERVICE_UNAVAILABLE: 3 of 5 subjects were not signed');
    expect(said).toContain(`${names[service]} (http://127.0.0.1:`);
    expect(said).toContain('This is an outage');
    expect(said).toContain(
      'The bundles of the other 2 subjects were written. Run again to sign only the missing ones.',
    );
    expect(job.count(service)).toBe(3);
    expect(await job.judge(workspace, result)).toHaveLength(2);
    expect(await bundlesIn(workspace)).toEqual(['out/1.sigstore.json', 'out/2.sigstore.json']);
    expect(result.outputs.get('manifest-path')).toBe(join(workspace, 'out/manifest.json'));
    expect(result.summary).toContain('Countersign signed 2 of 5 subjects');

    job.sandbox.faults.clear();
    const again = await job.sign(workspace, inputs);
    expect(again).toMatchObject({ conclusion: 'success', annotations: [] });
    expect(subjectsOf(again).map(({ resumed }) => resumed)).toEqual([true, true, false, false, false]);
    expect(job.count(service)).toBe(3);
    await job.judge(workspace, again);
  },
);

describe('with a retry budget', () => {
  const attacked = (log: 'rekor-v1' | 'rekor-v2') =>
    log === 'rekor-v1' ? [log] : (['oidc', 'fulcio', 'timestamp', log] as const);

  test.each(['rekor-v1', 'rekor-v2'] as const)(
    'services, %s among them, may say 429 once: the run waits as asked, says so, and succeeds',
    async (log) => {
      for (const service of attacked(log))
        job.sandbox.faults.set(service, fault.status(429, { headers: { 'retry-after': '1' } }), 1);
      const workspace = await job.workspace({ a: 'a' });
      const result = await job.sign(workspace, { files: 'a', 'retry-budget': '1m', ...config(log) });
      expect(result).toMatchObject({ conclusion: 'success', annotations: [] });
      await job.judge(workspace, result);
      for (const service of attacked(log)) {
        expect(job.count(service)).toBe(2);
        expect(result.log).toContainEqual(
          expect.stringMatching(
            new RegExp(`^${names[service]} \\(http://127\\.0\\.0\\.1:\\d+\\) responded with 429; retrying in \\d s$`),
          ),
        );
      }
    },
  );

  test.each(['rekor-v1', 'rekor-v2'] as const)(
    'services, %s among them, may lose their answers after the work was done',
    async (log) => {
      for (const service of attacked(log)) job.sandbox.faults.set(service, fault.afterEffect(), 1);
      for (const format of ['per-file', 'attestation']) {
        const workspace = await job.workspace({ a: 'a' });
        const result = await job.sign(workspace, {
          files: 'a',
          'retry-budget': '1m',
          'bundle-format': format,
          ...config(log),
        });
        expect(result).toMatchObject({ conclusion: 'success', annotations: [] });
        expect(await job.judge(workspace, result)).toHaveLength(1);
        expect(job.count(log)).toBeGreaterThan(1);
        job.sandbox.faults.set(log, fault.afterEffect(fault.refuse()), 1);
      }
    },
  );

  test('a service that wants more time than there is fails the run at once', async () => {
    job.sandbox.faults.set('fulcio', fault.status(503, { headers: { 'retry-after': '3600' } }));
    const workspace = await job.workspace({ a: 'a' });
    const result = await job.sign(workspace, { files: 'a', 'retry-budget': '5s' });
    expect(failure(result)).toContain('the retry budget of 5 s allows no further attempt');
    expect(job.count('fulcio')).toBe(1);
  });
});

test('answers that come in small pieces are answers', async () => {
  for (const service of services) job.sandbox.faults.set(service, fault.slow({ bytes: 512, everyMilliseconds: 1 }));
  const workspace = await job.workspace({ a: 'a' });
  const result = await job.sign(workspace, { files: 'a' });
  expect(result.conclusion).toBe('success');
});

describe('an answer that is right in form and wrong in what it says', () => {
  test.each([
    ['fulcio:another-identity', 'IDENTITY_MISMATCH'],
    ['fulcio:another-key', 'CERTIFICATE_UNTRUSTED'],
    // An entry that is older than the certificate is refused for that alone.
    ['rekor-v1:another-entry', '(?:LOG_ENTRY_MISMATCH|CERTIFICATE_OUTSIDE_VALIDITY)'],
    ['rekor-v2:another-entry', 'LOG_ENTRY_MISMATCH'],
    ['timestamp:another-nonce', 'TIMESTAMP_MISMATCH'],
    ['timestamp:another-imprint', 'TIMESTAMP_MISMATCH'],
    ['oidc:expired-token', 'TOKEN_EXPIRED'],
  ] as const)('%s is %s, and nothing is written', async (name, code) => {
    job.sandbox.misbehave(name);
    const service = serviceOf(name);
    const workspace = await job.workspace({ a: 'a' });
    for (const format of service.startsWith('rekor') ? ['per-file', 'attestation'] : ['per-file']) {
      const result = await job.sign(workspace, {
        files: 'a',
        'bundle-format': format,
        'retry-budget': '1m',
        ...config(service),
      });
      expect(failure(result)).toMatch(new RegExp(`(?:^|\\n)${code}: `));
      expect(await bundlesIn(workspace)).toEqual([]);
      expect(subjectsOf(result)).toEqual([]);
    }
  });

  test('a wrong entry for one does not take the others with it', async () => {
    job.sandbox.misbehave('rekor-v2:another-entry', { skip: 1, times: 1 });
    const workspace = await job.workspace({ a: 'a', b: 'b', c: 'c' });
    const result = await job.sign(workspace, { files: '?', concurrency: '1' });
    expect(failure(result)).toContain('LOG_ENTRY_MISMATCH: 1 of 3 subjects were not signed');
    expect((await job.judge(workspace, result)).map(({ name }) => name)).toEqual(['a', 'c']);
  });
});
