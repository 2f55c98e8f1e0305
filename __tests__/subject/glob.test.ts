import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import picomatch from 'picomatch';
import { Glob } from '../../src/subject/glob.ts';
import { type ListedKind, matchNames } from '../../src/subject/match-names.ts';
import { expectFailure } from '../core/errors/failure.ts';

const glob = (pattern: string, hidden = false, caseSensitive = true): Glob =>
  new Glob(pattern, { hidden, caseSensitive });

const name = fc
  .array(fc.constantFrom('a', 'b', 'c', 'ab', '-', '.', '.a', 'a.b', '1'), { minLength: 1, maxLength: 4 })
  .map((pieces) => pieces.join(''))
  .filter((part) => part !== '.' && part !== '..');
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
const plain = fc.constantFrom('a', 'b', 'c', 'ab', '-', '.', '\\*', '\\a');
const wild = fc.constantFrom('*', '?', '[ab]', '[!a]', '[^b-c]', '[[:alpha:]]', '[a-]', '[.]');
const choice = fc.constantFrom('a', 'b', 'ab', 'a.b', '-', '', 'c', '1');
const group = fc
  .tuple(
    fc.constantFrom(['{', ',', '}'], ['@(', '|', ')'], ['(', '|', ')'], ['?(', '|', ')']),
    fc.array(choice, { minLength: 2, maxLength: 3 }),
  )
  .map(([[open, separator, close], choices]) => `${open}${choices.join(separator)}${close}`);
