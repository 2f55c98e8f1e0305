/** action.yml and the action say the same, and GitHub's own parser takes the one as well as actionlint a workflow for the other. */

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { readSignInputs } from '../../src/action/read-sign-inputs.ts';
import { formatDigest } from '../../src/core/crypto/index.ts';
import { declaredActions } from '../../src/options/index.ts';
import { type LintMessages, lint } from '../kit/lint.ts';
import { outputsSet } from './outputs-set.ts';
import { provideInputs } from './provided-inputs.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const manifestText = await readFile(`${root}/action.yml`, 'utf8');
const manifest = parse(manifestText);
const { inputs: signInputs, outputs: signOutputs } = declaredActions().sign;

const expression = (text: string): string => `\${{ ${text} }}`;

describe('action.yml and the code', () => {
  test('have the same inputs, with the same descriptions and defaults, in the same order', () => {
    expect(Object.entries(manifest.inputs)).toEqual(Object.entries(signInputs));
  });

  test('have the same outputs, with the same descriptions, in the same order', () => {
    const outputs = Object.entries(signOutputs).map(([name, description]) => [name, { description }]);
    expect(Object.entries(manifest.outputs)).toEqual(outputs);
  });

  test('every output is set, by the name that is declared, and no other', async () => {
    // Two modes set some of them.
    const names = new Set(await outputsSet(`${root}/src/action/sign.ts`));
    expect([...names].sort()).toEqual(Object.keys(manifest.outputs).sort());
  });

  test('sign/action.yml is the same action: a workflow of this repository cannot name the folder at its root as `$/`', async () => {
    const text = await readFile(`${root}/sign/action.yml`, 'utf8');
    expect(text).toBe(
      manifestText.replace('name: Countersign\n', 'name: Countersign sign\n').replace('main: dist/', 'main: ../dist/'),
    );
  });

  test('what runs is in git, and no archive leaves it out', async () => {
    expect(manifest.runs).toEqual({ using: 'node24', main: 'dist/sign.mjs' });
    const { stdout } = await run('git', ['ls-files', '--', manifest.runs.main], { cwd: root });
    expect(stdout).toBe('dist/sign.mjs\n');
    const { stdout: attribute } = await run('git', ['check-attr', 'export-ignore', '--', manifest.runs.main], {
      cwd: root,
    });
    expect(attribute).toBe('dist/sign.mjs: export-ignore: unspecified\n');
  });
});

