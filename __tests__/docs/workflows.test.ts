/** The workflows that the documentation shows: GitHub's parser and actionlint take them, and their inputs are those that there are. */

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { signInputs, signOutputs } from '../../src/action/sign-inputs.ts';
import { verifyInputs, verifyOutputs } from '../../src/action/verify-inputs.ts';

const pages = ['README.md', 'docs/verifying.md'];
const actions = {
  'OWNER/countersign@COMMIT': { inputs: signInputs, outputs: signOutputs },
  'OWNER/countersign/verify@COMMIT': { inputs: verifyInputs, outputs: verifyOutputs },
};

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Workflow {
  readonly on: unknown;
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[]; readonly permissions?: unknown }>>;
}

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

interface Found {
  readonly parsed: readonly string[][];
  readonly workflows: readonly string[][];
}

async function lint(all: readonly string[]): Promise<Found> {
  const script = fileURLToPath(new URL('../action/linters.mjs', import.meta.url));
  const texts = JSON.stringify({ manifests: [], workflows: all });
  return JSON.parse((await promisify(execFile)(process.execPath, [script, texts])).stdout);
}

test('there are workflows to look at', () => {
  expect(workflows.map(([page]) => page)).toEqual(['README.md', 'README.md', 'docs/verifying.md', 'docs/verifying.md']);
});

describe('the linters', () => {
  let found: Found;
  let spoilt: Found;
  beforeAll(async () => {
    const all = workflows.map(([, text]) => text);
    found = await lint(all);
    spoilt = await lint(all.map((text) => text.replace('runs-on:', 'run-on:')));
  }, 60_000);

  test('have nothing against any of them', () => {
    expect([found.parsed.flat(), found.workflows.flat()]).toEqual([[], []]);
  });

  test('complain about each spoilt copy', () => {
    for (const messages of [...spoilt.parsed, ...spoilt.workflows]) expect(messages.length).toBeGreaterThan(0);
  });
});

describe.each(workflows)('%s, %#', (_, text) => {
  const workflow: Workflow = parse(text);
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

  test('gives inputs that there are, and reads outputs that there are', () => {
    const ours = steps.filter(({ uses = '' }) => uses in actions);
    expect(ours.length).toBeGreaterThan(0);
    for (const { id, uses, with: inputs = {} } of ours) {
      const action = actions[uses as keyof typeof actions];
      expect(Object.keys(inputs).filter((name) => !Object.hasOwn(action.inputs, name))).toEqual([]);
      const read = [...text.matchAll(/steps\.([\w-]+)\.outputs\.([\w-]+)/g)].filter(([, step]) => step === id);
      expect(read.filter(([, , name = '']) => !Object.hasOwn(action.outputs, name))).toEqual([]);
    }
  });

  test('pins what it uses, and asks for no more than it needs', () => {
    for (const { uses } of steps) if (uses !== undefined) expect(uses).toMatch(/@COMMIT$/);
    const signs = (job: Workflow['jobs'][string]): boolean =>
      job.steps.some(({ uses }) => uses === 'OWNER/countersign@COMMIT');
    for (const job of Object.values(workflow.jobs)) {
      const expected = { contents: 'read', ...(signs(job) && { 'id-token': 'write' }) };
      expect(job.permissions ?? workflow.permissions).toEqual(expected);
    }
  });

  test('if it checks pull requests, checks merge queues as well, and filters nothing', () => {
    const events = typeof workflow.on === 'string' ? {} : (workflow.on as Readonly<Record<string, unknown>>);
    if ('pull_request' in events) expect(events).toEqual({ pull_request: null, merge_group: null });
  });
});

test('the job that is to be required runs always, and is not passed by what was skipped', () => {
  const [, text = ''] = workflows[1] ?? [];
  const { signatures } = parse(text).jobs;
  expect(signatures).toMatchObject({ if: 'always()', needs: 'verify' });
  expect(signatures.steps[0].run).toBe('test "$RESULT" = success');
});
