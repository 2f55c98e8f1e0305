import { createHash } from 'node:crypto';
import * as nodeFiles from 'node:fs/promises';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatDigest, parseDigest } from '../../src/core/crypto/index.ts';
import {
  collectSubjects,
  digestFile,
  mergeDuplicates,
  type Subject,
  type SubjectRequest,
} from '../../src/subject/index.ts';
import { relativePattern } from '../../src/subject/pattern.ts';
import { failure } from '../services/loopback.ts';

const a = 'aa'.repeat(32);
const b = 'bb'.repeat(32);
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const sha512 = (text: string): string => createHash('sha512').update(text).digest('hex');
const nothing: SubjectRequest = { files: [], checksums: [], digests: [] };

let parent = '';
let workspace = '';
beforeEach(async () => {
  parent = await realpath(await mkdtemp(join(tmpdir(), 'countersign-subjects-')));
  workspace = join(parent, 'workspace');
  await mkdir(workspace);
});
afterEach(() => rm(parent, { recursive: true }));

function collect(request: Partial<SubjectRequest>): Promise<readonly Subject[]> {
  return collectSubjects({ ...nothing, ...request }, workspace, nodeFiles);
}

async function digests(request: Partial<SubjectRequest>): Promise<readonly string[]> {
  return (await collect(request)).map((subject) =>
    subject.kind === 'digest' ? `${subject.name}@${formatDigest(subject.digest)}` : subject.name,
  );
}

async function write(name: string, contents: string | Uint8Array): Promise<string> {
  await writeFile(join(workspace, name), contents);
  return name;
}

describe('the subjects', () => {
  test('come from every input, in the order of their names', async () => {
    await write('m', 'm');
    await write('SUMS', `${a}  z\n${b}  c\n`);
    const subjects = await collect({ files: ['m'], checksums: ['SUMS'], digests: [`d@sha256:${a}`, `B@sha256:${b}`] });
    expect(subjects.map(({ kind, name }) => [kind, name])).toEqual([
      ['digest', 'B'],
      ['digest', 'c'],
      ['digest', 'd'],
      ['file', 'm'],
      ['digest', 'z'],
    ]);
  });

  test('are never none', async () => {
    for (const request of [{}, { digests: ['', '  '] }]) {
      const error = await failure(collect(request));
      expect(error.code).toBe('SUBJECT_MISSING');
      expect(error.message).toBe('nothing to sign: no files, checksums, digests or images specified');
      expect(error.remedy).toBe('Specify `files`, `checksums`, `digests` or `images`.');
    }
  });

  test('of one name and digest are one', async () => {
    await write('SUMS', `${a.toUpperCase()}  x\n${a} *x\n`);
    const subjects = await collect({ checksums: ['SUMS', 'SUMS'], digests: [`x@sha256:${a}`] });
    expect(subjects).toMatchObject([{ kind: 'digest', origin: 'SUMS, line 1' }]);
  });

  test('of a file and a digest of its name are one, and must agree', async () => {
    await write('x', 'x');
    const [same, other] = [`x@sha256:${sha256('x')}`, `x@sha256:${a}`];
    expect(await collect({ files: ['x'], digests: [same] })).toMatchObject([{ kind: 'file', name: 'x' }]);
    const error = await failure(collect({ files: ['x'], digests: ['', other] }));
    expect([error.code, error.message]).toEqual([
      'SUBJECT_CHANGED',
      '`digests`, line 2: the sha256 digest does not match the file x',
    ]);
  });

  test('of one name and two digests are refused', async () => {
    await write('SUMS', `${a}  x\n`);
    const error = await failure(collect({ checksums: ['SUMS'], digests: ['', `x@sha256:${b}`] }));
    expect(error.code).toBe('USAGE');
    expect(error.message).toBe(
      `"x" has two different digests: sha256:${a} (SUMS, line 1), sha256:${b} (\`digests\`, line 2)`,
    );
    expect(error.remedy).toBe(
      'One digest is out of date, or two artifacts have the same name. Compute the digests again, or rename one artifact.',
    );
  });
});

