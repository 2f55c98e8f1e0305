/** The example of docs/sandbox.md, run from a project that has nothing but the package. */

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire, isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = await readFile(join(root, 'docs', 'sandbox.md'), 'utf8');
/** Only the blocks in `js` are whole programs. */
const [example = '', ...others] = [...page.matchAll(/^```js\n([\s\S]*?)^```$/gm)].map(([, text]) => text ?? '');

let project: string;
beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'countersign-docs-'));
  const installed = join(project, 'node_modules', 'countersign');
  await mkdir(installed, { recursive: true });
  for (const name of ['package.json', 'dist']) await symlink(join(root, name), join(installed, name));
  await writeFile(join(project, 'package.json'), '{"type":"module"}');
  await writeFile(join(project, 'example.js'), example);
  await writeFile(join(project, 'example.ts'), example);
});
afterAll(() => rm(project, { recursive: true, force: true }));

function run(...args: readonly string[]) {
  return new Promise<{ readonly code: unknown; readonly stdout: string; readonly stderr: string }>((resolve) => {
    // Links are not followed, so that nothing is found in node_modules of this repository.
    const node = ['--preserve-symlinks', '--preserve-symlinks-main', ...args];
    execFile(process.execPath, node, { cwd: project, env: {} }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : error.code, stdout, stderr });
    });
  });
}

test('it starts a sandbox, and ends once that is closed', async () => {
  expect(others).toEqual([]);
  const { code, stdout, stderr } = await run('example.js');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const [url, status, token = ''] = stdout.trim().split(' ');
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/fulcio$/);
  expect(status).toBe('503');
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  expect(claims).toMatchObject({ environment: 'production', aud: 'sigstore' });
});

test('its types need no other package than those of Node', async () => {
  const { resolve } = createRequire(join(root, 'package.json'));
  const tsc = join(dirname(resolve('typescript/package.json')), 'bin', 'tsc');
  for (const name of ['@types', 'undici-types']) {
    await symlink(join(root, 'node_modules', name), join(project, 'node_modules', name), 'dir');
  }
  const options = ['--noEmit', '--strict', '--preserveSymlinks', '--module', 'nodenext', '--target', 'es2023'];
  expect(await run(tsc, ...options, '--lib', 'es2023,esnext.disposable', '--types', 'node', 'example.ts')).toEqual({
    code: 0,
    stdout: '',
    stderr: '',
  });
});

test('it imports modules of Node alone', async () => {
  const text = await readFile(join(root, 'dist', 'lib', 'sandbox.mjs'), 'utf8');
  const imported = [...text.matchAll(/\bfrom\s*"([^"]+)"|\b(?:import|require)\(\s*"([^"]+)"/g)].map(
    ([, a, b]) => a ?? b ?? '',
  );
  expect(imported.length).toBeGreaterThan(0);
  expect(imported.filter((name) => !isBuiltin(name))).toEqual([]);
});
