import { join, sep, win32 } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { isWithin, pathBelow } from '../../src/node/index.ts';

const folder = join(sep, 'work', 'space');

describe('a path in a folder', () => {
  test.each([
    ['the folder itself', folder, ''],
    ['the folder with a separator at its end', folder + sep, ''],
    ['a file', join(folder, 'a'), 'a'],
    ['a file deeper in it', join(folder, 'a', 'b', 'c'), 'a/b/c'],
    ['a name that begins with two dots', join(folder, '..foo'), '..foo'],
    ['a folder whose name begins with two dots', join(folder, '..foo', 'a'), '..foo/a'],
    ['a name of three dots', join(folder, '...'), '...'],
    ['a way out and back in', `${folder}${sep}..${sep}space${sep}a`, 'a'],
    ['a name with a line break', join(folder, 'a\nb'), 'a\nb'],
  ])('%s is inside', (_, path, way) => {
    expect(pathBelow(folder, path)).toBe(way);
    expect(isWithin(folder, path)).toBe(true);
  });

  test.each([
    ['its parent', join(sep, 'work')],
    ['the root', sep],
    ['a neighbour', join(sep, 'work', 'other')],
    ['a neighbour whose name begins with that of the folder', `${folder}s`],
    ['a file of such a neighbour', join(`${folder}s`, 'a')],
    ['a way out', `${folder}${sep}..${sep}a`],
    ['a way out through a folder', `${folder}${sep}a${sep}..${sep}..${sep}b`],
  ])('%s is outside', (_, path) => {
    expect(pathBelow(folder, path)).toBeUndefined();
    expect(isWithin(folder, path)).toBe(false);
  });

  test('everything is in the root', () => {
    expect(pathBelow(sep, join(sep, 'a', 'b'))).toBe('a/b');
  });

  test.each([
    ['C:\\work\\space', 'C:\\work\\space\\a\\b', 'a/b'],
    ['C:\\work\\space', 'c:\\WORK\\space\\a', 'a'],
    ['C:\\work\\space', 'C:\\work\\space\\..foo', '..foo'],
    ['C:\\work\\space', 'C:\\work', undefined],
    ['C:\\work\\space', 'D:\\work\\space\\a', undefined],
    ['C:\\', 'D:\\a', undefined],
  ])('on Windows, in %s the way to %s is %s', (base, path, way) => {
    expect(pathBelow(base, path, win32)).toBe(way);
  });
});