describe('reading the inputs', () => {
  const environment = process.env;
  afterEach(() => {
    process.env = environment;
  });

  const provide = (inputs: Readonly<Record<string, string>>) => provideInputs(signInputs, inputs);

  test('each that is declared is read, and no other', () => {
    const { asked } = provide({});
    readSignInputs('/workspace');
    expect([...asked].sort()).toEqual(
      Object.keys(signInputs)
        .map((name) => `INPUT_${name.toUpperCase()}`)
        .sort(),
    );
  });

  test('the defaults mean what their descriptions say', () => {
    provide({});
    expect(readSignInputs('/workspace')).toMatchObject({
      subjects: { files: [], checksums: [], digests: [] },
      filesArtifact: undefined,
      images: [],
      recursive: false,
      account: undefined,
      pushToRegistry: true,
      bundleDirectory: undefined,
      format: 'per-file',
      overwrite: false,
      uploadArtifact: 'auto',
      artifactName: undefined,
      instance: { name: 'public-good', trustedRoot: undefined, signingConfig: undefined, tufUrl: undefined },
      logVersion: undefined,
      retryBudgetMilliseconds: 300_000,
      allowPublicLog: false,
      concurrency: 100,
      allowDangerousTriggers: false,
    });
  });

  // Only the runner evaluates the default of the token.
  test.each(Object.keys(signInputs).filter((name) => name !== 'github-token'))(
    '%s means its default where it is empty or blank',
    (name) => {
      provide({});
      const inputs = readSignInputs('/workspace');
      for (const empty of ['', ' ', '\n']) {
        provide({ [name]: empty });
        expect(readSignInputs('/workspace')).toEqual(inputs);
      }
    },
  );

  test.each([
    [{ 'subject-path': 'a' }, 'attestation'],
    [{ 'subject-checksums': 'a' }, 'attestation'],
    [{ 'subject-name': 'a', 'subject-digest': `sha256:${'0'.repeat(64)}` }, 'attestation'],
    [{ 'subject-path': 'a', 'bundle-format': 'per-file' }, 'per-file'],
    [{ files: 'a', checksums: 'b' }, 'per-file'],
    [{ files: 'a', 'bundle-format': 'attestation' }, 'attestation'],
  ])('of %j the format is %s', (inputs, format) => {
    provide(inputs);
    expect(readSignInputs('/workspace').format).toBe(format);
  });

  test('all inputs may be empty', () => {
    provide({});
    const inputs = readSignInputs('/workspace');
    provide(Object.fromEntries(Object.keys(signInputs).map((name) => [name, ''])));
    expect(readSignInputs('/workspace')).toEqual({ ...inputs, githubToken: undefined });
  });

  test.each([
    ['upload-artifact', ['yes', 'TRUE'], 'true or false'],
    ['bundle-format', ['per_file', 'Attestation'], 'auto, per-file or attestation'],
    ['instance', ['public', 'toString', '__proto__'], 'public-good, github, staging, custom or sandbox'],
    ['log-version', ['3', 'v2'], '1 or 2'],
    ['public-log', ['true', 'allow!'], 'allow or refuse'],
    ['allow-dangerous-triggers', ['1', 'TRUE'], 'true or false'],
    ['concurrency', ['0', '257', '-1', '1e2', '1.5', 'many'], 'from 1 to 256'],
    ['retry-budget', ['soon', '-5s', '5 d', '1h30m', '12345678s'], '90s, 5m or 1h'],
  ])('%s names itself, what it was and what it may be', (name, values, allowed) => {
    for (const value of values) {
      provide({ [name]: value });
      expect(() => readSignInputs('/workspace')).toThrow(
        expect.objectContaining({
          code: 'USAGE',
          message: expect.stringContaining(`\`${name}\` is ${JSON.stringify(value)}`),
          remedy: expect.stringContaining(allowed),
        }),
      );
    }
  });

  test.each(['files', 'checksums', 'digests', 'subject-path'])('files-artifact and %s are refused together', (name) => {
    provide({ 'files-artifact': 'release', [name]: 'x' });
    expect(() => readSignInputs('/workspace')).toThrow(
      expect.objectContaining({ code: 'USAGE', message: expect.stringContaining('files-artifact') }),
    );
  });

  const hex = '0123456789abcdef'.repeat(4);
  test.each<[inputs: Readonly<Record<string, string>>, reference: unknown]>([
    [{ 'files-artifact': 'release' }, { name: 'release' }],
    [{ 'files-artifact-id': '7' }, { id: 7 }],
    [
      { 'files-artifact': 'release', 'files-artifact-id': '9007199254740991' },
      { name: 'release', id: 2 ** 53 - 1 },
    ],
    [
      { 'files-artifact': 'release', 'files-artifact-digest': hex },
      { name: 'release', digest: `sha256:${hex}` },
    ],
    [
      { 'files-artifact-id': '7', 'files-artifact-digest': `sha256:${hex.toUpperCase()}` },
      { id: 7, digest: `sha256:${hex}` },
    ],
  ])('%j is an artifact', (inputs, reference) => {
    provide(inputs);
    const { filesArtifact: { digest, ...key } = {} } = readSignInputs('/workspace');
    expect({ ...key, ...(digest && { digest: formatDigest(digest) }) }).toEqual(reference);
  });

  test.each([
    ['files-artifact-id', ['0', '-1', '1.5', '1e3', '0x7', '٣', 'release', '9007199254740992', '99999999999999999']],
    [
      'files-artifact-digest',
      [
        `sha512:${hex}${hex}`,
        `sha256:${hex}0`,
        hex.slice(1),
        `${hex}${hex}`,
        `sha1:${hex.slice(0, 40)}`,
        'sha256:',
        'x',
      ],
    ],
  ])('%s names itself, and what it was', (name, values) => {
    for (const value of values) {
      provide({ 'files-artifact': 'release', [name]: value });
      expect(() => readSignInputs('/workspace')).toThrow(
        expect.objectContaining({
          code: 'USAGE',
          message: `the input \`${name}\` is ${JSON.stringify(value)}, which is not valid`,
          remedy: expect.stringContaining('actions/upload-artifact'),
        }),
      );
    }
  });

  test('the digest of an artifact that is not named is refused', () => {
    provide({ 'files-artifact-digest': hex, digests: '' });
    expect(() => readSignInputs('/workspace')).toThrow(
      expect.objectContaining({ code: 'USAGE', message: expect.stringContaining('`files-artifact-digest`') }),
    );
  });

  test.each(['files-artifact-id', 'files-artifact-digest'])('%s and files are refused together', (name) => {
    provide({ [name]: name.endsWith('id') ? '7' : hex, files: 'x' });
    expect(() => readSignInputs('/workspace')).toThrow(
      expect.objectContaining({
        code: 'USAGE',
        message: expect.stringContaining('`files-artifact` cannot be combined'),
      }),
    );
  });

  test('a digest without its name is refused', () => {
    provide({ 'subject-digest': `sha256:${'0'.repeat(64)}` });
    expect(() => readSignInputs('/workspace')).toThrow(
      expect.objectContaining({ code: 'USAGE', message: expect.stringContaining('subject-digest') }),
    );
  });

  test('a name without its digest is refused', () => {
    provide({ 'subject-name': 'ghcr.io/example-org/app' });
    expect(() => readSignInputs('/workspace')).toThrow(
      expect.objectContaining({ code: 'USAGE', message: expect.stringContaining('subject-name') }),
    );
  });
});