const part = fc.oneof(
  { weight: 3, arbitrary: fc.array(fc.oneof(plain, wild, group), { minLength: 1, maxLength: 4 }) },
  { weight: 1, arbitrary: fc.constant(['**']) },
);
const pattern = fc
  .array(
    part.map((pieces) => pieces.join('')),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => parts.join('/'))
  // Where the two differ knowingly; each has a test below.
  .filter(
    (text) =>
      !/\*\*\/(?:\*\*|[@?({])|\*\(|[)}][?*+]|[^/]\*\*|\*\*[^/]|(?:^|\/)\.(?:\/|$)|\.\.|\..*\[\[|\[\[.*\./.test(text),
  );

describe('agreement with picomatch', () => {
  test.each([true, false])('on small patterns and names, hidden %s', (hidden) => {
    fc.assert(
      fc.property(pattern, fc.array(path, { minLength: 1, maxLength: 8 }), (text, paths) => {
        const oracle = picomatch(text, { posix: true, dot: hidden, nonegate: true });
        const own = glob(text, hidden);
        for (const one of paths) {
          // picomatch takes a name that is the pattern, letter by letter, and forgets about dots in groups and sets.
          if (one === text || (!hidden && /[({@]|\[[!^.]/.test(text) && /(?:^|\/)\./.test(one))) continue;
          expect([text, one, own.matches(one)]).toEqual([text, one, oracle(one)]);
        }
      }),
      { numRuns: 3000 },
    );
  });
});

test.each([true, false])('each folder on the way to a name that is matched is gone into, hidden %s', (hidden) => {
  fc.assert(
    fc.property(pattern, fc.array(path, { minLength: 1, maxLength: 8 }), (text, paths) => {
      const own = glob(text, hidden);
      for (const one of paths.filter((each) => own.matches(each))) {
        const folders = one.split('/').slice(0, -1);
        expect([text, one, folders.every((folder, depth) => own.goesInto(depth, folder))]).toEqual([text, one, true]);
      }
    }),
    { numRuns: 3000 },
  );
});

describe('a pattern', () => {
  test.each<[pattern: string, matched: string, refused: string]>([
    ['*.tgz', 'a.tgz b.c.tgz', '.tgz a.tgzx x/a.tgz'],
    ['dist/**', 'dist dist/a dist/a/b', 'dista dist/.a dist/a/.b x/dist'],
    ['*/**', 'a/b a/b/c', 'a .a/b'],
    ['**/*.map', 'a.map x/a.map x/y/a.map', '.x/a.map x/.map a.mapx'],
    ['**/.*', '.a x/.a', 'a .x/.a'],
    ['a/**/b', 'a/b a/x/b a/x/y/b', 'ab a/xb a/.x/b'],
    ['**/**/**', 'a a/b a/b/c/d/e', '.a a/.b'],
    ['a**', 'a ab', 'a/b'],
    ['***', 'a', 'a/b .a'],
    ['{*,x}', 'a x', '.a'],
    ['@(*|.x)', 'a .x', '.a'],
    ['!(b)', '!b', 'b a'],
    ['a/!(b|c*)', 'a/a a/bb a/', 'a/b a/c a/cd a/.a'],
    ['!(*.map)', '!x.map', 'a.js'],
    ['x!(a).js', 'xb.js xab.js x.js', 'xa.js xa/b.js'],
    ['x!(a|!(ab)).js', 'xab.js', 'xa.js xb.js'],
    ['a/!(b)/c', 'a/bb/c a/x/c', 'a/b/c a/x/y/c'],
    ['+(a|bc)', 'a bc abc bcbca', 'b c acb'],
    ['*(a?|b)c', 'c axc bbaxbc', 'ac bxc'],
    ['+(*(a)|b)', 'a aab bab', 'c'],
    ['v{1..12}', 'v1 v9 v12', 'v0 v13 v'],
    ['v{08..11}', 'v08 v11', 'v8 v7 v12'],
    ['{c..a}', 'a b c', 'd ..'],
    ['{a}', '{a}', 'a'],
    ['{a,{b,c}d}', 'a bd cd', 'b d'],
    ['[a', '[a', 'a'],
    ['(a', '(a', 'a'],
    ['{a,b', '{a,b', 'a b'],
    ['[!a-c]', 'd e', 'a b c .'],
    ['[]-]', '] -', 'a'],
    ['a[^/]b', 'axb', 'a/b'],
    ['[[:digit:][:upper:]x]', '1 A x', 'a -'],
    ['[[:alpha:]].*/b.*', 'a.x/b.a', 'axx/b.a a.x/bxa a.x/b/a'],
    ['a\\*b', 'a*b', 'axb'],
    ['{a/b,c}/*', 'a/b/x c/x', 'a/x b/x'],
    ['{**/a,b}', 'a x/y/a b', 'x/b xa'],
  ])('%s', (pattern, matched, refused) => {
    const own = glob(pattern.replace(/^!/, '\\!'));
    for (const name of matched.split(' ')) expect([name, own.matches(name)]).toEqual([name, true]);
    for (const name of refused.split(' ')) expect([name, own.matches(name)]).toEqual([name, false]);
  });

  test('means any case where the file system does', () => {
    expect(glob('Dist/[A-Z].TGZ', false, false).matches('dIST/x.tgz')).toBe(true);
    expect(glob('Dist/[A-Z].TGZ').matches('dIST/x.tgz')).toBe(false);
  });

  test('means line breaks too', () => {
    expect(glob('a/**').matches('a/b\n\u2028c')).toBe(true);
  });

  test.each<[what: string, pattern: string, reason: RegExp]>([
    ['too long', 'a'.repeat(65_537), /it has 65537 characters/],
    ['nested too deep', `${'@('.repeat(33)}a${')'.repeat(33)}`, /nested more than 32 levels deep/],
    ['a range of too many', '{1..9999}', /a range of 9999/],
    ['of a regular expression', '(?!a)b', /in regular expressions/],
    ['with a negation in what is repeated', '*(a|@(!(b)))', /is not allowed within/],
  ])('is refused that is %s', (_, pattern, reason) => {
    expectFailure(() => glob(pattern), 'USAGE', reason);
  });
});

describe('which folders are gone into', () => {
  test.each<[pattern: string, depth: number, name: string, expected: boolean]>([
    ['dist/**', 0, 'dist', true],
    ['dist/**', 0, 'src', false],
    ['dist/**', 1, 'src', true],
    ['*', 0, 'dist', false],
    ['d*/[ab]/c', 0, 'dist', true],
    ['d*/[ab]/c', 1, 'c', false],
    ['d*/[ab]/c', 2, 'c', false],
    ['{a/b,c}/*', 0, 'x', true],
    ['x/{a/b,c}/*', 0, 'y', false],
    ['**/x', 7, 'y', true],
    ['**/x', 0, '.git', false],
    ['dist/**', 1, '.cache', false],
    ['**/.x/*', 3, '.y', true],
    ['{a/.b,c}/*', 1, '.b', true],
    ['**/a.b', 0, '.git', false],
    ['x@(a|@(b/c|d))/*', 0, 'xb', true],
    ['.a{/x,y}', 0, '.a', true],
    ['**/[.]x/*', 0, '.x', true],
  ])('%s at depth %i: %s', (pattern, depth, name, expected) => {
    expect(glob(pattern).goesInto(depth, name)).toBe(expected);
  });
});

describe('the time', () => {
  const steps = (pattern: string, name: string): number => {
    const own = glob(pattern);
    own.matches(name);
    return own.steps;
  };

  test.each<[what: string, pattern: (n: number) => string, name: (n: number) => string]>([
    ['stars', () => 'vendor/*-*-*-*-*-*.tgz', (n) => `vendor/${'-'.repeat(n)}x`],
    ['stars that nearly match', () => '*a*a*a*a*b', (n) => `b${'a'.repeat(n)}`],
    ['parts', () => '**/a/**/a/**/b', (n) => `${'a/'.repeat(n)}c`],
    ['repeated choices', () => '+(a|aa|+(a))b', (n) => 'a'.repeat(n)],
    ['repeated stars', () => '*(*(*(a)*))b', (n) => 'a'.repeat(n)],
    ['negations', () => '!(*a*)!(*a*)!(*a*)'.replace(/^/, 'x'), (n) => `x${'a'.repeat(n)}`],
    ['sets', () => '[a-z]*[a-z]*[a-z]*0', (n) => 'a'.repeat(n)],
    ['braces', () => '{a,aa}*{a,aa}*{a,aa}*{a,aa}0', (n) => 'a'.repeat(n)],
  ])('is linear in the name: %s', (_, pattern, name) => {
    const [once, twice] = [steps(pattern(1), name(1000)), steps(pattern(1), name(2000))];
    expect(twice).toBeLessThan(2 * once + 200);
    expect(once).toBeLessThan(1000 * 10 * pattern(1).length);
  });

  test.each<[what: string, pattern: (n: number) => string]>([
    ['stars', (n) => `${'*-'.repeat(n)}b`],
    ['parts', (n) => `${'**/'.repeat(n)}b`],
    ['braces', (n) => `${'{-,--}'.repeat(n)}b`],
    ['negations', (n) => `x${'!(a)'.repeat(n)}b`],
  ])('is linear in the pattern: %s', (_, pattern) => {
    const name = `x${'-/'.repeat(50)}b`;
    const [once, twice] = [steps(pattern(100), name), steps(pattern(200), name)];
    expect(twice).toBeLessThan(2.2 * once + 500);
  });

  test.each(['[', '(', '{', '!(', '\\[', '{(', '[(', '[[:alpha:]'])(
    'is short for thousands of brackets that do not end: %s',
    (bracket) => {
      const pattern = bracket.repeat(Math.floor(60_000 / bracket.length));
      expect(glob(pattern).matches('x')).toBe(false);
      const ends = `${bracket.repeat(10_000)}${')}]'.repeat(10_000)}`;
      try {
        glob(ends).matches('x');
      } catch (error) {
        expect(error).toMatchObject({ code: 'USAGE' });
      }
    },
  );

  test('folders are gone through once, whatever the pattern', async () => {
    let listings = 0;
    const listing = async (folder: string): Promise<readonly (readonly [string, ListedKind])[]> => {
      listings++;
      return folder.split('/').length < 9
        ? [
            ['a', 'folder'],
            ['b', 'file'],
          ]
        : [];
    };
    const found = await matchNames(['**/**/**/**/**/**/b', '**/*/**/*/**/b', '{**,**/a}/**/b'], listing, {
      hidden: false,
      listed: 'files',
    });
    expect([listings, found.length]).toEqual([10, 9]);
  });
});
