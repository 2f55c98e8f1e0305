/** The recipes of docs/development.md: how many files each touches, and that following one of them works. */

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = await readFile(join(root, 'docs/development.md'), 'utf8');
const [, chapter = ''] = /^## Recipes\n([\s\S]*?)^## /m.exec(page) ?? [];
const recipes = chapter
  .split(/^### /m)
  .slice(1)
  .map((text) => ({ title: text.slice(0, text.indexOf('\n')), text, files: [...text.matchAll(/^\d\. `([^`]+)`/gm)] }))
  .map(({ files, ...recipe }) => ({ ...recipe, files: files.map(([, file = '']) => file) }));

test('there are nine recipes, of which none touches more than four files', () => {
  expect(recipes.map(({ title }) => title)).toEqual([
    'Add a sign input',
    'Add a CI provider',
    'Add a predicate type',
    'Add an expectation of predicates',
    'Add a policy option',
    "Add a key to the watch's part of policy files",
    'Add a verification step',
    'Add a look-alike rule',
    'Add a rule of the watch',
  ]);
  for (const { title, files } of recipes) {
    expect([title, files.length > 0 && files.length <= 4]).toEqual([title, true]);
    for (const file of files.filter((name) => !name.includes('<')))
      expect([file, existsSync(join(root, file))]).toEqual([file, true]);
  }
});

describe('the recipe for a sign input, followed in a copy of the project', () => {
  const [{ text, files } = { text: '', files: [] }] = recipes;
  const [row = ''] = /^ {5}label: \{.*\},\n/m.exec(text) ?? [];
  const run = (...args: readonly string[]) =>
    promisify(execFile)(process.execPath, args, { cwd: copy, env: { ...process.env, INPUT_LABEL: ' nightly ' } });
  let copy: string;

  beforeAll(async () => {
    copy = await mkdtemp(join(tmpdir(), 'countersign-recipe-'));
    const parts = [
      'src',
      'sandbox',
      'scripts',
      'action.yml',
      'sign',
      'verify',
      'monitor',
      'package.json',
      'package-lock.json',
      'tsconfig.json',
    ];
    await Promise.all(parts.map((part) => cp(join(root, part), join(copy, part), { recursive: true })));
    await symlink(join(root, 'node_modules'), join(copy, 'node_modules'), 'dir');
    const file = join(copy, files[0] ?? '');
    const table = await readFile(file, 'utf8');
    await writeFile(
      file,
      table.replace(/(?=^\} as const satisfies OptionTable;$)/m, () => row),
    );
    await run('scripts/manifests.mjs');
    await run('scripts/build.mjs', '--no-types');
  });
  afterAll(() => rm(copy, { recursive: true }));

  test.each(['action.yml', 'sign/action.yml'])('%s has the input', async (name) => {
    const { inputs } = parse(await readFile(join(copy, name), 'utf8'));
    expect(inputs.label).toEqual({ description: 'A label for the signatures of this run.', default: '' });
    const before = parse(await readFile(join(root, name), 'utf8')).inputs;
    expect(Object.keys(inputs)).toEqual([...Object.keys(before), 'label']);
  });

  test('the verify action does not have it', async () => {
    const name = 'verify/action.yml';
    expect(await readFile(join(copy, name), 'utf8')).toBe(await readFile(join(root, name), 'utf8'));
  });

  test('the help of countersign sign has the option, and no other help', async () => {
    const helps = await Promise.all(['sign', 'verify', 'tree'].map((name) => run('dist/cli.mjs', name, '--help')));
    const shown = helps.map(({ stdout }) =>
      /^ +--label <text> +A label for the signatures of this run\.$/m.test(stdout),
    );
    expect(shown).toEqual([true, false, false]);
  });

  test('the inputs have the value, and inputs and options the type', async () => {
    await writeFile(
      join(copy, 'src/action/label.ts'),
      `import { readSignInputs } from './read-sign-inputs.ts';
import { declaredActions } from '../options/index.ts';
for (const [name, input] of Object.entries(declaredActions().sign.inputs)) process.env[\`INPUT_\${name.toUpperCase()}\`] ??= input.default?.startsWith('\${{') ? '' : input.default;
const inputs: { readonly label: string | undefined } = readSignInputs('/workspace');
process.stdout.write(\`label=\${inputs.label}\`);
`,
    );
    await writeFile(
      join(copy, 'src/cli/label.ts'),
      `import type { SignOptions } from './sign-command.ts';
export const labelOf = ({ label }: SignOptions): string => label ?? '';
`,
    );
    await run('node_modules/typescript/bin/tsc');
    const bundle = {
      entryPoints: ['src/action/label.ts'],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outfile: 'label.cjs',
    };
    await run('--input-type=module', '-e', `await (await import('esbuild')).build(${JSON.stringify(bundle)})`);
    // The secrets among the inputs are masked first.
    expect((await run('label.cjs')).stdout).toMatch(/^label=nightly$/m);
  });
});
