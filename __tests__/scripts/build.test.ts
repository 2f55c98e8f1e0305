/** The build of dist/, in a copy of the project: which files there are, which of them an edit changes, and what notices a stale one. */

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, cp, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** A source file of which one file of dist/ is made. */
const source = 'src/report/markdown.ts';
/** Adds a function and a statement that calls it. */
const edit = (text: string) => `${text}\nfunction edited() {\n  console.log('edited');\n}\nedited();\n`;
/** The programs, and the libraries that share their code. */
const programs = [
  ...['cli.mjs', 'conformance.mjs', 'sign.mjs', 'verify.mjs', 'monitor.mjs'],
  ...['lib/sign.mjs', 'lib/verify-node.mjs'],
];
const libraries = ['monitor', 'sandbox', 'verify'].flatMap((name) => [`lib/${name}.mjs`, `lib/${name}.mjs.map`]);

let project = '';
/** The files of dist/ as they are built from the sources as they are. */
let original: ReadonlyMap<string, string>;

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'countersign-build-'));
  for (const name of ['src', 'sandbox', 'scripts', 'package.json', 'package-lock.json', 'tsconfig.json'])
    await cp(join(root, name), join(project, name), { recursive: true });
  await symlink(join(root, 'node_modules'), join(project, 'node_modules'));
  await build();
  original = await files();
});
afterAll(() => rm(project, { recursive: true, force: true }));

interface Run {
  readonly code: number;
  readonly stderr: string;
}

function run(...args: readonly string[]): Promise<Run> {
  return new Promise((settle) => {
    execFile(process.execPath, ['scripts/build.mjs', '--no-types', ...args], { cwd: project }, (error, _, stderr) =>
      settle({ code: error === null ? 0 : Number(error.code), stderr }),
    );
  });
}

async function build(): Promise<void> {
  expect(await run()).toEqual({ code: 0, stderr: '' });
}

/** The texts of dist/ by path. */
async function files(): Promise<ReadonlyMap<string, string>> {
  const folder = join(project, 'dist');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
  return new Map(
    await Promise.all(
      paths.map(async (path) => [path.slice(folder.length + 1), await readFile(path, 'utf8')] as const),
    ),
  );
}

/** Edits a source file, does something, and puts the file back. */
async function edited<T>(path: string, edit: (text: string) => string, work: () => Promise<T>): Promise<T> {
  const text = await readFile(join(project, path), 'utf8');
  expect(edit(text)).not.toBe(text);
  await writeFile(join(project, path), edit(text));
  try {
    return await work();
  } finally {
    await writeFile(join(project, path), text);
  }
}

/** The names of the files of dist/ that are different, missing or new after an edit. */
function changedBy(path: string, edit: (text: string) => string): Promise<readonly string[]> {
  return edited(path, edit, async () => {
    await build();
    const after = await files();
    const names = new Set([...original.keys(), ...after.keys()]);
    return [...names].filter((name) => original.get(name) !== after.get(name)).sort();
  });
}

/** Returns the files of dist/ that a file imports when it is loaded, and on demand. */
function importsOf(name: string): { readonly now: readonly string[]; readonly later: readonly string[] } {
  const text = original.get(name) ?? '';
  const target = (path: string) => new URL(path, `file:///${name}`).pathname.slice(1);
  const found = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, path = '']) => target(path));
  return {
    now: found(/(?:\bfrom|\bimport) "(\.[^"]+\.mjs)"/g),
    later: found(/\bimport\("(\.[^"]+\.mjs)"\)/g),
  };
}

