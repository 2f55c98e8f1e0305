import { describe, expect, test } from '@jest/globals';
import { readReleaseTarget } from '../../../../src/run/sign/index.ts';

describe('the option release', () => {
  test.each([
    ['draft', 'refs/tags/v1.0', { kind: 'draft', tag: 'v1.0' }],
    ['draft', 'refs/tags/app/v1', { kind: 'draft', tag: 'app/v1' }],
    ['7', undefined, { kind: 'id', id: 7 }],
    ['999999999999999', undefined, { kind: 'id', id: 999_999_999_999_999 }],
    ['v1.0', undefined, { kind: 'tag', tag: 'v1.0' }],
    ['app/v1.0+build.5', undefined, { kind: 'tag', tag: 'app/v1.0+build.5' }],
    // Tags that look like something else.
    ['refs/tags/draft', undefined, { kind: 'tag', tag: 'draft' }],
    ['refs/tags/7', undefined, { kind: 'tag', tag: '7' }],
    ['2026.1', undefined, { kind: 'tag', tag: '2026.1' }],
    ['007', undefined, { kind: 'tag', tag: '007' }],
    // No number holds it.
    ['9999999999999999', undefined, { kind: 'tag', tag: '9999999999999999' }],
  ])('%j in a run of %j names a release', (text, ref, target) => {
    expect(readReleaseTarget(text, ref)).toEqual(target);
  });

  test.each([undefined, '', 'refs/heads/main', 'refs/pull/1/merge', 'refs/tags/'])(
    'draft names none in a run of %j, which no tag started',
    (ref) => {
      expect(() => readReleaseTarget('draft', ref)).toThrow(
        expect.objectContaining({ code: 'USAGE', message: expect.stringContaining('no tag did') }),
      );
    },
  );

  test.each([
    '',
    'refs/tags/',
    'a b',
    'a\nb',
    'a..b',
    '../v1',
    'a~1',
    'a^',
    'a:b',
    'v1?draft=1',
    'v*',
    'a[1]',
    'a\\b',
    'a\0',
    'a\u0085b',
  ])('%j is no tag', (text) => {
    expect(() => readReleaseTarget(text, 'refs/tags/v1')).toThrow(
      expect.objectContaining({
        code: 'USAGE',
        message: expect.stringContaining(`${JSON.stringify(text)}, which is not a tag`),
      }),
    );
  });
});
