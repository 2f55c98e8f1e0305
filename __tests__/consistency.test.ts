/** Compares files that must agree and that no compiler reads together. */

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { sandboxMarkerOid } from '../sandbox/index.ts';
import { oids } from '../src/core/certificate/index.ts';

const text = (path: string): Promise<string> => readFile(new URL(`../${path}`, import.meta.url), 'utf8');

test('docs/dependencies.md names every dependency with its version, and no other', async () => {
  const { dependencies, devDependencies } = JSON.parse(await text('package.json'));
  const tables = (await text('docs/dependencies.md')).split('\n## ');
  const [bundled, others] = ['Bundled\n', 'Not bundled\n'].map((title) => {
    const rows = tables
      .find((each) => each.startsWith(title))
      ?.matchAll(/^\| (\S+) \| (\d\S*) \| [^|]+ \| [^|]+ \|$/gm);
    return Object.fromEntries([...(rows ?? [])].map(([, name, version]) => [name, version]));
  });
  expect(dependencies).toBe(undefined);
  expect({ ...bundled, ...others }).toEqual(devDependencies);
  const licences = `\n${await text('dist/LICENSES.txt')}`;
  const isBundled = ([name, version]: readonly string[]) => licences.includes(`\n${name} ${version} (`);
  expect(Object.fromEntries(Object.entries<string>(devDependencies).filter(isBundled))).toEqual(bundled);
});

test('dist/LICENSES.txt has the licence of the data of others in src', async () => {
  const licence = (await text('src/monitor/look-alikes/unicode/LICENSE')).trim();
  expect(await text('dist/LICENSES.txt')).toContain('Data in src/monitor/look-alikes/unicode\n');
  expect(await text('dist/LICENSES.txt')).toContain(licence);
});

test('the sandbox marks its certificates with what the verifier looks for', () => {
  expect(sandboxMarkerOid).toBe(oids.sandboxMarker);
});

test('README.md gives the commands that CI runs', async () => {
  const [readme, ci] = await Promise.all([text('README.md'), text('.ci/run')]);
  for (const command of ['npm run demo', 'npm cit', 'npm run test:interop']) {
    expect(readme).toContain(command);
    expect(ci).toContain(` ${command}\n`);
  }
});

test('package.json names the repository that README.md does, and what is published with it', async () => {
  const { repository, homepage, bugs, exports, author, keywords } = JSON.parse(await text('package.json'));
  const [, owner] = /uses: ([\w-]+)\/countersign@/.exec(await text('README.md')) ?? [];
  const address = `https://github.com/${owner}/countersign`;
  expect(repository).toEqual({ type: 'git', url: `git+${address}.git` });
  expect({ homepage, bugs }).toEqual({ homepage: `${address}#readme`, bugs: { url: `${address}/issues` } });
  expect(author).toEqual(expect.any(String));
  expect(keywords).toContain('sigstore');
  // Each library has its declarations, which conditions read in order.
  const { './package.json': _, ...libraries } = exports;
  for (const conditions of Object.values<object>(libraries))
    expect(Object.keys(conditions)).toEqual(['types', 'default']);
});

/** Phrases that messages, remedies and other texts of the program avoid, as they take a second reading. */
const bannedPhrases =
  /\b(?:nobody|whoever|vouch\w*|asked for|asks for|that is none|are none|is none|cannot be had|not be had|what is|what was|goes well|on the way to it|leaves open|leads out|(?:is|are) there twice|by itself|written there|those who|one another|anew|for ever)\b|, else\b|[;,:] else /;

/** The folders whose texts the phrases are banned from. */
const plainFolders = [
  'core',
  'node',
  'services',
  'identity',
  'subject',
  'sign',
  'fetch',
  'deliver',
  'run',
  'gate',
] as const;

test.each(plainFolders)('the texts of src/%s are in plain words', async (folder) => {
  const root = fileURLToPath(new URL(`../src/${folder}/`, import.meta.url));
  const files = (await readdir(root, { recursive: true })).filter((name) => name.endsWith('.ts'));
  expect(files).not.toEqual([]);
  const found: string[] = [];
  for (const name of files) {
    for (const [index, line] of (await readFile(join(root, name), 'utf8')).split('\n').entries()) {
      if (/^\s*(?:\/\/|\/?\*)/.test(line)) continue;
      const literals = line.match(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`/g) ?? [];
      if (literals.some((literal) => bannedPhrases.test(literal))) found.push(`${name}:${index + 1}: ${line.trim()}`);
    }
  }
  expect(found).toEqual([]);
});
