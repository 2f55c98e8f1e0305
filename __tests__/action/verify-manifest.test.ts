/** verify/action.yml and the action say the same, the policy has every input that the command has an option for, and the linters agree. */

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { readVerifyInputs } from '../../src/action/read-verify-inputs.ts';
import { Secret } from '../../src/node/index.ts';
import type { PolicyOption } from '../../src/options/index.ts';
import { declaredActions, optionName, policyRows } from '../../src/options/index.ts';
import { type LintMessages, lint } from '../kit/lint.ts';
import { outputsSet } from './outputs-set.ts';
import { provideInputs } from './provided-inputs.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const manifestText = await readFile(`${root}/verify/action.yml`, 'utf8');
const manifest = parse(manifestText);
const { inputs: verifyInputs, outputs: verifyOutputs } = declaredActions().verify;

const expression = (text: string): string => `\${{ ${text} }}`;
const options = (Object.keys(policyRows) as readonly PolicyOption[]).filter((option) => !/Regexp$/.test(option));
const inputOf = (option: PolicyOption): string =>
  option === 'subjectName' ? 'statement-subject-name' : optionName(option);

describe('verify/action.yml and the code', () => {
  test('have the same inputs, with the same descriptions and defaults, in the same order', () => {
    expect(Object.entries(manifest.inputs)).toEqual(Object.entries(verifyInputs));
    for (const { description } of Object.values(verifyInputs)) expect(description).toMatch(/[.]$/);
  });

  test('have the same outputs, with the same descriptions, in the same order', () => {
    const outputs = Object.entries(verifyOutputs).map(([name, description]) => [name, { description }]);
    expect(Object.entries(manifest.outputs)).toEqual(outputs);
  });

  test('every output is set, by the name that is declared, and no other', async () => {
    const set = await outputsSet(`${root}/src/action/verify.ts`);
    expect([...set].sort()).toEqual(Object.keys(manifest.outputs).sort());
  });

  test('what runs is beside the folder', () => {
    expect(manifest.runs).toEqual({ using: 'node24', main: '../dist/verify.mjs' });
  });

  test('each option of a policy that the command takes is an input', () => {
    expect(options.map(inputOf).filter((name) => !Object.hasOwn(verifyInputs, name))).toEqual([]);
  });
});

