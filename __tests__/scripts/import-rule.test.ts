/** The import rule, as Biome enforces it: in a copy of its configuration, with files that break it and files that do not. */

import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../..', import.meta.url));
const copied = ['biome.json', 'biome.imports.jsonc', '.gitignore', 'package.json', 'scripts'];

let project = '';
beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'countersign-import-rule-'));
  for (const name of copied) await cp(join(root, name), join(project, name), { recursive: true });
  await symlink(join(root, 'node_modules'), join(project, 'node_modules'));
});
afterAll(() => rm(project, { recursive: true, force: true }));

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(project, path)), { recursive: true });
  await writeFile(join(project, path), text);
}

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function node(...args: readonly string[]): Promise<Run> {
  return new Promise((settle) => {
    execFile(process.execPath, args, { cwd: project }, (error, stdout, stderr) =>
      settle({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

interface Case {
  readonly why: string;
  readonly file: string;
  readonly imports: string;
}

const broken: readonly Case[] = [
  { why: 'past the index.ts', file: 'src/sign/a.ts', imports: '../identity/token.ts' },
  { why: 'past the index.ts, from a folder within', file: 'src/sign/sub/a.ts', imports: '../../identity/token.ts' },
  { why: 'past the index.ts, by way of this folder', file: 'src/sign/a.ts', imports: './../identity/token.ts' },
  { why: 'from a folder below', file: 'src/identity/a.ts', imports: '../sign/index.ts' },
  { why: 'from a folder below, inside of the core', file: 'src/core/log/a.ts', imports: '../verify/index.ts' },
  { why: 'from a folder in the same brackets', file: 'src/run/sign/a.ts', imports: '../audit/index.ts' },
  { why: 'from a folder below, within folders', file: 'src/services/http/a.ts', imports: '../tuf/index.ts' },
  { why: 'of the package by its name', file: 'src/sign/a.ts', imports: 'countersign/verify' },
  { why: 'of Node in the core', file: 'src/core/log/a.ts', imports: 'node:fs' },
  { why: 'of a package in the core', file: 'src/core/log/a.ts', imports: 'jose' },
  { why: 'from outside of the core in the core', file: 'src/core/verify/a.ts', imports: '../../node/index.ts' },
  { why: 'of the sandbox', file: 'src/run/sign/a.ts', imports: '../../../sandbox/index.ts' },
  { why: 'of the runner in the sandbox', file: 'sandbox/a.ts', imports: '../src/run/sign/index.ts' },
  {
    why: 'of the runner in a folder of the sandbox',
    file: 'sandbox/oidc/a.ts',
    imports: '../../src/run/sign/index.ts',
  },
  {
    why: 'of another part of the core in the sandbox',
    file: 'sandbox/oidc/a.ts',
    imports: '../../src/core/log/index.ts',
  },
  { why: 'past an index.ts of the sandbox', file: 'sandbox/a.ts', imports: './oidc/issuer.ts' },
  {
    why: 'past an index.ts of another folder of the sandbox',
    file: 'sandbox/fulcio/a.ts',
    imports: '../oidc/issuer.ts',
  },
];

const kept: readonly Case[] = [
  { why: 'from a folder above', file: 'src/sign/a.ts', imports: '../identity/index.ts' },
  { why: 'from a folder above, from a folder within', file: 'src/sign/sub/a.ts', imports: '../../identity/index.ts' },
  { why: 'from the folder that this one is in', file: 'src/sign/sub/a.ts', imports: '../session.ts' },
  { why: 'from the same folder', file: 'src/sign/a.ts', imports: './session.ts' },
  { why: 'of Node outside of the core', file: 'src/sign/a.ts', imports: 'node:fs' },
  { why: 'of the core in the core', file: 'src/core/verify/a.ts', imports: '../log/index.ts' },
  { why: 'of what the core may import', file: 'src/core/crypto/a.ts', imports: '@noble/hashes/sha2.js' },
  { why: 'of the sandbox in the command', file: 'src/cli/a.ts', imports: '../../sandbox/index.ts' },
  { why: 'of what the sandbox shares', file: 'sandbox/oidc/a.ts', imports: '../../src/core/encoding/index.ts' },
  { why: 'of a folder of the sandbox', file: 'sandbox/a.ts', imports: './oidc/index.ts' },
];

/** The forms that an import can have. */
const forms: readonly ((path: string) => string)[] = [
  (path) => `import { a } from '${path}';\nexport const b = a;\n`,
  (path) => `import type { a } from '${path}';\nexport type B = a;\n`,
  (path) => `export { a } from '${path}';\n`,
  (path) => `export const b = () => import('${path}');\n`,
];

/** The files in which Biome finds an error of a rule. */
async function refused(rule: string): Promise<ReadonlySet<string>> {
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const only = `--only=${rule}`;
  const { stdout } = await node(biome, 'lint', only, '--reporter=json', '--max-diagnostics=none', 'src', 'sandbox');
  const { diagnostics } = JSON.parse(stdout) as {
    readonly diagnostics: readonly {
      readonly category: string;
      readonly location: { readonly path: string | { readonly file: string } };
    }[];
  };
  return new Set(
    diagnostics
      .filter(({ category }) => category === `lint/${rule}`)
      .map(({ location: { path } }) => (typeof path === 'string' ? path : path.file)),
  );
}

test('each import that breaks it is an error, in each form, and no other is', async () => {
  const files = new Map<string, string>();
  for (const { file, imports, why } of [...broken, ...kept]) {
    for (const [index, form] of forms.entries()) {
      const path = file.replace(/a\.ts$/, `${why.replace(/\W+/g, '-')}-${index}.ts`);
      files.set(path, why);
      await write(path, form(imports));
    }
  }
  const found = await refused('style/noRestrictedImports');
  const expected = new Set(broken.map(({ why }) => why));
  expect([...files].filter(([path, why]) => found.has(path) !== expected.has(why))).toEqual([]);
  expect(found.size).toBe(broken.length * forms.length);
});

test.each(['src/sign', 'sandbox/oidc'])('a cycle of imports is an error, of types too: in %s', async (folder) => {
  await write(`${folder}/types/a.ts`, `import type { B } from './b.ts';\nexport type A = B | 1;\n`);
  await write(`${folder}/types/b.ts`, `import type { A } from './a.ts';\nexport type B = A[];\n`);
  await write(`${folder}/values/a.ts`, `import { b } from './b.ts';\nexport const a = () => b;\n`);
  await write(`${folder}/values/b.ts`, `export const b = () => import('./a.ts');\n`);
  const found = await refused('suspicious/noImportCycles');
  expect([...found].filter((path) => path.startsWith(folder)).sort()).toEqual(
    ['types/a.ts', 'types/b.ts', 'values/a.ts', 'values/b.ts'].map((name) => `${folder}/${name}`),
  );
  await rm(join(project, folder, 'types'), { recursive: true });
  await rm(join(project, folder, 'values'), { recursive: true });
});

test('sources for which the list has no rule are an error', async () => {
  const check = () => node('scripts/import-rule.mjs', '--check');
  expect(await check()).toEqual({ code: 0, stdout: '', stderr: '' });
  for (const path of ['src/other/a.ts', 'src/services/other/a.ts', 'src/run/a.ts', 'sandbox/oidc/deep/a.ts']) {
    await write(path, '');
    const stderr = `scripts/import-rule.mjs has no rule for ${dirname(path)}\n`;
    expect(await check()).toEqual({ code: 1, stdout: '', stderr });
    await rm(join(project, path));
  }
});

test('a configuration that is not what the list says is an error', async () => {
  await write('biome.imports.jsonc', '{}\n');
  expect(await node('scripts/import-rule.mjs', '--check')).toMatchObject({ code: 1 });
  expect(await node('scripts/import-rule.mjs')).toMatchObject({ code: 0 });
  expect(await node('scripts/import-rule.mjs', '--check')).toMatchObject({ code: 0 });
});
