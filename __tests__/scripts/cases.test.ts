/** Checks that `npm run test:cases` finds the cases, says how to get those that are missing, and never passes without any. */

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pin = 'a73de4970176d258e0154c530b89d20b89444e4d';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-cases-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

interface Run {
  readonly code: number;
  readonly output: string;
}

function node(cases: string, ...args: readonly string[]): Promise<Run> {
  const env = { ...process.env, COUNTERSIGN_CASES: cases };
  return new Promise((settle) => {
    execFile(process.execPath, args, { cwd: root, env }, (error, stdout, stderr) =>
      settle({ code: error === null ? 0 : Number(error.code), output: stdout + stderr }),
    );
  });
}

const runCases = (cases: string): Promise<Run> => node(cases, 'scripts/cases/run.mjs');

/** Makes a folder with these empty files. */
async function folderWith(...files: readonly string[]): Promise<string> {
  const made = await mkdtemp(join(folder, 'cases-'));
  for (const file of files) {
    await mkdir(join(made, dirname(file)), { recursive: true });
    await writeFile(join(made, file), '');
  }
  return made;
}

describe('without cases nothing is tested, and that fails', () => {
  test.each([
    ['the folder is missing', () => Promise.resolve(join(folder, 'missing'))],
    ['the folder is empty', () => folderWith()],
    ['the folder has something else', () => folderWith('README.md', 'real/README.md')],
  ])('%s', async (_, make) => {
    const cases = await make();
    const { code, output } = await runCases(cases);
    expect(code).toBe(1);
    for (const text of [
      `git clone https://github.com/sigstore/sigstore-conformance ${cases}`,
      `git -C ${cases} checkout ${pin}`,
      'woodruffw/cpython-release-tracker',
      'There are no cases, so nothing was tested. Set COUNTERSIGN_CASES',
    ])
      expect(output).toContain(text);
  });

  test('with jest alone', async () => {
    const jest = ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', '--config', 'jest.cases.config.mjs'];
    const { code, output } = await node(await folderWith(), ...jest, '--listTests');
    expect([code, output]).toEqual([1, expect.stringContaining('npm run test:cases says how to get them')]);
  });
});

test('each part has its test, and each test its part', async () => {
  const { parts }: { readonly parts: readonly { readonly name: string }[] } = await import(
    join(root, 'scripts/cases/parts.mjs')
  );
  const tests = (await readdir(join(root, '__tests__/cases'))).filter((name) => name.endsWith('.ts'));
  expect(tests.sort()).toEqual(parts.map(({ name }) => `${name}.test.ts`).sort());
});

test.each([
  ['of the maintainers', 'conformance/bundle-verify'],
  ['of the public suite', 'test/assets/bundle-verify'],
])('a part that is there is tested: the suite in the layout %s, which is not whole here', async (_, place) => {
  const cases = await folderWith(`${place}/a.txt`, `${place}/happy-path/README`);
  const { code, output } = await runCases(cases);
  expect(code).toBe(1);
  expect(output).toContain(`suite    the public conformance suite: ${join(cases, place)}\n`);
  expect(output).toContain('FAIL __tests__/cases/suite.test.ts');
  expect(output).toContain('Test Suites: 1 failed, 1 total');
});