describe('the linters', () => {
  /** Every input of the action, as a step gives it. */
  const workflow = [
    'on:',
    '  push:',
    "    tags: ['v*']",
    'permissions:',
    '  contents: read',
    'jobs:',
    '  release:',
    '    runs-on: ubuntu-latest',
    '    permissions:',
    '      contents: read',
    '      id-token: write',
    '    steps:',
    '      - uses: actions/checkout@v4',
    '      - id: sign',
    '        uses: ./',
    '        with:',
    ...Object.entries(signInputs).map(([name, input]) => `          ${name}: ${JSON.stringify(input.default)}`),
    '      - run: cat "$BUNDLES"',
    '        env:',
    `          BUNDLES: ${expression('steps.sign.outputs.bundles-path')}`,
    '',
  ].join('\n');
  const manifests = {
    right: manifestText,
    'another Node': manifestText.replace('using: node24', 'using: node18'),
    'no such icon': manifestText.replace('icon: feather', 'icon: unicorn'),
    'no such key': manifestText.replace('runs:\n', 'runs:\n  mian: x\n'),
    'a secret as a default': manifestText.replace("default: '5m'", `default: ${expression('secrets.BUDGET')}`),
  };
  const workflows = {
    right: workflow,
    'no such permission': workflow.replace('id-token: write', 'id-tokens: write'),
    'no such step': workflow.replace('steps.sign.', 'steps.sing.'),
    'an unknown key': workflow.replace('        with:', '        whit:'),
  };
  let found: LintMessages;

  beforeAll(async () => {
    found = await lint({ manifests: Object.values(manifests), workflows: Object.values(workflows) });
  });

  test("GitHub's parser has nothing against action.yml", () => {
    expect(found.manifests[0]).toEqual([]);
  });

  test("GitHub's parser complains about each spoilt copy", () => {
    expect(found.manifests.slice(1).map((messages) => messages.length > 0)).toEqual([true, true, true, true]);
  });

  test('actionlint has nothing against a workflow with every input', () => {
    expect(found.workflows[0]).toEqual([]);
  });

  test('actionlint complains about each spoilt copy', () => {
    expect(found.workflows.slice(1).map((messages) => messages.length > 0)).toEqual([true, true, true]);
  });
});