describe('mergeDuplicates', () => {
  const named = (name: string, digest: string, origin: string) => ({ name, digest: parseDigest(digest), origin });

  test('keeps the first of each name', () => {
    const first = named('x', `sha256:${a}`, 'the file x');
    const other = named('y', `sha256:${a}`, 'SUMS, line 2');
    expect(mergeDuplicates([first, other, named('x', `sha256:${a}`, 'SUMS, line 1')])).toEqual([first, other]);
    expect(mergeDuplicates([named('__proto__', `sha256:${a}`, ''), named('toString', `sha256:${b}`, '')])).toHaveLength(
      2,
    );
  });

  test('refuses digests that cannot be compared', async () => {
    const error = await failure(
      (async () =>
        mergeDuplicates([
          named('x', `sha256:${a}`, 'SHA256SUMS, line 1'),
          named('x', `sha512:${a}${a}`, 'SHA512SUMS, line 1'),
        ]))(),
    );
    expect(error.code).toBe('USAGE');
    expect(error.message).toContain('"x" has digests of different algorithms, which cannot be compared: ');
    expect(error.message).toContain('(SHA256SUMS, line 1)');
    expect(error.message).toContain('(SHA512SUMS, line 1)');
    expect(error.remedy).toBe('Use the same digest algorithm for each occurrence of a subject.');
  });
});

describe('checksums', () => {
  test('that are not there are never read as text', async () => {
    for (const path of ['missing', `${a}  x`]) {
      const error = await failure(collect({ checksums: [path] }));
      expect(error.code).toBe('SUBJECT_UNREADABLE');
      expect(error.message).toBe(`the checksums file ${path} cannot be read: ENOENT`);
      expect(error.remedy).toBe('Check the path, and that no step removes the file before it is read.');
    }
  });

  test.each<[what: string, contents: () => string | Uint8Array, code: string, message: string]>([
    ['empty', () => '', 'SUBJECT_MISSING', 'the checksums file SUMS has no entries'],
    ['too long', () => new Uint8Array(16 * 1024 * 1024 + 1), 'LIMIT_EXCEEDED', 'the limit is 16777216 bytes'],
    ['not UTF-8', () => Buffer.from(`${a}  \xe9\n`, 'latin1'), 'DIGEST_INVALID', 'is not UTF-8'],
    ['UTF-16', () => Buffer.from(`\ufeff${a}  x\n`, 'utf16le'), 'DIGEST_INVALID', 'is not UTF-8'],
    [
      'UTF-16 without a mark',
      () => Buffer.from(`${a}  x\n`, 'utf16le'),
      'DIGEST_INVALID',
      'SUMS is not UTF-8 but UTF-16',
    ],
    ['UTF-16, the other way round', () => Buffer.from(`${a}  x\n`, 'utf16le').swap16(), 'DIGEST_INVALID', 'but UTF-16'],
    ['malformed', () => `${a}  x\nx\n`, 'DIGEST_INVALID', 'SUMS, line 2 does not consist of a digest and a name'],
  ])('that are %s are refused', async (_, contents, code, message) => {
    await write('SUMS', contents());
    const error = await failure(collect({ checksums: ['SUMS'] }));
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
    expect(error.remedy).not.toBeUndefined();
  });

  test('may begin with a byte order mark, which is no part of the first digest', async () => {
    await write('SUMS', `\ufeff${a}  x\n`);
    expect(await digests({ checksums: ['SUMS'] })).toEqual([`x@sha256:${a}`]);
  });

  test('are files', async () => {
    await mkdir(join(workspace, 'folder'));
    const error = await failure(collect({ checksums: ['folder'] }));
    expect(error.code).toBe('SUBJECT_UNREADABLE');
    expect(error.message).toBe(`${join(workspace, 'folder')} is not a regular file`);
  });

  test('are in the workspace, or where an absolute path says', async () => {
    await writeFile(join(parent, 'SUMS'), `${a}  x\n`);
    await symlink(join(parent, 'SUMS'), join(workspace, 'linked'));
    expect(await digests({ checksums: [join(parent, 'SUMS')] })).toEqual([`x@sha256:${a}`]);
    for (const path of ['linked', '../SUMS']) {
      const error = await failure(collect({ checksums: [path] }));
      expect(error.code).toBe('USAGE');
      expect(error.message).toBe(
        `the checksums file ${path} points to ${join(parent, 'SUMS')}, which is outside of the workspace`,
      );
      expect(error.remedy).toBe('Write the checksums file into the workspace, or specify its absolute path.');
    }
  });

  test('that may not be read say so', async () => {
    await write('SUMS', `${a}  x\n`);
    const open = () => Promise.reject(Object.assign(new Error('permission denied'), { code: 'EACCES' }));
    const error = await failure(
      collectSubjects({ ...nothing, checksums: ['SUMS'] }, workspace, { ...nodeFiles, open }),
    );
    expect(error.code).toBe('SUBJECT_UNREADABLE');
    expect(error.message).toContain('cannot be read: EACCES');
    expect(error.remedy).toMatch(/^Grant the current user read access/);
  });
});

