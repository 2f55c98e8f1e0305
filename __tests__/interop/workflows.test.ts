/** The workflows that the documentation shows, and the reusable ones, run by act against a sandbox. */

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { download } from '../action/upload.ts';
import { zipEntries } from '../kit/runner/index.ts';
import { Act, type ActRun, resolved, reusableClaims, type Workflow } from './kit/act.ts';
import { countersign } from './kit/countersign.ts';
import type { Signer } from './kit/instance.ts';
import { type Job, type ShownWorkflow, type Step, shownWorkflow, usable } from './kit/shown-workflow.ts';

let act: Act;
beforeAll(async () => {
  act = await Act.start();
});
afterAll(() => act[Symbol.asyncDispose]());

type Texts = Readonly<Record<string, string>>;
type Change = (workflow: ShownWorkflow) => ShownWorkflow;

const makefile = 'dist:\n\tmkdir dist && echo app >dist/app.tgz && echo lib >dist/lib.tgz\n';
let runs = 0;

interface Shown {
  readonly page: string;
  readonly place: number;
  readonly inputs: Readonly<Record<'sign' | 'verify', Texts>>;
  readonly change?: Change | undefined;
  readonly claims?: Texts;
  readonly files?: Texts;
}

/** Runs one that the documentation shows, with one thing changed. */
async function runShown({
  page,
  place,
  inputs,
  change,
  files,
  ...workflow
}: Shown & Partial<Workflow>): Promise<ActRun> {
  const artifact = `release-${++runs}`;
  const text = usable(await shownWorkflow(page, place), {
    inputs,
    artifact,
    pins: act.pins,
    ...(change && { change }),
  });
  const path = '.github/workflows/release.yml';
  return act.run({ ...workflow, files: { Makefile: makefile, ...files, [path]: text }, path });
}

/** Puts a step before the first that does this. */
function preceded(job: string, which: (step: Step) => boolean, step: Step): Change {
  return changed(job, ({ steps = [], ...rest }) => {
    const at = steps.findIndex(which);
    return { ...rest, steps: [...steps.slice(0, at), step, ...steps.slice(at)] };
  });
}

function changed(job: string, change: (job: Job) => Job): Change {
  return (workflow) => {
    const { [job]: old = {} } = workflow.jobs;
    return { ...workflow, jobs: { ...workflow.jobs, [job]: change(old) } };
  };
}

const uploads = ({ uses = '' }: Step): boolean => uses.startsWith('actions/upload-artifact@');
const tampering: Step = { run: 'echo other >dist/app.tgz' };
const losing: Step = { run: 'rm dist/lib.tgz.sigstore.json' };

/** Reports whether the step after the verification ran, which lists the verified files. */
const wentOn = ({ lines }: ActRun): boolean => lines.some((line) => /^app\.tgz(?:\s|$)/.test(line));

describe('a step that signs, and a job that verifies before it goes on', () => {
  const run = (change?: Change, verify: Texts = {}): Promise<ActRun> =>
    runShown({
      page: 'docs/verify-action.md',
      place: 0,
      change,
      inputs: {
        sign: { ...act.trust, 'signing-config': act.instance.signingConfig(2) },
        verify: { ...act.trust, 'certificate-oidc-issuer': act.instance.setting('OIDC_GHA'), ...verify },
      },
    });

  test('what was built arrives, and is verified', async () => {
    const result = await run();
    expect([result.code, result.results]).toEqual([0, { build: 'success', deploy: 'success' }]);
    expect(wentOn(result)).toBe(true);
    expect(result.lines.join('\n')).toContain('Verified app.tgz');
  });

  test.each<[what: string, change: Change | undefined, verify: Texts, code: string]>([
    ['a file is exchanged after it was signed', preceded('build', uploads, tampering), {}, 'ARTIFACT_MISMATCH'],
    ['a bundle is missing', preceded('build', uploads, losing), {}, 'BUNDLE_MISSING'],
    ['another repository is expected', undefined, { repo: 'example-org/other' }, 'IDENTITY_MISMATCH'],
    ['another commit is expected', undefined, { 'source-digest': '0'.repeat(40) }, 'CLAIM_MISMATCH'],
    [
      'another workflow is expected',
      undefined,
      { 'signer-workflow': 'example-org/x/.github/workflows/y.yml' },
      'IDENTITY_MISMATCH',
    ],
  ])('fails, and nothing goes on, where %s', async (_, change, verify, code) => {
    const result = await run(change, verify);
    expect([result.code, result.results]).toEqual([1, { build: 'success', deploy: 'failure' }]);
    expect(result.errors).toContain(code);
    expect(wentOn(result)).toBe(false);
  });
});

