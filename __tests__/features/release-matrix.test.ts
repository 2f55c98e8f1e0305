/** The workflow of examples/release-matrix.yml: its three legs, the job that signs, and the legs that verify, each by the simulated runner. */

import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { exampleJob, type RuntimeJob } from '../../sandbox/index.ts';
import { actionCommit, type Files, failure, Job, lastStep, subjectsOf } from '../action/job.ts';
import { upload } from '../action/upload.ts';
import { madeArchive } from '../fetch/made-archive.ts';
import { exampleWorkflows, rootPath } from '../kit/pages.ts';
import { eventContext, type JobResult } from '../kit/runner/index.ts';

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
}
interface WorkflowJob extends Step {
  readonly permissions: Readonly<Record<string, 'read' | 'write'>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix: { readonly target: readonly string[] } };
  readonly steps?: readonly Step[];
}
type Texts = Readonly<Record<string, string>>;

const { jobs } = parse((await exampleWorkflows()).get('release-matrix.yml') ?? '') as {
  readonly jobs: Readonly<Record<'build' | 'sign' | 'verify', WorkflowJob>>;
};
const reusable = parse(await readFile(rootPath('.github/workflows/sign.yml'), 'utf8'));
const signJob: WorkflowJob = reusable.jobs.sign;
const targets = jobs.build.strategy?.matrix.target ?? [];

let job: Job;
beforeAll(async () => {
  job = await Job.start();
});
afterAll(() => job[Symbol.asyncDispose]());

/** Replaces each expression that is a name by its value. */
function evaluated(texts: Texts = {}, values: Texts): Texts {
  const replace = (text: string): string =>
    text.replaceAll(/\$\{\{ ([\w.-]+) \}\}/g, (_, name: string) => values[name] ?? '').trimEnd();
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, replace(String(text))]));
}

/** Returns the outputs of a leg's job: of `matrix.target == 'x' && value || ''`, the value if this is the leg. */
function outputsOf(target: string): Texts {
  return Object.fromEntries(
    Object.entries(jobs.build.outputs ?? {}).map(([name, text]) => {
      const [, leg, value] = /^\$\{\{ matrix\.target == '(\w+)' && ([\w.]+) \|\| '' \}\}$/.exec(text) ?? [];
      expect(leg).toBe(name);
      return [name, leg === target ? `\${{ ${value} }}` : ''];
    }),
  );
}

const ours = ({ steps = [] }: WorkflowJob, uses: RegExp): Step => steps.find((one) => uses.test(one.uses ?? '')) ?? {};
const filesOf = (target: string): Files => ({ [`dist/app-${target}`]: target, 'dist/LICENSE': 'free' });

/** Runs the leg of a target: it builds, hands over and uploads. Returns its outputs that are not empty, as GitHub merges those of legs. */
async function build(run: RuntimeJob, target: string): Promise<Texts> {
  const runtime = await job.sandbox.artifactService.newJob(run.runId);
  const { id = '', with: inputs } = ours(jobs.build, /\/countersign@/);
  const step = job.step(evaluated(inputs, { 'matrix.target': target }), { id });
  const result = await job.run(await job.workspace(filesOf(target)), [step], {
    runtime,
    permissions: jobs.build.permissions,
    outputs: outputsOf(target),
  });
  expect(result.conclusion).toBe('success');
  const entries = Object.entries(filesOf(target)).map(([name, content]) => ({
    name: name.replace('dist/', ''),
    content: String(content),
  }));
  await upload(job.sandbox, `release-${target}`, madeArchive(entries), runtime);
  return Object.fromEntries([...result.outputs].filter(([, value]) => value !== ''));
}

/** Runs all legs, one after another: the runner watches for secrets in the requests of one job. */
async function buildAll(run: RuntimeJob): Promise<Texts> {
  let outputs: Texts = {};
  for (const target of targets) outputs = { ...outputs, ...(await build(run, target)) };
  return outputs;
}

/** Calls sign.yml with the outputs of the legs. */
async function sign(run: RuntimeJob, outputs: Texts): Promise<JobResult> {
  const needs = Object.fromEntries(
    Object.entries(outputs).map(([name, text]) => [`needs.build.outputs.${name}`, text]),
  );
  const given = evaluated(jobs.sign.with, needs);
  const inputs = Object.fromEntries(Object.entries(given).map(([name, text]) => [`inputs.${name}`, text]));
  const step = ours(signJob, /^\$\/sign$/);
  const { instance: _, 'tuf-root': __, 'public-log': ___, ...texts } = evaluated(step.with, inputs);
  const withoutEmpty = Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ''));
  return job.run(await job.workspace(), [job.step({ ...withoutEmpty, 'upload-artifact': 'true' })], {
    runtime: await job.sandbox.artifactService.newJob(run.runId),
    permissions: signJob.permissions,
    event: eventContext('push-tag', {
      calls: { repository: 'example-org/countersign', path: '.github/workflows/sign.yml', ref: actionCommit },
    }),
  });
}

async function verify(run: RuntimeJob, target: string, artifact: string): Promise<JobResult> {
  const { with: inputs } = ours(jobs.verify, /\/countersign\/verify@/);
  const values = {
    'matrix.target': target,
    'needs.sign.outputs.artifact-name': artifact,
    'github.repository': exampleJob.repository,
    'github.sha': exampleJob.sha,
  };
  const signer = `example-org/countersign/.github/workflows/sign.yml@${actionCommit}`;
  const step = job.verifyStep({ ...evaluated(inputs, values), 'signer-workflow': signer, 'certificate-identity': '' });
  return job.run(await job.workspace(), [step], {
    runtime: await job.sandbox.artifactService.newJob(run.runId),
    permissions: jobs.verify.permissions,
  });
}

test('three legs build, one job signs for all, and three legs verify what arrived', async () => {
  const run = await job.sandbox.artifactService.newJob();
  const outputs = await buildAll(run);
  expect(Object.keys(outputs).sort()).toEqual(['linux', 'macos', 'windows']);
  const signed = await sign(run, outputs);
  expect([signed.conclusion, lastStep(signed).annotations]).toEqual(['success', []]);
  expect(subjectsOf(lastStep(signed)).map(({ name }) => name)).toEqual([
    'dist/LICENSE',
    'dist/app-linux',
    'dist/app-macos',
    'dist/app-windows',
  ]);
  const artifact = lastStep(signed).outputs.get('artifact-name') ?? '';
  for (const target of targets) {
    const verified = await verify(run, target, artifact);
    expect(verified.conclusion).toBe('success');
    expect(JSON.parse(lastStep(verified).outputs.get('results') ?? '')).toHaveLength(2);
  }
});

test('a leg without an output stops the job that signs', async () => {
  const run = await job.sandbox.artifactService.newJob();
  const outputs = { ...(await build(run, 'linux')), ...(await build(run, 'macos')) };
  job.forget();
  expect(failure(lastStep(await sign(run, outputs)))).toContain('SUBJECT_MISSING: `collected` has 2 lines');
  expect(job.count('fulcio')).toBe(0);
});

test('files that another job put in the place of those of a leg do not verify', async () => {
  const run = await job.sandbox.artifactService.newJob();
  const outputs = await buildAll(run);
  const artifact = lastStep(await sign(run, outputs)).outputs.get('artifact-name') ?? '';
  const other = madeArchive([{ name: 'app-linux', content: 'backdoored' }]);
  await upload(job.sandbox, 'release-other', other, await job.sandbox.artifactService.newJob(run.runId));
  expect((await verify(run, 'other', artifact)).conclusion).toBe('failure');
});