describe('a line of a checksums file', () => {
  beforeEach(async () => {
    for (const folder of ['dist/sub', 'sums']) await mkdir(join(workspace, folder), { recursive: true });
    for (const name of ['top', 'dist/app', 'dist/sub/lib', 'dist/ blank ']) await write(name, name);
  });

  /** The file that a name in a checksums file means, and the error where the file has another content. */
  async function meaning(checksums: string, name: string): Promise<readonly [name: string, problem: string]> {
    const path = resolve(workspace, checksums);
    await writeFile(path, `${a}  ${name}\n`);
    const error = await failure(collect({ checksums: [checksums] }));
    expect([error.code, error.exitCode]).toEqual(['SUBJECT_CHANGED', 4]);
    const found = / line 1: the sha256 digest does not match the file (.*)$/.exec(error.message)?.[1] ?? '';
    await writeFile(path, `${sha256(found.replace(`${workspace}/`, ''))}  ${name}\n`);
    const subjects = await collect({ checksums: [checksums] });
    expect(subjects.map(({ kind, name: one }) => [kind, one])).toEqual([['file', found]]);
    return [found, error.remedy ?? ''];
  }

  test.each<[checksums: string, name: string, file: string]>([
    ['SUMS', 'top', 'top'],
    ['SUMS', './top', 'top'],
    ['SUMS', 'dist/app', 'dist/app'],
    ['SUMS', './dist//sub/../app', 'dist/app'],
    ['SUMS', 'dist\\app', 'dist/app'],
    ['SUMS', '.\\dist\\app', 'dist/app'],
    ['dist/SUMS', 'app', 'dist/app'],
    ['dist/SUMS', './app', 'dist/app'],
    ['dist/SUMS', ' app ', 'dist/app'],
    ['dist/SUMS', ' blank ', 'dist/ blank '],
    ['dist/SUMS', 'sub/lib', 'dist/sub/lib'],
    ['dist/SUMS', 'dist/app', 'dist/app'],
    ['dist/SUMS', '../top', 'top'],
    ['dist/sub/SUMS', 'sub/lib', 'dist/sub/lib'],
    ['dist/sub/SUMS', 'dist/sub/lib', 'dist/sub/lib'],
    ['sums/SUMS', 'dist/app', 'dist/app'],
    ['../SUMS.outside', 'dist/app', 'dist/app'],
    ['../SUMS.outside', 'top', 'top'],
  ])('of %s that names %s is about %s', async (checksums, name, file) => {
    const path = checksums.startsWith('..') ? join(workspace, checksums) : checksums;
    const [found, remedy] = await meaning(path, name);
    expect(found).toBe(file);
    expect(remedy).toBe('Compute the checksums after the last step that writes to the files.');
  });

  test('with an absolute name is about that file, in the workspace or out of it', async () => {
    expect((await meaning('SUMS', join(workspace, 'dist/app')))[0]).toBe('dist/app');
    const outside = join(parent, 'outside');
    await writeFile(outside, 'outside');
    await write('SUMS', `${a}  ${outside}\n`);
    expect((await failure(collect({ checksums: ['SUMS'] }))).code).toBe('SUBJECT_CHANGED');
    await write('SUMS', `${sha256('outside')}  ${outside}\n`);
    expect(await digests({ checksums: ['SUMS'] })).toEqual([`${outside}@sha256:${sha256('outside')}`]);
  });

  test.each(['missing', 'dist', 'dist/missing', 'dist/app/below', 'x'.repeat(300)])(
    'that names no file is a digest: %s',
    async (name) => {
      await write('SUMS', `${a}  ${name}\n`);
      expect(await digests({ checksums: ['SUMS'] })).toEqual([`${name}@sha256:${a}`]);
    },
  );

  test('without a folder in its name is not about a file of another folder', async () => {
    await write('dist/SUMS', `${a}  top\n`);
    expect(await digests({ checksums: ['dist/SUMS'] })).toEqual([`top@sha256:${a}`]);
  });

  test('and a pattern and other lines that mean the same file are one subject', async () => {
    await write('dist/SUMS', `${sha256('dist/app')}  ./app\n${sha512('dist/app')} *dist/app\n`);
    await write('SUMS', `SHA256 (dist/app) = ${sha256('dist/app')}\n`);
    const checksums = ['dist/SUMS', 'SUMS', './dist/../SUMS'];
    const subjects = await collect({ files: ['dist/ap*', './dist/app'], checksums });
    expect(subjects).toMatchObject([{ kind: 'file', name: 'dist/app', isLiteral: true }]);
  });

  test('that contradicts another line about the file is refused', async () => {
    await write('dist/SUMS', `${sha256('dist/app')}  app\n${a}  dist/app\n`);
    const error = await failure(collect({ checksums: ['dist/SUMS'] }));
    expect(error.code).toBe('USAGE');
    expect(error.message).toBe(
      `"app" has two different digests: sha256:${sha256('dist/app')} (dist/SUMS, line 1), sha256:${a} (dist/SUMS, line 2)`,
    );
  });

  test('in any algorithm has to fit; the lines that do not are named', async () => {
    const names = ['top', 'dist/app', 'dist/sub/lib'];
    await write('SUMS', names.flatMap((name) => [`${sha256(name)}  ${name}\n`, `${b}${b}  ${name}\n`]).join(''));
    const error = await failure(collect({ files: ['**'], checksums: ['SUMS'] }));
    expect(error.message).toBe(
      names
        .map((name, index) => `SUMS, line ${2 * index + 2}: the sha512 digest does not match the file ${name}`)
        .join('; '),
    );
    await write('SUMS', Array.from({ length: 9 }, (_, index) => `${b}  dist/sub/${index}\n`).join(''));
    for (let index = 0; index < 9; index++) await write(`dist/sub/${index}`, 'x');
    expect((await failure(collect({ checksums: ['SUMS'] }))).message).toMatch(/line 5: [^;]*; and 4 more$/);
  });

  test('about the checksums file itself says what to do', async () => {
    await write('dist/SUMS', `${sha256('')}  SUMS\n`);
    const error = await failure(collect({ checksums: ['dist/SUMS'] }));
    expect(error.code).toBe('SUBJECT_CHANGED');
    expect(error.remedy).toMatch(/^A checksums file cannot list itself/);
  });

  test('about a link that leads out of the workspace is compared, and stays a digest', async () => {
    await writeFile(join(parent, 'outside'), 'outside');
    await symlink(join(parent, 'outside'), join(workspace, 'link'));
    await write('SUMS', `${sha256('outside')}  link\n`);
    expect(await digests({ checksums: ['SUMS'] })).toEqual([`link@sha256:${sha256('outside')}`]);
    await writeFile(join(parent, 'outside'), 'changed');
    expect((await failure(collect({ checksums: ['SUMS'] }))).code).toBe('SUBJECT_CHANGED');
  });

  test('about a file that cannot be read is refused', async () => {
    await write('SUMS', `${a}  top\n`);
    const stat = ((path: string, ...more: readonly []) =>
      path.endsWith('top')
        ? Promise.reject(Object.assign(new Error('permission denied'), { code: 'EACCES' }))
        : nodeFiles.stat(path, ...more)) as typeof nodeFiles.stat;
    const request = { ...nothing, checksums: ['SUMS'] };
    const error = await failure(collectSubjects(request, workspace, { ...nodeFiles, stat }));
    expect([error.code, error.message]).toEqual([
      'SUBJECT_UNREADABLE',
      `${join(workspace, 'top')} cannot be read: EACCES`,
    ]);
  });

  test('holds until the file is hashed to be signed', async () => {
    await write('SUMS', `${sha256('top')}  top\n`);
    const [file] = await collect({ checksums: ['SUMS'] });
    if (file?.kind !== 'file') throw new Error('no file');
    expect(formatDigest(await digestFile(nodeFiles, file, 'sha256'))).toBe(`sha256:${sha256('top')}`);
    await writeFile(join(workspace, 'top'), 'pot');
    expect((await failure(digestFile(nodeFiles, file, 'sha256'))).code).toBe('SUBJECT_CHANGED');
  });
});

