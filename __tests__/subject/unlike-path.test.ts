/** Texts that are given in place of paths, and what to write instead. */

import { expect, test } from '@jest/globals';
import { unlikePath } from '../../src/subject/index.ts';

test.each<[text: string, what: string | undefined, remedy: string | undefined]>([
  ['https://example.org/app.tgz', 'a URL', 'Download the file, and specify its path.'],
  [
    'https://ghcr.io/example/app:1.2',
    'a URL',
    'Download the file, and specify its path. If it is a container image, omit https://.',
  ],
  [
    'docker://ghcr.io/example/app',
    'a URL',
    'Download the file, and specify its path. If it is a container image, omit docker://.',
  ],
  ['file:///srv/app.tgz', 'a URL', 'Specify the path of the file.'],
  ['dist\\app.tgz', 'a Windows path', 'Here, folders are separated by /. Write dist/app.tgz.'],
  [
    'C:\\Users\\me\\app.tgz',
    'a Windows path',
    'Here, folders are separated by /. In the Windows Subsystem for Linux, that is usually /mnt/c/Users/me/app.tgz.',
  ],
  ['app.tgz', undefined, undefined],
  ['dist/app.tgz', undefined, undefined],
  ['a:b', undefined, undefined],
])('%j', (text, what, remedy) => {
  expect(unlikePath(text, '/')).toEqual(what === undefined ? undefined : { what, remedy });
});

test('on Windows, backslashes separate folders', () => {
  expect(unlikePath('C:\\Users\\me\\app.tgz', '\\')).toBeUndefined();
  expect(unlikePath('https://example.org/app.tgz', '\\')).toMatchObject({ what: 'a URL' });
});
