/** monitor/action.yml and the action say the same, and the inputs are read as they are declared. */

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { readMonitorInputs } from '../../src/action/read-monitor-inputs.ts';
import { readWatchJob } from '../../src/action/watch-job.ts';
import { declaredActions } from '../../src/options/index.ts';
import { outputsSet } from './outputs-set.ts';
import { provideInputs } from './provided-inputs.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const manifest = parse(await readFile(`${root}/monitor/action.yml`, 'utf8'));
const { inputs, outputs } = declaredActions().monitor;

describe('monitor/action.yml and the code', () => {
  test('have the same inputs, with the same descriptions and defaults, in the same order', () => {
    expect(Object.entries(manifest.inputs)).toEqual(Object.entries(inputs));
    for (const { description } of Object.values(inputs)) expect(description).toMatch(/[.]$/);
  });

  test('have the same outputs, with the same descriptions, in the same order', () => {
    const described = Object.entries(outputs).map(([name, description]) => [name, { description }]);
    expect(Object.entries(manifest.outputs)).toEqual(described);
  });

  test('every output is set, by the name that is declared, and no other', async () => {
    const set = new Set(await outputsSet(`${root}/src/action/monitor.ts`));
    expect([...set].sort()).toEqual(Object.keys(manifest.outputs).sort());
  });

  test('what runs is beside the folder', () => {
    expect(manifest.runs).toEqual({ using: 'node24', main: '../dist/monitor.mjs' });
  });
});

describe('the inputs', () => {
  const environment = process.env;
  afterEach(() => {
    process.env = environment;
  });

  test('each that is declared is read, and no other', () => {
    const { asked } = provideInputs(inputs, {});
    readMonitorInputs('/workspace');
    const declared = Object.keys(inputs).map((name) => `INPUT_${name.toUpperCase()}`);
    expect([...asked].sort()).toEqual(declared.sort());
  });

  test('have their defaults if they are empty; an expression is for the runner alone', () => {
    provideInputs(inputs, Object.fromEntries(Object.keys(inputs).map((name) => [name, ''])));
    expect(readMonitorInputs('/workspace')).toMatchObject({
      policy: '/workspace/.github/countersign.yml',
      token: undefined,
      issue: false,
      uploadReport: true,
      stateArtifact: 'countersign-watch-state',
      maxOutageMilliseconds: 6 * 3_600_000,
      maxEntries: 2_000_000,
      maxMinutes: 20,
      from: 'head',
    });
  });

  test('secrets are hidden', () => {
    provideInputs(inputs, { token: 'ghs_secret', webhook: 'https://hooks.example', 'webhook-secret': 'whsec_secret' });
    expect(JSON.stringify(readMonitorInputs('/workspace'))).not.toMatch(/ghs_secret|whsec_secret/);
  });
});

describe('the job', () => {
  const variables = {
    GITHUB_REPOSITORY: 'octo/app',
    GITHUB_REPOSITORY_ID: '7',
    GITHUB_WORKFLOW_REF: 'octo/app/.github/workflows/watch.yml@refs/heads/main',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_RUN_ID: '42',
    GITHUB_RUN_ATTEMPT: '2',
    GITHUB_EVENT_NAME: 'schedule',
  };

  test('is read from the environment', () => {
    expect(readWatchJob(variables)).toEqual({
      repository: 'octo/app',
      repositoryId: '7',
      workflow: '.github/workflows/watch.yml',
      runId: '42',
      attempt: 2,
      event: 'schedule',
      branch: 'main',
    });
  });

  test.each(['refs/tags/v1', 'refs/pull/1/merge'])('has no branch at %s', (ref) => {
    expect(readWatchJob({ ...variables, GITHUB_REF: ref }).branch).toBeUndefined();
  });

  test.each([...Object.keys(variables)])('needs %s', (name) => {
    expect(() => readWatchJob({ ...variables, [name]: '' })).toThrow(`${name} is not set`);
  });

  test.each([
    'octo/other/.github/workflows/watch.yml@refs/heads/main',
    'octo/app/watch.yml@refs/heads/main',
    'octo/app/.github/workflows/watch.yml',
  ])('is not of the workflow %s', (ref) => {
    expect(() => readWatchJob({ ...variables, GITHUB_WORKFLOW_REF: ref })).toThrow('is not a workflow of octo/app');
  });
});