describe('digests', () => {
  test.each<[line: string, subject: string]>([
    [`app.tgz@sha256:${a}`, `app.tgz@sha256:${a}`],
    [`  app.tgz@sha256:${a.toUpperCase()} `, `app.tgz@sha256:${a}`],
    [`app@sha384:${a}${a.slice(32)}`, `app@sha384:${a}${a.slice(32)}`],
    [`app@sha512:${a}${a}`, `app@sha512:${a}${a}`],
    [`@scope/package@1.0@sha256:${a}`, `@scope/package@1.0@sha256:${a}`],
    [`ghcr.io/o/r@sha256:${a}`, `ghcr.io/o/r@sha256:${a}`],
    [`ghcr.io/o/r:tag@sha256:${a}`, `ghcr.io/o/r@sha256:${a}`],
    [`localhost:5000/o/r:v1.2_3-x@sha256:${a}`, `localhost:5000/o/r@sha256:${a}`],
    [`localhost:5000/o/r@sha256:${a}`, `localhost:5000/o/r@sha256:${a}`],
    [`[::1]:5000/r:1@sha256:${a}`, `[::1]:5000/r@sha256:${a}`],
    [`alpine:3@sha256:${a}`, `alpine@sha256:${a}`],
    [`urn:example:thing@sha256:${a}`, `urn:example:thing@sha256:${a}`],
    [`C:\\dist\\app.exe@sha256:${a}`, `C:\\dist\\app.exe@sha256:${a}`],
    [`Report 12:30@sha256:${a}`, `Report 12:30@sha256:${a}`],
  ])('%s', async (line, subject) => {
    expect(await digests({ digests: [line] })).toEqual([subject]);
  });

  const names = fc
    .string({ unit: 'binary', minLength: 1 })
    .map((text) => text.trim())
    .filter((text) => text !== '' && !text.includes(':'));
  test('of any name are read back', async () => {
    await fc.assert(
      fc.asyncProperty(names, async (name) => {
        expect(await digests({ digests: [`${name}@sha256:${a}`] })).toEqual([`${name}@sha256:${a}`]);
      }),
    );
  });

  test.each<[line: string, problem: string]>([
    ['app.tgz', 'has no @ between name and digest'],
    [`sha256:${a}`, 'has no @ between name and digest'],
    [`@sha256:${a}`, 'has no name before the @'],
    ['app@', 'has no sha256, sha384 or sha512 digest after the @'],
    [`app@${a}`, 'has no sha256, sha384 or sha512 digest after the @'],
    [`app@md5:${a}`, 'has no sha256, sha384 or sha512 digest after the @'],
    [`app@SHA256:${a}`, 'has no sha256, sha384 or sha512 digest after the @'],
    [`app@sha256:${a}00`, 'has a digest of 66 digits; sha256 requires 64'],
    ['app@sha256:', 'has a digest of 0 digits; sha256 requires 64'],
    [`app@sha512:${a}`, 'has a digest of 64 digits; sha512 requires 128'],
    [`app@sha256:${'xy'.repeat(32)}`, 'has a digest that is not hexadecimal'],
  ])('%j is refused', async (line, problem) => {
    const error = await failure(collect({ digests: [`ok@sha256:${a}`, '', line] }));
    expect(error.code).toBe('DIGEST_INVALID');
    expect(error.message).toBe(`\`digests\`, line 3 ${problem}`);
    expect(error.remedy).toBe(
      'Each digest must have the form `<name>@sha256:<64 hexadecimal digits>`. sha384 and sha512 are supported as well.',
    );
  });
});

