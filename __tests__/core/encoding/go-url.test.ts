import { describe, expect, test } from '@jest/globals';
import { goUrl, plainUrl } from '../../../src/core/encoding/index.ts';

/** Written by Go 1.26: `url.Parse(text)`, then `String()`; `undefined` where it does not parse. */
const vectors: readonly (readonly [text: string, written: string | undefined])[] = [
  [
    'https://github.com/o/r/.github/workflows/a.yml@refs/heads/main',
    'https://github.com/o/r/.github/workflows/a.yml@refs/heads/main',
  ],
  [
    'https://github.com/o/r/.github/workflows/a b.yml@refs/heads/x',
    'https://github.com/o/r/.github/workflows/a%20b.yml@refs/heads/x',
  ],
  [
    'https://github.com/o/r/.github/workflows/größer.yml@refs/heads/größer',
    'https://github.com/o/r/.github/workflows/gr%C3%B6%C3%9Fer.yml@refs/heads/gr%C3%B6%C3%9Fer',
  ],
  [
    'https://github.com/o/r/.github/workflows/größer(1).yml@refs/heads/x',
    'https://github.com/o/r/.github/workflows/gr%C3%B6%C3%9Fer%281%29.yml@refs/heads/x',
  ],
  [
    "https://github.com/o/r/.github/workflows/(1)!*'.yml@refs/heads/x",
    "https://github.com/o/r/.github/workflows/(1)!*'.yml@refs/heads/x",
  ],
  [
    'https://github.com/o/r/.github/workflows/[1].yml@refs/heads/x',
    'https://github.com/o/r/.github/workflows/[1].yml@refs/heads/x',
  ],
  [
    'https://github.com/o/r/.github/workflows/[1] 2.yml@refs/heads/x',
    'https://github.com/o/r/.github/workflows/%5B1%5D%202.yml@refs/heads/x',
  ],
  [
    "https://github.com/o/r/.github/workflows/a'b.yml@refs/tags/v1",
    "https://github.com/o/r/.github/workflows/a'b.yml@refs/tags/v1",
  ],
  [
    'https://github.com/o/r/.github/workflows/a"b.yml@refs/heads/m',
    'https://github.com/o/r/.github/workflows/a%22b.yml@refs/heads/m',
  ],
  [
    'https://github.com/o/r/.github/workflows/<>|{}.yml@refs/heads/m',
    'https://github.com/o/r/.github/workflows/%3C%3E%7C%7B%7D.yml@refs/heads/m',
  ],
  [
    'https://github.com/o/r/.github/workflows/^`\\.yml@refs/heads/m',
    'https://github.com/o/r/.github/workflows/%5E%60%5C.yml@refs/heads/m',
  ],
  [
    'https://github.com/o/r/.github/workflows/a%20b.yml@refs/heads/m',
    'https://github.com/o/r/.github/workflows/a%20b.yml@refs/heads/m',
  ],
  [
    'https://github.com/o/r/.github/workflows/a%20b ö.yml@refs/heads/m',
    'https://github.com/o/r/.github/workflows/a%20b%20%C3%B6.yml@refs/heads/m',
  ],
  ['https://github.com/o/r/.github/workflows/100%.yml@refs/heads/m', undefined],
  ['https://github.com/o/r/.github/workflows/a%zz.yml@x', undefined],
  ['https://github.com/o/r/.github/workflows/a%2.yml', undefined],
  [
    'https://github.com/o/r/.github/workflows/a#b.yml@refs/heads/ö',
    'https://github.com/o/r/.github/workflows/a#b.yml@refs/heads/%C3%B6',
  ],
  ['https://github.com/o/r/.github/workflows/a#', 'https://github.com/o/r/.github/workflows/a'],
  [
    "https://github.com/o/r/.github/workflows/a#b(1)!*'[]ö",
    'https://github.com/o/r/.github/workflows/a#b(1)!*%27%5B%5D%C3%B6',
  ],
  ['https://github.com/o/r/.github/workflows/a?b=c d', 'https://github.com/o/r/.github/workflows/a?b=c d'],
  ['https://github.com/o/r/.github/workflows/a?', 'https://github.com/o/r/.github/workflows/a?'],
  [
    'https://github.com/o/r/.github/workflows/a+b,c;d=e:f@g&h$i~j-k_l.yml@refs/heads/x',
    'https://github.com/o/r/.github/workflows/a+b,c;d=e:f@g&h$i~j-k_l.yml@refs/heads/x',
  ],
  [
    'https://github.com/o/r/.github/workflows/日本語.yml@refs/heads/機能',
    'https://github.com/o/r/.github/workflows/%E6%97%A5%E6%9C%AC%E8%AA%9E.yml@refs/heads/%E6%A9%9F%E8%83%BD',
  ],
  ['https://github.com/o/r/.github/workflows/a\x7f.yml', undefined],
  ['https://github.com/o/r/.github/workflows/a\tb.yml', undefined],
  ['https://github.com/o/r/.github/workflows/a//b/../c', 'https://github.com/o/r/.github/workflows/a//b/../c'],
  ['https://github.com/o/r/.github/workflows/%e4', 'https://github.com/o/r/.github/workflows/%e4'],
  ['https://github.com/o/r/.github/workflows/%E4 x', 'https://github.com/o/r/.github/workflows/%E4%20x'],
  [
    'https://github.com/o/r/.github/workflows/🚀.yml@refs/heads/🚀',
    'https://github.com/o/r/.github/workflows/%F0%9F%9A%80.yml@refs/heads/%F0%9F%9A%80',
  ],
  ['https://github.com/o/r/.github/workflows/a#x%20y z', 'https://github.com/o/r/.github/workflows/a#x%20y%20z'],
  ['https://github.com/o/r/.github/workflows/a#%zz', undefined],
  ['https://github.com', 'https://github.com'],
  ['https://github.com/', 'https://github.com/'],
  ['https://ghe.example.com:8443/o/r b', 'https://ghe.example.com:8443/o/r%20b'],
];

