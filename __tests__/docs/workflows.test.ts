/** The workflows that README.md, docs/ and examples/ show: GitHub's parser and actionlint accept them, and their inputs exist. */

import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { declaredActions } from '../../src/options/index.ts';
import { type LintMessages, lint } from '../kit/lint.ts';
import { exampleWorkflows, pagesOf, rootPath, workflowsIn } from '../kit/pages.ts';

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps?: readonly Step[];
}
interface Workflow {
  readonly on: unknown;
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}
/** The inputs and outputs of an action or a reusable workflow. */
interface Declaration {
  readonly inputs: object;
  readonly outputs: object;
}

const pages = ['README.md', ...(await pagesOf('docs')), ...(await pagesOf('docs/recipes'))];
const shown = (
  await Promise.all(
    pages.map(async (page) =>
      (await workflowsIn(page)).map(({ heading, text }) => [`${page}, ${heading}`, text] as const),
    ),
  )
).flat();
const workflows = [
  ...[...(await exampleWorkflows())].map(([name, text]) => [`examples/${name}`, text] as const),
  ...shown,
];

const reusable = await Promise.all(
  ['sign', 'verify', 'monitor', 'release'].map(async (name) => {
    const called: Declaration = parse(await readFile(rootPath(`.github/workflows/${name}.yml`), 'utf8')).on
      .workflow_call;
    return [`OWNER/countersign/.github/workflows/${name}.yml@COMMIT`, called] as const;
  }),
);
const actions = declaredActions();
const declarations: ReadonlyMap<string, Declaration> = new Map([
  ['OWNER/countersign@COMMIT', actions.sign],
  ['OWNER/countersign/verify@COMMIT', actions.verify],
  ['OWNER/countersign/monitor@COMMIT', actions.monitor],
  ...reusable,
]);

test('README.md, signing.md, verify-action.md, workflows.md and the recipes show workflows', () => {
  const names = new Set(shown.map(([name]) => name.replace(/,.*/, '')));
  for (const page of ['README.md', 'docs/signing.md', 'docs/verify-action.md', 'docs/workflows.md'])
    expect(names).toContain(page);
  expect([...names].filter((name) => name.startsWith('docs/recipes/')).length).toBeGreaterThan(3);
});

test('docs/releases.md shows examples/release.yml', async () => {
  const example = (await exampleWorkflows()).get('release.yml');
  const [first] = await workflowsIn('docs/releases.md');
  expect(first?.text).toBe(example?.replace(/^(?:#.*\n)+/, ''));
});

describe('the linters', () => {
  let found: LintMessages;
  let spoilt: LintMessages;
  beforeAll(async () => {
    const all = workflows.map(([, text]) => text);
    found = await lint({ workflows: all });
    spoilt = await lint({ workflows: all.map((text) => text.replace(/^jobs:/m, 'job:')) });
  });

  test('accept every workflow', () => {
    expect([found.parsed.flat(), found.workflows.flat()]).toEqual([[], []]);
  });

  test('reject each spoilt copy', () => {
    for (const messages of [...spoilt.parsed, ...spoilt.workflows]) expect(messages.length).toBeGreaterThan(0);
  });
});

describe.each(workflows)('%s', (_, text) => {
  const workflow: Workflow = parse(text);
  const jobs = Object.entries(workflow.jobs);
  const steps = jobs.flatMap(([, { steps: all = [] }]) => all);

  test('gives inputs that exist, and reads outputs that exist', () => {
    let ours = 0;
    for (const { uses = '', with: inputs = {}, id } of [...steps, ...jobs.map(([id, job]) => ({ ...job, id }))]) {
      const known = declarations.get(uses);
      if (known === undefined) continue;
      ours++;
      expect(Object.keys(inputs).filter((name) => !Object.hasOwn(known.inputs, name))).toEqual([]);
      const read = [...text.matchAll(/(?:steps|needs)\.([\w-]+)\.outputs\.([\w-]+)/g)].filter(([, of]) => of === id);
      expect(read.filter(([, , name = '']) => !Object.hasOwn(known.outputs, name))).toEqual([]);
    }
    expect(ours).toBeGreaterThan(0);
  });

  test('pins what it uses, puts no expression into a script, and leaves no token in a checkout', () => {
    for (const { uses, run = '', with: inputs } of [...steps, ...(Object.values(workflow.jobs) as readonly Step[])]) {
      if (uses !== undefined) expect(uses).toMatch(/@COMMIT$/);
      expect(run).not.toContain('${{');
      if (uses?.startsWith('actions/checkout@')) expect(inputs).toMatchObject({ 'persist-credentials': false });
    }
  });

  test('gives each job its permissions, each to write with a reason, and the workflow none', () => {
    expect(workflow.permissions).toEqual({});
    for (const [, { permissions }] of jobs) expect(permissions).toBeDefined();
    for (const line of text.split('\n')) if (/^ {6}[\w-]+: write\b/.test(line)) expect(line).toMatch(/ # \w/);
  });

  test('has no filter for pull requests', () => {
    const { on } = workflow;
    if (typeof on === 'object' && on !== null && 'pull_request' in on)
      expect(on).toEqual({ pull_request: null, merge_group: null });
  });
});

test('the job that is to be required runs always, and a skipped job does not pass it', () => {
  const [{ signatures } = {}, ...others] = workflows
    .map(([, text]) => parse(text).jobs)
    .filter((jobs) => 'signatures' in jobs);
  expect(others).toEqual([]);
  expect(signatures).toMatchObject({ if: 'always()', needs: 'verify' });
  expect(signatures.steps[0].run).toBe('test "$RESULT" = success');
});
