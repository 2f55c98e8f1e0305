import * as nodeFiles from 'node:fs/promises';
import { mkdir, mkdtemp, readFile, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { collectFiles } from '../../src/subject/index.ts';
import { failure } from '../services/loopback.ts';

let parent = '';
let workspace = '';
beforeEach(async () => {
  parent = await realpath(await mkdtemp(join(tmpdir(), 'countersign-collect-')));
  workspace = join(parent, 'workspace');
  await mkdir(workspace);
});
afterEach(() => rm(parent, { recursive: true }));

async function files(...names: readonly string[]): Promise<void> {
  for (const name of names) {
    await mkdir(dirname(join(workspace, name)), { recursive: true });
    await writeFile(join(workspace, name), name);
  }
}

async function names(...patterns: readonly string[]): Promise<readonly string[]> {
  return (await collectFiles(patterns, workspace)).map(({ name }) => name);
}

describe('the files', () => {
  test('have their name below the workspace, and where they are', async () => {
    await files('dist/deep/app.tgz');
    const [subject, ...others] = await collectFiles(['dist/**'], workspace);
    expect(others).toEqual([]);
    const { dev, ino } = await stat(join(workspace, 'dist', 'deep', 'app.tgz'), { bigint: true });
    expect(subject).toEqual({
      kind: 'file',
      name: 'dist/deep/app.tgz',
      path: join(workspace, 'dist', 'deep', 'app.tgz'),
      identity: { device: dev, inode: ino },
    });
    expect(await readFile(subject?.path ?? '', 'utf8')).toBe('dist/deep/app.tgz');
  });

  test('come in the order of their names, whatever the order of the patterns', async () => {
    await files('b', 'a', 'Z', 'dir/x', 'dir-y', 'é', '10', '9');
    const sorted = ['10', '9', 'Z', 'a', 'b', 'dir-y', 'dir/x', 'é'];
    expect(await names('**')).toEqual(sorted);
    expect(await names('é', 'dir/**', '[a-z]', '9', 'dir-y', 'Z', '10')).toEqual(sorted);
  });

  test('come once each, however many patterns match them', async () => {
    await files('a.txt', 'b.txt');
    expect(await names('*.txt', 'a.txt', './a.txt', '**', 'a.*', 'a.txt')).toEqual(['a.txt', 'b.txt']);
    expect(await names(join(workspace, 'a.txt'), join(workspace, '*'))).toEqual(['a.txt', 'b.txt']);
    expect(await names('.//a.txt', './/./b*')).toEqual(['a.txt', 'b.txt']);
  });

  test('that are excluded are left out, wherever the exclusion stands', async () => {
    await files('a.txt', 'b.txt', 'dist/c.map', 'dist/d.js');
    expect(await names('**', '!*.txt')).toEqual(['dist/c.map', 'dist/d.js']);
    expect(await names('!**/*.map', 'dist/**', '!b.txt', '*.txt')).toEqual(['a.txt', 'dist/d.js']);
  });

  test.each([
    'with blanks',
    ' blanks around ',
    'ünïcödé 日本語 🐎',
    'line\nfeed',
    'many\r\n\u2028\u2029breaks',
    'tab\tbell\u0007',
    '[x]',
    '(y)',
    '{a,b}',
    '!z',
    '*',
    'what?',
    '%0A',
    '#1',
    'back\\slash',
    'quo\'te"s`',
    'a::error::b',
    '$(command)',
    '-rf',
  ])('may be called %j', async (name) => {
    await files(name, 'other.bin', `in/${name}`, `in/${name}.d/x`);
    expect(await names('*', '!other.bin')).toEqual([name]);
    expect(await names(name)).toEqual([name]);
    expect(await names(`./${name}`)).toEqual([name]);
    expect(await names(join(workspace, name))).toEqual([name]);
    expect(await names('**')).toEqual([`in/${name}`, `in/${name}.d/x`, name, 'other.bin'].sort());
    expect(await names('**', `!${name}`, `!in/${name}.d`)).toEqual([`in/${name}`, 'other.bin'].sort());
    expect(await readFile((await collectFiles([name], workspace))[0]?.path ?? '', 'utf8')).toBe(name);
  });

  test('whose names begin with a dot are matched by a dot alone', async () => {
    await files('.env', '.config/x', '.config/.y', 'z/.w', 'z/v', '..two dots first');
    expect(await names('**')).toEqual(['z/v']);
    expect(await names('z/*', '**/v')).toEqual(['z/v']);
    expect(await names('.env', '.config/**', 'z/.w')).toEqual(['.config/x', '.env', 'z/.w']);
    expect(await names('.*')).toEqual(['..two dots first', '.env']);
    expect(await names('**/.*')).toEqual(['..two dots first', '.env', 'z/.w']);
    // An exclusion means them as well.
    expect(await names('.config/*', '**/.*', '!.config/*y', '!**/*w')).toEqual([
      '..two dots first',
      '.config/x',
      '.env',
    ]);
    expect(await names('z/.*', '.*', '!*env')).toEqual(['..two dots first', 'z/.w']);
  });

  test('of Git are never among them', async () => {
    await files('.git/config', 'sub/.git', 'sub/x', '.github/y', 'sub/.GIT/z');
    expect(await names('**', '.github/*')).toEqual(['.github/y', 'sub/x']);
    for (const pattern of ['.git/*', '.git/config', '**/.git/**']) {
      expect((await failure(names(pattern))).code).toBe('SUBJECT_MISSING');
    }
    expect((await failure(names('sub/.git'))).message).toBe('"sub/.git" belongs to Git and is never signed');
    await symlink('.git/config', join(workspace, 'linked'));
    const error = await failure(names('linked'));
    expect(error.code).toBe('USAGE');
    expect(error.message).toBe(`"linked" is a link to "${join(workspace, '.git/config')}", which belongs to Git`);
  });

  test('with brackets in their name are matched literally, escaped or not', async () => {
    await files('[x].txt', 'report (1).txt');
    expect(await names('\\[x\\].txt')).toEqual(['[x].txt']);
    expect(await names('[x].txt')).toEqual(['[x].txt']);
    expect(await names('report \\(1\\).txt')).toEqual(['report (1).txt']);
    await files('x.txt', 'y.txt');
    expect(await names('\\[x\\].txt')).toEqual(['[x].txt']);
    expect(await names('[xy].txt')).toEqual(['x.txt', 'y.txt']);
    expect(await names('*.txt', '![x].txt')).toEqual(['report (1).txt', 'x.txt', 'y.txt']);
  });

  test('are files: a folder is none', async () => {
    await files('dist/a', 'dist/sub/b', 'top');
    expect(await names('*')).toEqual(['top']);
    expect(await names('**')).toEqual(['dist/a', 'dist/sub/b', 'top']);
    expect(await names('dist/**')).toEqual(['dist/a', 'dist/sub/b']);
    expect(await names('**', '!dist')).toEqual(['top']);
    expect(await names('**', '!dist/')).toEqual(['top']);
  });
});

const missing = 'Correct or remove the pattern, or create the file first.';

describe('patterns that match nothing', () => {
  test('are each named', async () => {
    await files('there.txt');
    const error = await failure(names('missing-*', 'there.txt', 'dist/**', 'with "quotes"'));
    expect(error.code).toBe('SUBJECT_MISSING');
    expect(error.exitCode).toBe(3);
    expect(error.message).toBe('nothing matches "missing-*", "dist/**", "with \\"quotes\\""');
    expect(error.remedy).toBe('Correct or remove the pattern, or create the file first.');
  });

  test('say what they match instead, and what to do about it', async () => {
    await files('a.txt', 'b.bin', 'dist/sub/c', '.env', 'e/.f');
    await symlink('nowhere', join(workspace, 'dangling'));
    await symlink('../dist', join(workspace, 'dist/up'));
    const socket = createServer().listen(join(workspace, 'socket')).unref();
    const cases: readonly (readonly [lines: readonly string[], message: string, remedy: string])[] = [
      [['dist'], '"dist" is a directory', 'To match the files in a directory, use `dist/**`.'],
      [['dist/'], '"dist/" is a directory', 'To match the files in a directory, use `dist/**`.'],
      [['d*/*b'], '"d*/*b" is a directory', 'To match the files in a directory, use `d*/*b/**`.'],
      [['.'], '"." is a directory', 'To match the files in a directory, use `**`.'],
      [['dist/up'], '"dist/up" is a link to one of its parent directories', missing],
      [['dangling'], '"dangling" is a broken link', missing],
      [['socket'], '"socket" is not a regular file', missing],
      [
        ['*.txt', 'b.bin', '!a.txt'],
        '"*.txt" matches only excluded files',
        'Remove the pattern, or the pattern with `!` that excludes its files.',
      ],
      [
        ['a.txt', '!**'],
        '"a.txt" matches only excluded files',
        'Remove the pattern, or the pattern with `!` that excludes its files.',
      ],
      [
        ['e/**'],
        '"e/**" matches only names that start with a dot',
        'Include the dot in the pattern, as in `.*` or `**/.*`.',
      ],
      [['ghcr.io/owner/app:1.2'], 'nothing matches "ghcr.io/owner/app:1.2"', 'To specify an image, use `images`.'],
      [
        ['x', 'dist', 'y'],
        'nothing matches "x", "y"; "dist" is a directory',
        `${missing} To match the files in a directory, use \`dist/**\`.`,
      ],
    ];
    for (const [lines, message, remedy] of cases) {
      const error = await failure(names(...lines));
      expect([error.code, error.message, error.remedy]).toEqual(['SUBJECT_MISSING', message, remedy]);
    }
    socket.close();
  });

  test('say so of an empty folder', async () => {
    await mkdir(join(workspace, 'empty'));
    expect((await failure(names('empty/**'))).message).toBe('nothing matches "empty/**"');
    expect((await failure(names('empty'))).message).toBe('"empty" is a directory');
  });

  test('may be too long to be patterns', async () => {
    const error = await failure(names('*'.repeat(70_000)));
    expect(error.code).toBe('USAGE');
    expect(error.message).toMatch(/^invalid pattern: /);
  });

  test.each<[what: string, patterns: readonly string[]]>([
    ['none at all', []],
    ['exclusions alone', ['!*.txt']],
  ])('%s are a missing input', async (_, patterns) => {
    await files('a.txt');
    const error = await failure(names(...patterns));
    expect(error.code).toBe('SUBJECT_MISSING');
    expect(error.message).toBe('no files specified');
    expect(error.remedy).toBe('Specify at least one pattern that does not start with `!`.');
  });

  test('an empty pattern matches nothing', async () => {
    await files('a.txt');
    expect((await failure(names(''))).message).toBe('nothing matches ""');
  });
});

describe('what is outside of the workspace', () => {
  beforeEach(async () => {
    await files('dist/a');
    await mkdir(join(parent, 'elsewhere'));
    await writeFile(join(parent, 'elsewhere', 'secret.txt'), 'secret');
    await writeFile(join(parent, 'outside.txt'), 'secret');
    await mkdir(join(parent, 'workspace-2'));
    await writeFile(join(parent, 'workspace-2', 'x'), 'secret');
  });

  test.each([
    '../outside.txt',
    '../*.txt',
    'dist/../../outside.txt',
    './../outside.txt',
    '..',
    'dist/./../..',
    'd*/../dist/a',
    '**/../dist/a',
    '{dist,x}/../dist/a',
    '\\.\\./outside.txt',
    '\\../*',
    '!../*',
  ])('is refused: %s', async (pattern) => {
    const error = await failure(names('dist/a', pattern));
    expect(error.code).toBe('USAGE');
    expect(error.message).toBe(
      `the pattern ${JSON.stringify(pattern.replace(/^!/, ''))} points outside of the workspace`,
    );
    expect(error.remedy).toBe('Specify files in the workspace. Copy other files into the workspace first.');
    expect(error.exitCode).toBe(2);
  });

  test.each(['dist/../dist/a', './dist/../dist/../dist/*', 'missing/../dist/a', 'dist/\\../dist/a'])(
    'is not where %s leads',
    async (pattern) => {
      expect(await names(pattern)).toEqual(['dist/a']);
      expect(await names(join(workspace, pattern))).toEqual(['dist/a']);
    },
  );

  test('one file in two spellings is one', async () => {
    expect(await names('dist/a', 'dist/../dist/a', './dist//a', join(workspace, 'dist/a'), 'dist/*')).toEqual([
      'dist/a',
    ]);
  });

  test.each([
    ['a file', () => join(parent, 'outside.txt')],
    ['a pattern', () => join(parent, '*')],
    ['a folder of nearly the same name', () => join(parent, 'workspace-2', 'x')],
    ['the root', () => '/'],
  ])('is refused by its absolute path: %s', async (_, path) => {
    const error = await failure(names(path()));
    expect(error.code).toBe('USAGE');
    expect(error.message).toBe(`the pattern ${JSON.stringify(path())} points outside of the workspace`);
  });

  test.each(['{..,dist}/*', '{.,}./*', '[.][.]/*', '@(..)/*', '(..)/*'])('is not reached by %s', async (pattern) => {
    await writeFile(join(parent, 'a'), 'secret');
    const found = await names(pattern).catch((error: unknown) => {
      expect(error).toMatchObject({ code: expect.stringMatching(/^(SUBJECT_MISSING|USAGE)$/) });
      return [];
    });
    expect(found.filter((name) => name !== 'dist/a')).toEqual([]);
  });

  test.each(['linked/*', 'linked/secret.txt', 'linked/**', '**', '*/secret.txt', 'linked/sub/*', '{linked,x}/*'])(
    'is refused by way of a linked folder: %s',
    async (pattern) => {
      await symlink(join(parent, 'elsewhere'), join(workspace, 'linked'));
      const error = await failure(names(pattern));
      expect(error.code).toBe('USAGE');
      expect(error.message).toBe(
        `"linked" is a link to "${join(parent, 'elsewhere')}", which is outside of the workspace`,
      );
      expect(error.remedy).toBe('Copy the file into the workspace, or exclude the link with `!linked`.');
    },
  );

  test('does not matter where no pattern goes', async () => {
    await symlink(join(parent, 'elsewhere'), join(workspace, 'linked'));
    await symlink(join(parent, 'outside.txt'), join(workspace, 'dist', 'linked.txt'));
    expect(await names('dist/a*', 'dist/?')).toEqual(['dist/a']);
    expect(await names('**', '!linked', '!dist/linked.txt')).toEqual(['dist/a']);
    await files('top');
    expect(await names('*')).toEqual(['top']);
  });

  test.each(['dist/*', 'dist/linked.txt', '**'])('is refused by way of a linked file: %s', async (pattern) => {
    await symlink(join(parent, 'outside.txt'), join(workspace, 'dist', 'linked.txt'));
    const error = await failure(names(pattern));
    expect(error.code).toBe('USAGE');
    expect(error.message).toBe(
      `"dist/linked.txt" is a link to "${join(parent, 'outside.txt')}", which is outside of the workspace`,
    );
  });

  test('is refused by a name that leads out, also where a link leads back in', async () => {
    await files('a.txt');
    await symlink(workspace, join(parent, 'back-in'));
    const error = await failure(names('../back-in/a.txt'));
    expect(error.code).toBe('USAGE');
    expect(error.message).toBe('the pattern "../back-in/a.txt" points outside of the workspace');
  });

  test('a workspace that is itself reached by a link is inside of itself', async () => {
    await symlink(workspace, join(parent, 'by-link'));
    for (const pattern of ['dist/*', join(parent, 'by-link', 'dist', '*'), join(workspace, 'dist/a')]) {
      const [subject] = await collectFiles([pattern], join(parent, 'by-link'));
      expect(subject).toMatchObject({ name: 'dist/a', path: join(parent, 'by-link', 'dist', 'a') });
    }
  });

  test.each(['work [1] {2}', 'wörk \\space', 'a*b', '!w'])('the workspace may be called %s', async (name) => {
    await mkdir(join(parent, name, 'dist'), { recursive: true });
    await writeFile(join(parent, name, 'dist', 'a'), 'a');
    for (const pattern of ['**', 'dist/*', join(parent, name, 'dist', '*')]) {
      expect(await collectFiles([pattern], join(parent, name))).toMatchObject([{ name: 'dist/a' }]);
    }
  });

  test('a workspace that is not there cannot be read', async () => {
    const error = await failure(collectFiles(['*'], join(parent, 'missing')));
    expect(error.code).toBe('SUBJECT_UNREADABLE');
    expect(error.message).toBe(`the workspace ${join(parent, 'missing')} cannot be read: ENOENT`);
  });
});

describe('links', () => {
  beforeEach(async () => {
    await files('real/file.txt');
    await symlink('real/file.txt', join(workspace, 'to-file'));
    await symlink('real', join(workspace, 'to-folder'));
    await symlink('nowhere', join(workspace, 'to-nothing'));
  });

  test('in the workspace are followed, under their own names', async () => {
    expect(await names('**')).toEqual(['real/file.txt', 'to-file', 'to-folder/file.txt']);
    const subjects = await collectFiles(['to-*/*', 'to-*', 'real/*'], workspace);
    expect(subjects.map(({ name }) => name)).toEqual(['real/file.txt', 'to-file', 'to-folder/file.txt']);
    expect(new Set(subjects.map(({ identity }) => identity?.inode)).size).toBe(1);
  });

  test('that lead into each other end', async () => {
    await files('a/x', 'b/y');
    await symlink('../b', join(workspace, 'a', 'to-b'));
    await symlink('../a', join(workspace, 'b', 'to-a'));
    await symlink('..', join(workspace, 'a', 'up'));
    await symlink('self', join(workspace, 'self'));
    expect(await names('{a,b}/**')).toEqual(['a/to-b/y', 'a/x', 'b/to-a/x', 'b/y']);
    expect((await failure(names('self'))).message).toBe('"self" is a broken link');
  });
});

describe('a file system that refuses', () => {
  const denied = () => Promise.reject(Object.assign(new Error('permission denied'), { code: 'EACCES' }));

  test('to list a folder is reported where a pattern goes into it', async () => {
    await files('open/a', 'closed/b', 'top');
    const readdir = ((path: string, options: { withFileTypes: true }) =>
      path.endsWith('closed') ? denied() : nodeFiles.readdir(path, options)) as typeof nodeFiles.readdir;
    const port = { ...nodeFiles, readdir };
    expect(await collectFiles(['open/*', '*'], workspace, port)).toHaveLength(2);
    for (const pattern of ['**', 'closed/b', 'closed/*', '*/b']) {
      const error = await failure(collectFiles([pattern], workspace, port));
      expect(error.code).toBe('SUBJECT_UNREADABLE');
      expect(error.message).toBe(`the folder ${join(workspace, 'closed')} cannot be read: EACCES`);
      expect(error.remedy).toMatch(/^Grant the current user read access/);
    }
    expect(await collectFiles(['**', '!closed'], workspace, port)).toHaveLength(2);
  });

  test('a file that vanishes while files are collected is named', async () => {
    await files('a');
    const stat = ((path: string) =>
      path.endsWith('/a')
        ? Promise.reject(Object.assign(new Error('gone'), { code: 'ENOENT' }))
        : nodeFiles.stat(path)) as typeof nodeFiles.stat;
    const error = await failure(collectFiles(['*'], workspace, { ...nodeFiles, stat }));
    expect(error.code).toBe('SUBJECT_UNREADABLE');
    expect(error.message).toBe(`${join(workspace, 'a')} cannot be read: ENOENT`);
  });

  test('each folder is read once, however many patterns there are', async () => {
    await files('a/1', 'a/2', 'b/1');
    const read: string[] = [];
    const readdir = ((path: string, options: { withFileTypes: true }) => {
      read.push(path);
      return nodeFiles.readdir(path, options);
    }) as typeof nodeFiles.readdir;
    await collectFiles(['**', 'a/*', 'a/1', '*/1', 'b/**'], workspace, { ...nodeFiles, readdir });
    expect(read.sort()).toEqual([workspace, join(workspace, 'a'), join(workspace, 'b')]);
  });
});

describe('where a pattern may match nothing', () => {
  const allowed = async (...patterns: readonly string[]): Promise<readonly string[]> =>
    (await collectFiles(patterns, workspace, nodeFiles, 'allowed')).map(({ name }) => name);

  test('what the others match is found, and none is no error', async () => {
    await files('dist/a');
    expect(await allowed('out/*', 'dist/*')).toEqual(['dist/a']);
    expect(await allowed('out/*', 'dist/b')).toEqual([]);
  });

  test.each([
    ['dist', 'is a directory'],
    ['dist/.*', 'nothing matches'],
    ['h*/**', 'only names that start with a dot'],
    ['nowhere', 'a broken link'],
    ['dist/a', 'matches only excluded files'],
  ])('%s is an error all the same, if it means what is not to be had', async (pattern, problem) => {
    await files('dist/a', 'hidden/.b');
    await symlink('gone', join(workspace, 'nowhere'));
    const patterns = pattern === 'dist/a' ? [pattern, '!dist/**'] : [pattern];
    if (problem.startsWith('nothing')) expect(await allowed(...patterns)).toEqual([]);
    else expect((await failure(allowed(...patterns))).message).toContain(problem);
  });

  test('patterns that only exclude are still no patterns', async () => {
    expect((await failure(allowed('!a'))).code).toBe('SUBJECT_MISSING');
  });
});