test.each(vectors)('%j is written as Go writes it', (text, written) => {
  expect(goUrl(text)).toBe(written);
});

test('what is no http or https URL has no such form', () => {
  for (const text of ['', 'https://', 'mailto:a@example.com', 'a/b', 'file:///a', 'https:///a'])
    expect(goUrl(text)).toBeUndefined();
});

describe('the plain text of a URL', () => {
  test('is the text without percent signs that Go writes so', () => {
    for (const [text, written] of vectors) {
      if (written === undefined || text.includes('%') || text === written || !written.includes('%')) continue;
      expect(plainUrl(written)).toBe(text);
    }
  });

  const folder = 'https://github.com/o/r/.github/workflows';
  test.each([
    ['no character is encoded', 'a.yml'],
    ['an encoded slash', 'a%2Fb.yml'],
    ['an encoded slash beside what has to be encoded', 'a%2Fb%20c.yml'],
    ['an encoded percent sign', 'a%2520b.yml'],
    ['a percent sign that is plain', 'a%20b%25c.yml'],
    ['an encoded letter', '%41.yml'],
    ['an encoded @', 'release.yml%40evil.yml'],
    ['an encoded # or ?', 'a%23b%20c.yml'],
    ['an encoded ?', 'a%3Fb%20c.yml'],
    ['lower-case digits', 'gr%c3%b6%c3%9fer.yml'],
    ['bytes that are no UTF-8', '%FF%20.yml'],
    ['a control character', 'a%0A%20b.yml'],
    ['digits that are none', 'a%2xb.yml'],
    ['what Go leaves alone', '(1)%28%20.yml'],
  ])('is none for %s', (_, file) => {
    expect(plainUrl(`${folder}/${file}@refs/heads/x`)).toBeUndefined();
  });

  test('is none for what is no http or https URL', () => {
    for (const url of ['mailto:a%20b@example.com', 'a%20b', 'spiffe://a/b%20c']) expect(plainUrl(url)).toBeUndefined();
  });
});
