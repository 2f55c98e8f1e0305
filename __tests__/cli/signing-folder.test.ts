/** The folder that the names of subjects are relative to, wherever the files of the command are. */

import { expect, test } from '@jest/globals';
import { signingFolder } from '../../src/cli/signing-folder.ts';

const current = '/home/me/project';

test.each<[files: readonly string[], folder: string, patterns: readonly string[]]>([
  [[], current, []],
  [['app.tgz', 'dist/**', '!dist/*.map', '*'], current, ['app.tgz', 'dist/**', '!dist/*.map', '*']],
  [['/home/me/project/app.tgz'], current, ['/home/me/project/app.tgz']],
  [['../out/app.tgz'], '/home/me/out', ['/home/me/out/app.tgz']],
  [['/srv/out/a', '/srv/out/sub/b'], '/srv/out', ['/srv/out/a', '/srv/out/sub/b']],
  [['../out/*.tgz', '!../out/x.tgz'], '/home/me/out', ['/home/me/out/*.tgz', '!/home/me/out/x.tgz']],
  [['app.tgz', '../lib.tgz'], '/home/me', ['/home/me/project/app.tgz', '/home/me/lib.tgz']],
  [['/home/me/projecter/a'], '/home/me/projecter', ['/home/me/projecter/a']],
])('%j are below %s', (files, folder, patterns) => {
  expect(signingFolder({ files, checksums: [] }, current)).toEqual({ folder, files: patterns, checksums: [] });
});

test('a checksums file stays relative where it is below the folder, so that a link out of the folder is refused', () => {
  const files = ['../out/app.tgz'];
  const checksums = ['SUMS', '../out/SUMS'];
  expect(signingFolder({ files: [], checksums: ['./SUMS', '../SUMS'] }, current).checksums).toEqual([
    'SUMS',
    '/home/me/SUMS',
  ]);
  expect(signingFolder({ files, checksums }, current).checksums).toEqual(['/home/me/project/SUMS', 'SUMS']);
});

test('files with nothing in common but the root are refused', () => {
  expect(() => signingFolder({ files: ['/srv/a', '/home/me/b'], checksums: [] }, current)).toThrow(
    'the files have no folder in common other than /',
  );
  expect(() => signingFolder({ files: ['/a'], checksums: [] }, current)).toThrow('no folder in common');
});
