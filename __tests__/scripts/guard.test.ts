/** The guard, in a small project of its own: what it finds, deletes and says. */

import { execFile, execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../..', import.meta.url));

let folder = '';
let project = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-guard-test-'));
  project = join(folder, 'project');
  await mkdir(join(project, 'scripts'), { recursive: true });
  for (const name of ['scripts/guard', 'scripts/guard.mjs', 'scripts/cases', 'package.json'])
    await cp(join(root, name), join(project, name), { recursive: true });
  await symlink(join(root, 'node_modules'), join(project, 'node_modules'));
  await write({
    '.gitignore': 'node_modules\n',
    'jest.config.mjs': (await readFile(join(root, 'jest.config.mjs'), 'utf8')).replace(
      /testTimeout: [\d_]+/,
      'testTimeout: 5_000',
    ),
    'sandbox/index.ts': '',
    'src/refusals/index.ts': `export { refused } from './refused.ts';\n`,
    'src/refusals/refused.ts':
      'export function refused(problem: string): never {\n  throw new RangeError(problem);\n}\n',
  });
});
afterAll(() => rm(folder, { recursive: true }));

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(project, name)), { recursive: true });
    await writeFile(join(project, name), text);
  }
}

function git(...args: readonly string[]): void {
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.test', '-c', 'commit.gpgsign=false'];
  execFileSync('git', [...identity, ...args], { cwd: project, stdio: 'ignore' });
}

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function guard(...args: readonly string[]): Promise<Run> {
  return new Promise((settle) => {
    execFile(process.execPath, ['scripts/guard.mjs', ...args], { cwd: project }, (error, stdout, stderr) =>
      settle({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

/** The checks that are found in a source: what each is, without its place. */
async function checksIn(source: string): Promise<readonly string[]> {
  await write({ 'src/forms/form.ts': `import { refused } from '../refusals/index.ts';\n${source}\n` });
  const { stdout } = await guard('--list', 'src/forms');
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.replace(/^\S+ {2}/, ''));
}

describe('finds', () => {
  beforeAll(() => git('init', '--quiet'));

  test.each<[form: string, source: string, checks: readonly string[]]>([
    ['a condition of a throw', `if (a) throw new Error('x');`, ['a']],
    ['each reason', `if (a || (b && (c || d))) { log(); refused('x'); }`, ['a', '(b && (c || d))', 'c', 'd']],
    ['each part of what must be', `if (!(a && b)) refused('x');`, ['a', 'b']],
    ['a negation', `if (!a) refused('x');`, ['!a']],
    ['an imported function that never returns', `const b = a ?? refused('x');`, [`a ?? refused('x')`]],
    ['an alternative', `if (a) use(); else if (b) refused('x');`, ['b']],
    ['what is left', `if (a && b) use(); else refused('x');`, ['a', 'b']],
    ['a conditional expression', `const c = a ? b : refused('x');`, ['a']],
    ['a conjunction', `use(a && b && refused('x'));`, ['a && b']],
    ['a way out before a refusal', `function f() { if (a && b) return; const c = 1; refused('x'); }`, ['a', 'b']],
    ['an error that is returned', `function f() { if (a) return b; return { failure: new Error('x') }; }`, ['a']],
    ['a no', 'function f() { if (a) return undefined; return b; }', ['a']],
    ['a yes or no', 'function f(): boolean { if (a) return g(); return b === 1 && c; }', ['a', 'b === 1', 'c']],
    ['a limit', 'for (const a of b) { if (a > 3) break; }', ['a > 3']],
    [
      'a call for what it throws',
      'await demandInside(a); checkB(); verify(c).d;',
      ['await demandInside(a);', 'checkB();'],
    ],
    ['a method that never returns', 'class A { #no(): never { throw b; } f() { if (a) this.#no(); } }', ['a']],
    ['a parameter that never returns', `function f(no: (a: string) => never) { if (a) no('x'); }`, ['a']],
    ['what was caught', `try { a(); } catch { refused('x'); }`, [`refused('x');`]],
    ['nothing else', 'if (a) use(); const b = refused; for (;;) { if (c) continue; }', []],
  ])('%s', async (_, source, checks) => {
    expect(await checksIn(source)).toEqual(checks);
  });
});

/** Each check is a run of jest. */
const patience = 600_000;

describe('says', () => {
  beforeAll(async () => {
    await rm(join(project, 'src/forms'), { recursive: true, force: true });
    await write({
      'src/a/index.ts': `export { limited, untilZero } from './a.ts';\nexport { other } from './other.ts';\n`,
      'src/a/other.ts': 'export const other = 1;\n',
      'src/a/a.ts': `import { refused } from '../refusals/index.ts';

const kinds = new Map([['a', 1]]);
export const a = kinds.get('a') ?? refused('no a');

export function limited(value: number): number {
  if (value > 3) refused('too large');
  if (value < 0) refused('too small');
  return value;
}

export async function untilZero(value: number): Promise<boolean> {
  for (let left = value; ; left--) {
    await new Promise((settle) => setImmediate(settle));
    if (left <= 0) return false;
  }
}
`,
      '__tests__/a/a.test.ts': `import { expect, test } from '@jest/globals';
import { limited, untilZero } from '../../src/a/index.ts';
test('a value that is too large', () => expect(() => limited(4)).toThrow('too large'));
test('an end', () => expect(untilZero(2)).resolves.toBe(false));
`,
      // It cannot reach what is checked, and would fail.
      '__tests__/b.test.ts': `import { expect, test } from '@jest/globals';
import { other } from '../src/a/index.ts';
test('fails', () => expect(other).toBe(2));
`,
    });
    git('add', '--all');
    git('commit', '--quiet', '--message', 'a');
  });

  test(
    'which test notices, which does not end, and what no test notices; and goes on where it was',
    async () => {
      const results = join(folder, 'results');
      const { code, stdout } = await guard('--jobs=1', `--resume=${results}`, 'src/a');
      expect(stdout).toContain('src/a/a.ts:7  value > 3\n    __tests__/a/a.test.ts: a value that is too large\n');
      expect(stdout).toContain('src/a/a.ts:8  value < 0\n    NOT GUARDED\n');
      expect(stdout).toContain('src/a/a.ts:15  left <= 0\n    __tests__/a/a.test.ts does not end: an end\n');
      expect(stdout).toContain(
        '\n4 checks: 2 guarded, 0 noticed only because something does not load, 0 unreachable, 2 NOT',
      );
      expect(code).toBe(1);
      // Half of a line is what an interruption leaves.
      const lines = (await readFile(results, 'utf8')).split('\n');
      await writeFile(results, `${lines.slice(0, 4).join('\n')}\n${lines[4]?.slice(0, 20)}`);
      const again = await guard('--jobs=1', `--resume=${results}`, 'src/a');
      expect(again.stdout).toBe(stdout);
      expect((await readFile(results, 'utf8')).split('\n')).toEqual(lines);
    },
    patience,
  );

  test(
    'which checks are on lines that have changed, and begins anew where sources have',
    async () => {
      const path = join(project, 'src/a/a.ts');
      const text = await readFile(path, 'utf8');
      await writeFile(path, text.replace('value < 0', 'value < 1'));
      expect((await guard('--list', '--changed=HEAD', 'src')).stdout).toBe('src/a/a.ts:8  value < 1\n');
      await write({ 'src/a/new.ts': `export function f(a: boolean): void {\n  if (a) throw new Error('x');\n}\n` });
      expect((await guard('--list', '--changed=HEAD', 'src')).stdout).toBe(
        'src/a/a.ts:8  value < 1\nsrc/a/new.ts:2  a\n',
      );
      expect((await guard('--list', 'src/a/a.ts:7')).stdout).toBe('src/a/a.ts:7  value > 3\n');
      const { stdout } = await guard(`--resume=${join(folder, 'results')}`, 'src/a/a.ts:7');
      expect(stdout).toContain('it is begun anew');
      expect(stdout).toContain('1 checks: 1 guarded');
    },
    patience,
  );

  test(
    'which test notices what is deleted from a file that an index.ts loads lazily',
    async () => {
      await write({
        'src/late/index.ts': `import type { Small } from './small.ts';
export async function small(value: number): Promise<Small> {
  return (await import('./small.ts')).small(value);
}
`,
        'src/late/small.ts': `export type Small = number;
export function small(value: number): Small {
  if (value > 3) throw new RangeError('too large');
  return value;
}
`,
        '__tests__/late/small.test.ts': `import { expect, test } from '@jest/globals';
import { small } from '../../src/late/index.ts';
test('a value that is too large', () => expect(small(4)).rejects.toThrow('too large'));
`,
      });
      const { stdout } = await guard('src/late');
      expect(stdout).toContain('1 checks: 1 guarded');
    },
    patience,
  );

  test('which tests fail although nothing is deleted, and counts none of them', async () => {
    await write({
      '__tests__/a/a.test.ts': `import { expect, test } from '@jest/globals';
import { limited } from '../../src/a/index.ts';
test('wrong in any case', () => expect(limited(4)).toBe(5));
`,
    });
    const { code, stdout } = await guard('src/a/a.ts:7');
    expect(stdout).toContain('NOT GUARDED');
    expect(stdout).toContain(
      '__tests__/a/a.test.ts fails although nothing is deleted, and was left out: wrong in any case',
    );
    expect(code).toBe(1);
  });

  test('that nothing is where it was told to look', async () => {
    const { code, stderr } = await guard('src/nowhere');
    expect([code, stderr]).toEqual([1, expect.stringContaining('src/nowhere: no sources in src are there')]);
  });
});
