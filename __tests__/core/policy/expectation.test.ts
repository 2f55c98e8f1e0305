import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  describeExpectation,
  type Expectation,
  exactly,
  matching,
  meets,
  pathWithin,
} from '../../../src/core/policy/index.ts';
import { expectFailure } from '../errors/failure.ts';
import { countedText } from './counted-text.ts';

/** Reports for each text whether it meets an expectation. */
const met = (expectation: Expectation, ...texts: readonly string[]) => texts.map((text) => meets(expectation, text));
const all = (value: boolean, texts: readonly unknown[]) => texts.map(() => value);

describe('exactly', () => {
  test('is this text and no other', () => {
    const value = 'https://github.com/acme/app';
    const others = [
      '',
      'https://github.com/acme/ap',
      'https://github.com/acme/app/',
      `${value}-2`,
      `x${value}`,
      `${value}\n`,
      value.toUpperCase(),
    ];
    expect(met(exactly(value), value)).toEqual([true]);
    expect(met(exactly(value), ...others)).toEqual(all(false, others));
  });

  test('has no patterns', () => {
    expect(met(exactly('a*'), 'a*', 'ab', 'a')).toEqual([true, false, false]);
    expect(met(exactly('.*'), '.*', 'x')).toEqual([true, false]);
  });
});

describe('pathWithin', () => {
  const acme = pathWithin('https://github.com/acme');

  test('is this path, or one below it', () => {
    const below = [
      'https://github.com/acme',
      'https://github.com/acme/',
      'https://github.com/acme/app',
      'https://github.com/acme/app/.github/workflows/x.yml@refs/heads/main',
    ];
    expect(met(acme, ...below)).toEqual(all(true, below));
  });

  test('is whole segments, from the start', () => {
    const others = [
      'https://github.com/acme-evil',
      'https://github.com/acme-evil/app',
      'https://github.com/acmeevil/acme/app',
      'https://github.com/ACME/app',
      'https://github.com/acm',
      'https://github.com',
      'https://evil.test/https://github.com/acme/app',
      ' https://github.com/acme',
      'https://github.com/acme\n/app',
      'https://github.com/acme?/app',
      '',
    ];
    expect(met(acme, ...others)).toEqual(all(false, others));
  });

  test('a slash at its end makes no difference', () => {
    for (const value of ['https://github.com/acme/', 'https://github.com/acme//'])
      expect(pathWithin(value)).toEqual(acme);
  });

  test('has no patterns', () => {
    expect(met(pathWithin('https://github.com/*'), 'https://github.com/acme', 'https://github.com/*/app')).toEqual([
      false,
      true,
    ]);
  });
});

describe('matching', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['*', ['', 'a', 'a@example.test'], ['/', 'a/b', '/a']],
    ['**', ['', 'a', 'a/b', '/', 'https://github.com/acme'], []],
    ['***', ['', 'a/b'], []],
    ['a*', ['a', 'ab', 'abc'], ['', 'b', 'ba', 'a/b']],
    ['*a', ['a', 'ba'], ['', 'ab', 'b/a']],
    ['a**', ['a', 'ab', 'a/b', 'a/'], ['', 'ba', '/a']],
    ['a*b*c', ['abc', 'aXbYc', 'abbc', 'abcbc'], ['ac', 'acb', 'ab/c', 'abcd', 'xabc']],
    [
      'https://github.com/acme/*/x@refs/tags/*',
      ['https://github.com/acme/app/x@refs/tags/v1', 'https://github.com/acme//x@refs/tags/'],
      [
        'https://github.com/acme/a/b/x@refs/tags/v1',
        'https://github.com/acme/app/x@refs/tags/v1/2',
        'https://github.com/acme-evil/app/x@refs/tags/v1',
        'https://github.com/acme/app/x@refs/heads/v1',
      ],
    ],
    [
      'https://github.com/acme/**',
      ['https://github.com/acme/', 'https://github.com/acme/a/b'],
      ['https://github.com/acme', 'https://github.com/acme-evil/a'],
    ],
    ['a.c*', ['a.c', 'a.cd'], ['abc', 'abcd']],
    ['[a-z]*', ['[a-z]', '[a-z]x'], ['a', 'b']],
    ['(a|b)*', ['(a|b)'], ['a', 'b']],
    ['a?*', ['a?', 'a?b'], ['a', 'ab']],
    ['\\*', ['\\', '\\x'], ['*']],
    ['a*\n', ['a\n', 'ab\n'], ['a', 'ab']],
  ])('%j', (pattern, texts, others) => {
    expect(met(matching(pattern), ...texts)).toEqual(all(true, texts));
    expect(met(matching(pattern), ...others)).toEqual(all(false, others));
  });

  test('without a star it is the text itself', () => {
    expect(matching('https://github.com/acme/app')).toEqual(exactly('https://github.com/acme/app'));
  });

  test('agrees with the regular expression that says the same', () => {
    const piece = fc.constantFrom('*', '**', '***', 'a', 'b', '/', '.', 'ab', '\n');
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 8 }),
        fc.array(fc.constantFrom('a', 'b', '/', '.', '\n'), { maxLength: 10 }),
        (pieces, characters) => {
          const pattern = pieces.join('');
          if (pattern === '') return;
          const text = characters.join('');
          const expression = pattern
            .replace(/[.\n/]/g, (one) => (one === '\n' ? '\\n' : `\\${one}`))
            .replace(/\*+/g, (stars) => (stars.length > 1 ? '[^]*' : '[^/]*'));
          expect([pattern, text, meets(matching(pattern), text)]).toEqual([
            pattern,
            text,
            new RegExp(`^(?:${expression})$`, 'u').test(text),
          ]);
        },
      ),
      { numRuns: 3000 },
    );
  });

  test('reads the text no more than once for each character and each piece of the pattern', () => {
    // Each of these makes a backtracking matcher try more ways than there is time for.
    const text = 'a'.repeat(2000);
    for (const pattern of [
      `${'a*'.repeat(200)}b`,
      `${'**a'.repeat(200)}b`,
      `${'*'.repeat(2000)}b`,
      `${'*a*'.repeat(200)}b`,
    ]) {
      const pieces = pattern.split(/(\*+)/).length;
      expect(meets(matching(pattern), countedText(text, pieces * text.length))).toBe(false);
    }
  });
});

describe('an expectation that nothing, or everything, would meet', () => {
  test.each([exactly, pathWithin, matching])('an empty one: %p', (make) => {
    expectFailure(() => make(''), 'POLICY_INVALID', /an expected value is empty/);
  });

  test('a path of slashes alone', () => {
    for (const value of ['/', '//']) expectFailure(() => pathWithin(value), 'POLICY_INVALID', /is empty/);
  });

  test.each(['https:', 'https:/', 'https://', 'spiffe://'])('the path %s, below which everybody is', (value) => {
    expectFailure(() => pathWithin(value), 'POLICY_INVALID', /has no host$/);
  });
});

test('each is described for people', () => {
  expect([exactly('a'), pathWithin('a/b'), matching('a/*')].map(describeExpectation)).toEqual([
    'a',
    'a/b or a path below it',
    'a/* (a pattern)',
  ]);
});
