/** Levels and properties of SLSA, as verification summaries state them. */

import { describe, expect, test } from '@jest/globals';
import { includesResult, readResult, repeatedTrack, trackOf } from '../../../src/core/statement/index.ts';

describe('a demanded level', () => {
  test.each([
    [['SLSA_BUILD_LEVEL_2'], 'SLSA_BUILD_LEVEL_2', true],
    [['SLSA_BUILD_LEVEL_3'], 'SLSA_BUILD_LEVEL_2', true],
    [['SLSA_BUILD_LEVEL_1'], 'SLSA_BUILD_LEVEL_2', false],
    [['SLSA_BUILD_LEVEL_0'], 'SLSA_BUILD_LEVEL_0', true],
    [['SLSA_SOURCE_LEVEL_4'], 'SLSA_SOURCE_LEVEL_3', true],
    // Another track.
    [['SLSA_SOURCE_LEVEL_3'], 'SLSA_BUILD_LEVEL_2', false],
    // Levels that SLSA does not define.
    [['SLSA_BUILD_LEVEL_4'], 'SLSA_BUILD_LEVEL_2', false],
    [['SLSA_BUILD_LEVEL_03'], 'SLSA_BUILD_LEVEL_2', false],
    [['SLSA_BUILD_LEVEL_3 '], 'SLSA_BUILD_LEVEL_2', false],
    [['slsa_build_level_3'], 'SLSA_BUILD_LEVEL_2', false],
    [['SLSA_BUILD_LEVEL_UNEVALUATED'], 'SLSA_BUILD_LEVEL_0', false],
    [['SLSA_toString_LEVEL_3'], 'SLSA_BUILD_LEVEL_0', false],
    [['FAILED'], 'SLSA_BUILD_LEVEL_0', false],
    [[], 'SLSA_BUILD_LEVEL_0', false],
    // Properties have no order.
    [['SLSA_BUILD_REPRODUCED'], 'SLSA_BUILD_REPRODUCED', true],
    [['SLSA_BUILD_LEVEL_3'], 'SLSA_BUILD_REPRODUCED', false],
    [['SLSA_BUILD_LEVEL_3'], 'SLSA_BUILD_LEVEL_UNEVALUATED', false],
    [['EXAMPLE_APPROVED'], 'EXAMPLE_APPROVED', true],
    [['EXAMPLE_APPROVED_2'], 'EXAMPLE_APPROVED', false],
  ])('of %j, %s is met: %s', (results, demanded, expected) => {
    expect(includesResult(results, demanded)).toBe(expected);
  });
});

test('two levels of one track are noticed, known or not', () => {
  expect(repeatedTrack(['SLSA_BUILD_LEVEL_2', 'SLSA_SOURCE_LEVEL_2', 'SLSA_BUILD_REPRODUCED'])).toBeUndefined();
  expect(repeatedTrack(['SLSA_BUILD_LEVEL_2', 'SLSA_BUILD_LEVEL_3'])).toBe('BUILD');
  expect(repeatedTrack(['SLSA_BUILD_LEVEL_2', 'SLSA_BUILD_LEVEL_9'])).toBe('BUILD');
  expect(repeatedTrack(['SLSA_BUILD_LEVEL_UNEVALUATED', 'SLSA_BUILD_LEVEL_3'])).toBe('BUILD');
  expect(repeatedTrack(['SLSA_SOURCE_LEVEL_3', 'SLSA_SOURCE_LEVEL_3'])).toBe('SOURCE');
  expect(trackOf('SLSA_SOURCE_TWO_PARTY_REVIEWED')).toBeUndefined();
});

describe('a result that a person writes', () => {
  test.each([
    'SLSA_BUILD_LEVEL_0',
    'SLSA_BUILD_LEVEL_3',
    'SLSA_SOURCE_LEVEL_4',
    'SLSA_BUILD_LEVEL_UNEVALUATED',
    'SLSA_BUILD_REPRODUCED',
    'SLSA_SOURCE_TWO_PARTY_REVIEWED',
    'EXAMPLE_APPROVED',
  ])('%s is read', (text) => {
    expect(readResult(text, 'require-level')).toBe(text);
  });

  test.each([
    '',
    'FAILED',
    'SLSA_BUILD_LEVEL_4',
    'SLSA_BUILD_LEVEL_2 ',
    'SLSA_BUILD_LEVEL_02',
    'SLSA_DEPENDENCY_LEVEL_1',
    'SLSA_BUILT_REPRODUCED',
    'SLSA_constructor_LEVEL_1',
    'two words',
  ])('%j is refused', (text) => {
    expect(() => readResult(text, 'require-level')).toThrow(
      expect.objectContaining({ code: 'POLICY_INVALID', message: expect.stringContaining('`require-level`') }),
    );
  });
});
