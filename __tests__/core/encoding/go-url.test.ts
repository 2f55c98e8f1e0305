import { expect, test } from '@jest/globals';
import { goUrl } from '../../../src/core/encoding/index.ts';

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