describe('the reusable workflows', () => {
  const run = async (change?: Change, verify: Texts = {}, claims: Texts = reusableClaims): Promise<ActRun> => {
    const tuf = await act.tuf();
    return runShown({
      page: 'docs/workflows.md',
      place: 0,
      change,
      claims,
      inputs: {
        sign: tuf,
        verify: {
          ...tuf,
          'certificate-oidc-issuer': act.instance.setting('OIDC_GHA'),
          'signer-workflow': 'example-org/countersign/.github/workflows/sign.yml@refs/tags/v1',
          ...verify,
        },
      },
    });
  };
  const passed = {
    build: 'success',
    'Sign/sign': 'success',
    'Verify/verify': 'success',
    'Verify/signatures': 'success',
  };
  const refused = { ...passed, 'Verify/verify': 'failure', 'Verify/signatures': 'failure' };
  /** A job that uploads something else than was signed, which is then verified. */
  const exchange =
    (artifact: string): Change =>
    (workflow) => {
      const build = workflow.jobs.build ?? {};
      const steps = build.steps?.flatMap((step) => {
        // The outputs of the job are those of the first upload.
        const { id: _, ...again } = step;
        return uploads(step) ? [step, tampering, { ...again, with: { name: artifact, path: 'dist' } }] : [step];
      });
      // Whoever verifies takes it by its name alone, and so would not notice.
      const byName = { 'files-artifact': artifact, 'files-artifact-id': '', 'files-artifact-digest': '' };
      return changed('verify', (job) => ({ ...job, with: { ...job.with, ...byName } }))({
        ...workflow,
        jobs: { ...workflow.jobs, build: { ...build, ...(steps && { steps }) } },
      });
    };

  test('sign what another job built, and verify it', async () => {
    const result = await run();
    expect([result.code, result.results]).toEqual([0, passed]);
    expect(result.lines.join('\n')).toContain('Verified app.tgz');
  });

  test('what was exchanged after signing is refused, and so is the check', async () => {
    const result = await run(exchange('exchanged'));
    expect([result.code, result.results]).toEqual([1, refused]);
    expect(result.errors).toContain('ARTIFACT_MISMATCH');
  });

  test.each<[what: string, verify: Texts, claims: Texts, code: string]>([
    ['was called by another repository', {}, { ...reusableClaims, repository: 'example-org/other' }, 'CLAIM_MISMATCH'],
    [
      'is another',
      {},
      { job_workflow_ref: 'example-org/x/.github/workflows/sign.yml@refs/tags/v1' },
      'IDENTITY_MISMATCH',
    ],
    [
      'was called at another ref',
      { 'signer-workflow': 'example-org/countersign/.github/workflows/sign.yml@refs/tags/v2' },
      reusableClaims,
      'IDENTITY_MISMATCH',
    ],
    ['has bundles elsewhere', { 'bundle-artifact': 'nowhere' }, reusableClaims, 'BUNDLE_MISSING'],
  ])('a signing workflow that %s is refused', async (_, verify, claims, code) => {
    const result = await run(undefined, verify, claims);
    expect([result.code, result.results]).toEqual([1, refused]);
    expect(result.errors).toContain(code);
  });
});