describe("the runner's list of artifacts", () => {
  const list = (...subjects: readonly object[]) => JSON.stringify({ version: 1, subjects });
  const file = { name: 'app.tgz', digest: `sha256:${a}`, kind: 'file' };

  async function listed(text: string): Promise<readonly Subject[]> {
    return collect({ artifactsList: join(workspace, await write('list', text)) });
  }

  test('is read', async () => {
    const image = { name: 'ghcr.io/o/r:v1', digest: `sha256:${b}`, kind: 'oci' };
    expect(await listed(list(file, image))).toEqual([
      {
        kind: 'digest',
        name: 'app.tgz',
        digest: parseDigest(`sha256:${a}`),
        origin: '$GITHUB_ARTIFACTS_LIST, subject 1',
      },
      {
        kind: 'digest',
        name: 'ghcr.io/o/r',
        digest: parseDigest(`sha256:${b}`),
        origin: '$GITHUB_ARTIFACTS_LIST, subject 2',
      },
    ]);
  });

  test('may begin with a byte order mark', async () => {
    expect(await listed(`\ufeff${list(file)}`)).toEqual(await listed(list(file)));
  });

  test.each(['', '\n', list()])('without subjects names none: %j', async (text) => {
    expect((await failure(listed(text))).code).toBe('SUBJECT_MISSING');
  });

  const place = '$GITHUB_ARTIFACTS_LIST';
  test.each<[what: string, text: string, code: string, message: string]>([
    ['another version', '{"version":2,"subjects":[]}', 'JSON_INVALID', `${place} has a version other than 1`],
    ['a version in quotes', '{"version":"1","subjects":[]}', 'JSON_INVALID', `${place} has a version other than 1`],
    ['no list', '{"version":1}', 'JSON_INVALID', `${place} has no list of subjects`],
    ['an array', '[]', 'JSON_INVALID', `${place} is not an object`],
    ['no JSON', 'app.tgz', 'JSON_INVALID', place],
    ['a subject that is none', '{"version":1,"subjects":[1]}', 'JSON_INVALID', `${place}, subject 1 is not an object`],
    ['no name', list(file, { ...file, name: '' }), 'JSON_INVALID', `${place}, subject 2 has no name`],
    ['no digest', list({ ...file, digest: null }), 'JSON_INVALID', `${place}, subject 1 has no digest`],
    [
      'another kind',
      list({ ...file, kind: 'npm' }),
      'JSON_INVALID',
      `${place}, subject 1 is neither a file nor an OCI artifact`,
    ],
    ['a short digest', list({ ...file, digest: 'sha256:aa' }), 'DIGEST_INVALID', `${place}, subject 1: `],
    [
      'another algorithm',
      list({ ...file, digest: `sha512:${a}${a}` }),
      'DIGEST_INVALID',
      `${place}, subject 1 has a sha512 digest; only SHA-256 is supported`,
    ],
  ])('with %s is refused', async (_, text, code, message) => {
    const error = await failure(listed(text));
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
  });
});

describe('patterns on Windows', () => {
  test.each<[line: string, below: string]>([
    ['dist\\*.zip', 'dist/*.zip'],
    ['.\\dist\\\\sub\\', 'dist/sub'],
    ['d:\\A\\Repo\\dist\\*', 'dist/*'],
    ['D:/a/repo/x', 'x'],
    ['D:\\a\\repo', ''],
  ])('%s is %j', (line, below) => {
    expect(relativePattern(line, ['D:\\a\\repo'], '\\')).toBe(below);
  });

  test.each(['C:\\a\\repo\\x', 'D:\\a\\repo2\\x', '..\\x', 'dist\\..\\..\\x', '\\\\server\\share\\x', '\\x'])(
    '%s is refused',
    async (line) => {
      const error = await failure((async () => relativePattern(line, ['D:\\a\\repo'], '\\'))());
      expect(error.code).toBe('USAGE');
    },
  );
});