describe('the files', () => {
  test('have names that do not change with what is in them', () => {
    expect([...original.keys()]).toEqual(expect.arrayContaining([...programs, 'LICENSES.txt', 'lib/verify.mjs']));
    expect(original.has('chunks/cli-verify-command.mjs')).toBe(true);
    for (const name of original.keys()) expect(name).not.toMatch(/-[A-Z0-9]{8}\./);
  });

  test('are all needed, and none imports itself through others', () => {
    const reached = new Set(programs);
    for (const name of reached)
      for (const next of [importsOf(name).now, importsOf(name).later].flat()) reached.add(next);
    expect([...reached, 'LICENSES.txt', 'page.js', ...libraries].sort()).toEqual([...original.keys()].sort());
    for (const name of reached) {
      const loaded = new Set(importsOf(name).now);
      for (const next of loaded) for (const each of importsOf(next).now) loaded.add(each);
      expect([...loaded]).not.toContain(name);
    }
  });

  test('import no program, which Node would run a second time where it is started through a link', () => {
    for (const name of original.keys())
      for (const path of [importsOf(name).now, importsOf(name).later].flat()) expect(programs).not.toContain(path);
  });
});

describe('a stale dist/ is noticed', () => {
  const recorded = ['--check', '--recorded'];
  const fresh = { code: 0, stderr: '' };

  test('after an edit of a source', async () => {
    await edited(source, edit, async () => {
      const message = /^dist\/ is not what its sources build; run npm run dist:\n {2}dist\/chunks\/[\w-]+\.mjs\n$/;
      expect(await run(...recorded)).toEqual({ code: 1, stderr: expect.stringMatching(message) });
    });
    expect(await run(...recorded)).toEqual(fresh);
  });

  test('after an edit of dist/', async () => {
    const path = join(project, 'dist/verify.mjs');
    const text = await readFile(path);
    await appendFile(path, '// edited\n');
    expect(await run(...recorded)).toMatchObject({ code: 1, stderr: expect.stringContaining('  dist/verify.mjs\n') });
    await writeFile(path, text);
    expect(await run(...recorded)).toEqual(fresh);
  });

  test('by a build where there is no record, and without one where there is', async () => {
    await rm(join(project, '.dist.sha256'));
    expect(await run(...recorded)).toEqual(fresh);
    await rm(join(project, 'node_modules'));
    try {
      expect(await run(...recorded)).toEqual(fresh);
      expect((await run('--check')).code).toBe(1);
    } finally {
      await symlink(join(root, 'node_modules'), join(project, 'node_modules'));
    }
  });
});

describe('an edit changes the one file that the source is in', () => {
  test('outside of the core', async () => {
    expect(await changedBy(source, edit)).toEqual([expect.stringMatching(/^chunks\//)]);
  });

  test('of the core, which the libraries and the page have too', async () => {
    expect(await changedBy('src/core/errors/index.ts', edit)).toEqual([
      expect.stringMatching(/^chunks\//),
      ...libraries,
      'page.js',
    ]);
  });
});

describe('watching', () => {
  let child: ChildProcess;
  let lines: AsyncIterator<string>;
  beforeAll(async () => {
    child = spawn(process.execPath, ['scripts/build.mjs', '--watch'], {
      cwd: project,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (child.stdout === null) throw new Error('nothing can be read');
    lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  });
  afterAll(async () => {
    child.kill();
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  });

  /** Reads until this file was built. */
  async function untilBuilt(name: RegExp): Promise<void> {
    for (let line = await lines.next(); !line.done; line = await lines.next()) if (name.test(line.value)) return;
    throw new Error('the watch has ended');
  }

  test('builds', async () => {
    await untilBuilt(/^dist\/ is built; \d+ of \d+ files changed/);
    expect(await files()).toEqual(original);
  });

  test('builds again after a change', async () => {
    await edited(source, edit, () => untilBuilt(/; 1 of \d+ files changed: chunks\//));
    await untilBuilt(/; 1 of \d+ files changed: chunks\//);
    expect(await files()).toEqual(original);
  });

  test('builds again after a file was replaced by another one', async () => {
    const path = join(project, source);
    await writeFile(`${path}.new`, edit(await readFile(path, 'utf8')));
    await rename(`${path}.new`, path);
    await untilBuilt(/; 1 of \d+ files changed: chunks\//);
  });
});
