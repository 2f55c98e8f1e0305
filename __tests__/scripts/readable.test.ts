/** A bug prints readable code, and the source maps of the libraries lead to the sources. */

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { SourceMap } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { built } from '../kit/built.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cli = await built('cli.mjs');
const libraries = ['verify', 'sandbox'] as const;

interface SourceMapFile {
  readonly sources: readonly string[];
  readonly sourcesContent: readonly string[];
}

function run(args: readonly string[], options: readonly string[] = []): Promise<string> {
  return new Promise((settle) => {
    execFile(process.execPath, [...options, ...args], { cwd: root }, (_, __, stderr) => settle(stderr));
  });
}

/** A program that makes something throw. */
function inline(text: string): readonly string[] {
  return ['--input-type=module', '--eval', text];
}

function library(name: (typeof libraries)[number]): string {
  return join(root, 'dist/lib', `${name}.mjs`);
}

function longest(text: string): number {
  return Math.max(...text.split('\n').map((line) => line.length));
}

/** The preload that makes the command run into a defect. */
const preload = (text: string) => [`--import=data:text/javascript,${encodeURIComponent(text)}`];

describe('an uncaught error', () => {
  const broken = `import { readBundle } from ${JSON.stringify(pathToFileURL(library('verify')).href)}; readBundle('{');`;

  test('of the library shows the line that threw it, and who called', async () => {
    const stderr = await run(inline(broken));
    expect(longest(stderr)).toBeLessThan(200);
    expect(stderr).toMatch(/dist\/lib\/verify\.mjs:\d+\n {2}return new CountersignError\(/);
    expect(stderr).toMatch(/ at readBundle \(.*\/dist\/lib\/verify\.mjs:\d+:\d+\)/);
  });

  test('of the library shows the source where source maps are enabled', async () => {
    const stderr = await run(inline(broken), ['--enable-source-maps']);
    const [, line = '', column = ''] = /\/src\/core\/bundle\/read-bundle\.ts:(\d+):(\d+)/.exec(stderr) ?? [];
    const source = await readFile(join(root, 'src/core/bundle/read-bundle.ts'), 'utf8');
    expect(source.split('\n')[Number(line) - 1]?.slice(Number(column) - 1)).toMatch(/^(?:ProtoField\.)?parse\(json/);
  });

  test('of the command shows the line that threw it', async () => {
    const defect = `process.once('beforeExit', () => process.stdout.emit('error', new Error('defect')));`;
    const stderr = await run([cli, '--version'], preload(defect));
    expect(longest(stderr)).toBeLessThan(200);
    expect(stderr).toMatch(/dist\/cli\.mjs:\d+\n +if \(error\.code !== "EPIPE"\) throw error;\n/);
  });
});

test('a defect in the command prints the names of the functions that led to it', async () => {
  const trustedRoot = '__tests__/fixtures/roots/public-good.trusted_root.json';
  const args = ['verify', 'README.md', '--any-identity', '--any-issuer', '--trusted-root', trustedRoot];
  const stderr = await run([cli, ...args], preload('Promise.all = undefined;'));
  expect(longest(stderr)).toBeLessThan(200);
  expect(stderr).toMatch(
    /^TypeError: .*\n(?: {4}at .*\n)*? {4}at (?:async )?verify \(.*\/dist\/chunks\/cli-verify-command\.mjs:\d+:\d+\)/,
  );
});

describe.each(libraries)('the source map of the library %s', (name) => {
  test('has the sources as they are, by their paths in the project', async () => {
    const text = await readFile(`${library(name)}.map`, 'utf8');
    expect(text).not.toContain(root);
    const { sources, sourcesContent }: SourceMapFile = JSON.parse(text);
    expect(sources.filter((path) => !/^\.\.\/\.\.\/(?:src|sandbox|node_modules)\/[^.]/.test(path))).toEqual([]);
    expect(sources).toContain('../../src/core/errors/index.ts');
    const differing: string[] = [];
    for (const [at, path] of sources.entries())
      if ((await readFile(join(dirname(library(name)), path), 'utf8')) !== sourcesContent[at]) differing.push(path);
    expect(differing).toEqual([]);
  });

  test('leads from each line that throws a CountersignError to one that does', async () => {
    const text = await readFile(library(name), 'utf8');
    expect(text).toMatch(new RegExp(`\\n//# sourceMappingURL=${name}\\.mjs\\.map\\n$`));
    const map = new SourceMap(JSON.parse(await readFile(`${library(name)}.map`, 'utf8')));
    const { sources, sourcesContent }: SourceMapFile = JSON.parse(await readFile(`${library(name)}.map`, 'utf8'));
    const thrown = text
      .split('\n')
      .flatMap((line, at) => (line.includes('throw new CountersignError(') ? [{ line, at }] : []));
    expect(thrown.length).toBeGreaterThan(0);
    for (const { line, at } of thrown) {
      const entry = map.findEntry(at, line.indexOf('throw'));
      if (!('originalLine' in entry)) throw new Error(`nothing leads to line ${at + 1}`);
      const source = sourcesContent[sources.indexOf(entry.originalSource)]?.split('\n')[entry.originalLine];
      expect(source?.slice(entry.originalColumn)).toMatch(/^throw new CountersignError\(/);
    }
  });
});
