import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ArtifactSubject, ArtifactSubjects, artifactSubjectLimit, artifactsFileLimit } from './artifacts-file.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hex = { sha256: 'Ab'.repeat(32), sha384: 'c'.repeat(96), sha512: 'd'.repeat(128) };

let workspace: string;
beforeAll(() => {
  workspace = mkdtempSync(join(tmpdir(), 'countersign-artifacts-'));
  mkdirSync(join(workspace, 'dist'));
  writeFileSync(join(workspace, 'dist', 'app.zip'), 'app');
  writeFileSync(join(workspace, 'app.zip'), 'another app');
  writeFileSync(join(workspace, 'tool@sha256:abc'), 'tool');
  symlinkSync('dist/app.zip', join(workspace, 'link'));
});
afterAll(() => rmSync(workspace, { recursive: true }));

const declare = (text: string, subjects = new ArtifactSubjects()): readonly ArtifactSubject[] => {
  subjects.declare(Buffer.from(text), workspace);
  return subjects.list;
};

describe('what is declared', () => {
  test.each<[what: string, line: string, subject: ArtifactSubject]>([
    [
      'a file of the workspace, by its base name',
      '  dist/app.zip ',
      { name: 'app.zip', digest: `sha256:${sha256('app')}`, kind: 'file' },
    ],
    [
      'a file with its scheme',
      'FILE://dist/app.zip',
      { name: 'app.zip', digest: `sha256:${sha256('app')}`, kind: 'file' },
    ],
    ['a link, by what it leads to', 'link', { name: 'link', digest: `sha256:${sha256('app')}`, kind: 'file' }],
    [
      'an image',
      `ghcr.io/o/a@sha256:${hex.sha256}`,
      { name: 'ghcr.io/o/a', digest: `sha256:${'ab'.repeat(32)}`, kind: 'oci' },
    ],
    ['an image by SHA-384', `a@sha384:${hex.sha384}`, { name: 'a', digest: `sha384:${hex.sha384}`, kind: 'oci' }],
    [
      'an image with its scheme',
      `oci://a:v1@sha512:${hex.sha512}`,
      { name: 'a:v1', digest: `sha512:${hex.sha512}`, kind: 'oci' },
    ],
    [
      'a file whose name ends as an image does, but for the length',
      'tool@sha256:abc',
      { name: 'tool@sha256:abc', digest: `sha256:${sha256('tool')}`, kind: 'file' },
    ],
  ])('%s', (_, line, subject) => {
    expect(declare(`# comment\n\n${line}\n`)).toEqual([subject]);
  });

  test('an absolute path', () => {
    expect(declare(join(workspace, 'dist', 'app.zip'))).toHaveLength(1);
  });

  test('the list is sorted by name', () => {
    const subjects = new ArtifactSubjects();
    expect(subjects.toJson()).toBe('{"version":1,"subjects":[]}');
    declare(`link\napp.zip\nB@sha384:${hex.sha384}`, subjects);
    expect(JSON.parse(subjects.toJson())).toEqual({ version: 1, subjects: subjects.list });
    expect(subjects.list.map(({ name }) => name)).toEqual(['B', 'app.zip', 'link']);
  });

  test('the same again counts once', () => {
    const subjects = new ArtifactSubjects();
    expect(subjects.declare(Buffer.from('app.zip\napp.zip'), workspace)).toBe(1);
    expect(subjects.declare(Buffer.from('app.zip\nlink'), workspace)).toBe(1);
    expect(subjects.size).toBe(2);
  });
});

describe('what fails the step', () => {
  test.each<[what: string, line: string, message: string]>([
    ['a line with =', 'a=b', "entries containing '=' are reserved"],
    ['another scheme', 'https://example.com/a', 'unsupported URI scheme'],
    ['no path', 'file:// ', 'file:// entries must include a path'],
    ['an image without a digest', 'oci://a:v1', 'oci:// entries must include an @sha{256,384,512}:<hex> digest'],
    ['an image with half a digest', 'oci://a@sha256:abcd', 'does not have the length of its kind'],
    ['a folder', 'dist', "'dist' is a directory"],
    ['a file that is not there', 'gone', "file 'gone' does not exist"],
  ])('%s', (_, line, message) => {
    const subjects = new ArtifactSubjects();
    expect(() => declare(`link\n${line}\n`, subjects)).toThrow(
      expect.objectContaining({
        code: 'USAGE',
        message: expect.stringMatching(/^Invalid \$GITHUB_ARTIFACTS entry on line 2: /),
      }),
    );
    expect(() => declare(line)).toThrow(message);
    expect(subjects.list).toEqual([]);
  });

  test('two files of one name', () => {
    expect(() => declare('app.zip\ndist/app.zip')).toThrow("Conflicting digest for artifact 'app.zip'");
  });

  test('too many, and too much', () => {
    const lines = (count: number) =>
      Array.from({ length: count }, (_, index) => `${index}@sha256:${hex.sha256}\n`).join('');
    expect(declare(lines(artifactSubjectLimit))).toHaveLength(artifactSubjectLimit);
    expect(() => declare(lines(artifactSubjectLimit + 1))).toThrow('maximum of 500 declared artifacts');
    expect(declare(`#${'x'.repeat(artifactsFileLimit - 1)}`)).toEqual([]);
    expect(() => declare(`#${'x'.repeat(artifactsFileLimit)}`)).toThrow('exceeds the maximum size of 1024 KiB');
  });
});