describe('the check that README.md shows, on a pull request', () => {
  const files = ['vendor/app.tar.gz', 'vendor/app.tar.gz.sigstore.json'] as const;

  /** A file as a release has it, with its bundle beside it, signed by a job or by a person. */
  async function vendored(signer: Signer): Promise<Texts> {
    const folder = await mkdtemp(join(tmpdir(), 'countersign-vendored-'));
    try {
      const [file, bundle] = ['app.tar.gz', 'app.tar.gz.sigstore.json'].map((name) => join(folder, name));
      if (file === undefined || bundle === undefined) throw new Error('there are no paths');
      await writeFile(file, 'vendored\n');
      const source = { kind: 'files', log: 2 } as const;
      await countersign(folder).sign({ instance: act.instance, source, form: 'message', file, bundle, signer });
      const [text, signed] = await Promise.all([file, bundle].map((path) => readFile(path, 'utf8')));
      return { [files[0]]: text ?? '', [files[1]]: signed ?? '' };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  const check = async (proposed: Texts, verify: Texts = {}, base: Texts = { 'README.md': 'x' }): Promise<ActRun> => {
    const issuer = act.instance.setting('OIDC_GHA');
    const given = {
      ...(await act.tuf()),
      repo: 'example-org/example-repo',
      'certificate-oidc-issuer': issuer,
      ...verify,
    };
    const inputs = { sign: {}, verify: given };
    return runShown({ page: 'README.md', place: 1, inputs, event: 'pull_request', base, files: proposed });
  };
  const passed = { 'Verify/verify': 'success', 'Verify/signatures': 'success' };
  const refused = { 'Verify/verify': 'failure', 'Verify/signatures': 'failure' };

  test('passes what the repository that is expected has signed', async () => {
    const result = await check(await vendored('job'));
    expect([result.code, result.results, result.errors]).toEqual([0, passed, '']);
  });

  test.each<[what: string, signer: Signer, change: Texts, code: string]>([
    ['is another', 'job', { [files[0]]: 'exchanged\n' }, 'ARTIFACT_MISMATCH'],
    ['has no bundle', 'job', { [files[1]]: '' }, 'BUNDLE_MISSING'],
    ['was signed by somebody else', 'person', {}, 'ISSUER_MISMATCH'],
  ])('refuses a file that %s', async (_, signer, change, code) => {
    const kept = Object.entries({ ...(await vendored(signer)), ...change }).filter(([, text]) => text !== '');
    const result = await check(Object.fromEntries(kept));
    expect([result.code, result.results]).toEqual([1, refused]);
    expect(result.errors).toContain(code);
  });

  test('takes the policy from the base, whatever is proposed in its place', async () => {
    const policy = '.github/countersign.yml';
    const strict = `policy:\n  repo: example-org/example-repo\n  certificate-oidc-issuer: ${act.instance.setting('OIDC_GHA')}\n`;
    const loose = 'policy:\n  any-identity: true\n  any-issuer: true\n';
    const verify = { policy, repo: '', 'certificate-oidc-issuer': '' };
    const proposed = { ...(await vendored('person')), [policy]: loose };
    const result = await check(proposed, verify, { [policy]: strict });
    expect([result.code, result.results]).toEqual([1, refused]);
    expect(result.errors).toContain('MISMATCH');
    const loosened = await check(proposed, verify, { [policy]: loose });
    expect([loosened.code, loosened.results, loosened.errors]).toEqual([0, passed, '']);
  });
});

test('the self-test runs, and its recording says nothing of the sandbox', async () => {
  const own = new URL('../../', import.meta.url);
  const names = ['scripts/recorder/record.mjs', 'scripts/recorder/sanitise.mjs'];
  const texts = await Promise.all(names.map((name) => readFile(new URL(name, own), 'utf8')));
  const path = '.github/workflows/selftest.yml';
  const files = {
    ...Object.fromEntries(names.map((name, at) => [name, texts[at] ?? ''])),
    [path]: resolved(await readFile(new URL(path, own), 'utf8')),
  };
  const repository = 'example-org/countersign';
  const result = await act.run({
    files,
    path,
    repository,
    event: 'workflow_dispatch',
    payload: { inputs: { ...(await act.tuf()), issuer: act.instance.setting('OIDC_GHA') } },
    claims: { repository, ...reusableClaims },
  });
  expect([result.code, result.results]).toEqual([
    0,
    {
      build: 'success',
      'Sign/sign': 'success',
      'Verify/verify': 'success',
      'Verify/signatures': 'success',
      record: 'success',
    },
  ]);

  const recording = zipEntries(await download(act.artifacts, 'recording-1'));
  expect(recording.map(({ name }) => name).sort()).toEqual([
    'again.jsonl',
    'other.jsonl',
    'sign.jsonl',
    'taken.jsonl',
    'verify.jsonl',
  ]);
  const text = recording.map(({ bytes }) => Buffer.from(bytes).toString('utf8')).join('');
  const exchanges = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const services = new Set(exchanges.map(({ service }) => service));
  expect([...services].sort()).toEqual(['blob', 'id-token', 'results', 'runner']);
  expect(exchanges).toContainEqual(expect.objectContaining({ response: expect.objectContaining({ status: 409 }) }));
  for (const name of ['ACTIONS_ID_TOKEN_REQUEST_TOKEN', 'ACTIONS_RUNTIME_TOKEN'])
    expect(text).not.toContain(act.instance.setting(name));
  expect(text).not.toMatch(/eyJ|example-org|127\.0\.0\.1|selftest/);
});
