/** The pages and reports in docs/api: what the sources say, for each library of the package. */

import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

const root = new URL('../../', import.meta.url);
const { exports } = JSON.parse(await readFile(new URL('package.json', root), 'utf8'));
const libraries = Object.keys(exports).filter((path) => path !== './package.json');

test('docs/api is what scripts/api.mjs writes', async () => {
  await promisify(execFile)(process.execPath, ['scripts/api.mjs', '--check'], { cwd: root });
});

test('there is a page and a report for each library, and no other', async () => {
  const names = libraries.map((path) => path.slice(2).replaceAll('/', '-'));
  const files = names.flatMap((name) => [`${name}.md`, `${name}.api.md`]);
  expect((await readdir(new URL('docs/api/', root))).sort()).toEqual(files.sort());
});

test.each(libraries)('the page about %s says what the library is for, and how it is imported', async (path) => {
  const name = path.slice(2).replaceAll('/', '-');
  const [title, , ...first] = (await readFile(new URL(`docs/api/${name}.md`, root), 'utf8')).split('\n');
  expect(title).toBe(`# countersign/${path.slice(2)}`);
  expect(first.slice(0, 2).join(' ')).toContain(`from 'countersign/${path.slice(2)}'\``);
});