describe('reading the inputs', () => {
  const environment = process.env;
  afterEach(() => {
    process.env = environment;
  });
  const provide = (inputs: Readonly<Record<string, string>>) => provideInputs(verifyInputs, inputs);

  test('each that is declared is read, and no other', () => {
    const { asked } = provide({});
    readVerifyInputs('/workspace');
    const declared = Object.keys(verifyInputs).map((name) => `INPUT_${name.toUpperCase()}`);
    expect([...asked].sort()).toEqual(declared.sort());
  });

  test('the defaults mean what their descriptions say, and are no policy', () => {
    provide({});
    expect(readVerifyInputs('/workspace')).toEqual({
      subjects: { files: [], checksums: [], digests: [], unmatched: 'refused' },
      strictFolder: false,
      filesArtifact: undefined,
      images: [],
      account: undefined,
      bundlePaths: [],
      bundleDirectory: undefined,
      bundleArtifact: undefined,
      from: undefined,
      // Only the runner evaluates the default.
      githubToken: expect.any(Secret),
      instance: {
        name: 'public-good',
        purpose: 'verify',
        trustedRoot: undefined,
        tufUrl: undefined,
        tufRoot: undefined,
        cacheDirectory: undefined,
      },
      policy: {},
      platform: undefined,
      policyUri: undefined,
      publicLog: false,
      refuseProposedPolicy: true,
      releaseAssets: undefined,
      releaseFiles: [],
      reportPath: undefined,
      retryBudgetMilliseconds: 300_000,
      signVsa: false,
      signingConfig: undefined,
      svrOut: undefined,
      vsaFailed: false,
      vsaLevel: [],
      vsaOut: undefined,
    });
  });

  test.each(Object.keys(verifyInputs).filter((name) => name !== 'github-token'))(
    '%s means its default where it is empty or blank',
    (name) => {
      provide({});
      const inputs = readVerifyInputs('/workspace');
      for (const empty of ['', ' ', '\n']) {
        provide({ [name]: empty });
        expect(readVerifyInputs('/workspace')).toEqual(inputs);
      }
    },
  );

  test('all inputs may be empty', () => {
    provide({});
    const inputs = readVerifyInputs('/workspace');
    provide(Object.fromEntries(Object.keys(verifyInputs).map((name) => [name, ''])));
    expect(readVerifyInputs('/workspace')).toEqual({ ...inputs, githubToken: undefined });
  });

  test.each(options)('the policy has what is said of %s, in the form that it takes', (option) => {
    const { type } = policyRows[option].form;
    provide({ [inputOf(option)]: type === 'switch' ? 'true' : ' one \n\n two ' });
    expect(type === 'path').toBe(option === 'policy' || option === 'key');
    const text = 'one \n\n two';
    const value = { switch: true, list: ['one', 'two'], text, path: `/workspace/${text}` }[type];
    expect(readVerifyInputs('/workspace').policy).toEqual({ [option]: value });
  });

  test.each([
    ['allow-no-files', ['yes'], 'true or false'],
    ['strict-folder', ['yes'], 'true or false'],
    ['any-identity', ['yes', 'TRUE'], 'true or false'],
    ['insecure-ignore-tlog', ['1'], 'true or false'],
    ['instance', ['public', '__proto__'], 'public-good, github, staging, custom or sandbox'],
    ['policy-from-pull-request', ['allow'], 'refuse or warn'],
    ['retry-budget', ['soon'], '90s, 5m or 1h'],
  ])('%s names itself, what it was and what it may be', (name, values, allowed) => {
    for (const value of values) {
      provide({ [name]: value });
      expect(() => readVerifyInputs('/workspace')).toThrow(
        expect.objectContaining({
          code: 'USAGE',
          message: expect.stringContaining(`\`${name}\` is ${JSON.stringify(value)}`),
          remedy: expect.stringContaining(allowed),
        }),
      );
    }
  });

  test.each([
    [{ 'subject-name': 'app' }, 'subject-name'],
    [{ 'subject-digest': `sha256:${'0'.repeat(64)}` }, 'subject-digest'],
    [{ 'files-artifact': 'a', files: 'b' }, 'files-artifact'],
    [{ 'files-artifact': 'a', digests: 'b' }, 'files-artifact'],
    [{ 'files-artifact-id': '7', files: 'b' }, 'files-artifact'],
    [{ 'files-artifact-id': '0' }, 'files-artifact-id'],
    [{ 'files-artifact': 'a', 'files-artifact-digest': 'sha512:00' }, 'files-artifact-digest'],
    [{ 'files-artifact-digest': '0'.repeat(64) }, 'files-artifact-digest'],
    [{ 'bundle-artifact': 'a', 'bundle-dir': 'b' }, 'bundle-artifact'],
  ])('%j is refused', (inputs, named) => {
    provide(inputs);
    expect(() => readVerifyInputs('/workspace')).toThrow(
      expect.objectContaining({ code: 'USAGE', message: expect.stringContaining(named) }),
    );
  });
});

describe('the linters', () => {
  const workflow = [
    'on:',
    '  pull_request:',
    '  merge_group:',
    'permissions:',
    '  contents: read',
    'jobs:',
    '  verify:',
    '    runs-on: ubuntu-latest',
    '    steps:',
    '      - uses: actions/checkout@v4',
    '      - id: verify',
    '        uses: ./verify',
    '        with:',
    ...Object.entries(verifyInputs).map(([name, input]) => `          ${name}: ${JSON.stringify(input.default)}`),
    ...Object.keys(verifyOutputs).flatMap((name) => [
      '      - run: echo "$OUTPUT"',
      '        env:',
      `          OUTPUT: ${expression(`steps.verify.outputs.${name}`)}`,
    ]),
    '',
  ].join('\n');
  const manifests = [
    manifestText,
    manifestText.replace('using: node24', 'using: node18'),
    manifestText.replace('runs:\n', 'runs:\n  mian: x\n'),
    manifestText.replace('icon: check-circle', 'icon: tick'),
  ];
  let found: LintMessages;
  beforeAll(async () => {
    found = await lint({ manifests, workflows: [workflow] });
  });

  test("GitHub's parser has nothing against verify/action.yml, and something against each spoilt copy", () => {
    expect(found.manifests.map((messages) => messages.length === 0)).toEqual([true, false, false, false]);
  });

  test('they have nothing against a workflow with every input', () => {
    expect([found.workflows, found.parsed]).toEqual([[[]], [[]]]);
  });
});
