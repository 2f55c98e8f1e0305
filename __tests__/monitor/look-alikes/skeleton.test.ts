import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { firstInvisible, prototypeOf, skeleton } from '../../../src/monitor/look-alikes/skeleton.ts';

const folder = new URL('../../../src/monitor/look-alikes/unicode/', import.meta.url);

describe('texts that look the same have the same skeleton', () => {
  test.each([
    ['paypal', 'p\u0430ypal'],
    ['docker', 'd\u043e\u0441ker'],
    ['modern', 'rnodern'],
    ['cli', 'cIi'],
    ['sigstore', '\uff53igstore'],
    ['scope', '\u0455\u0441\u043e\u0440\u0435'],
    ['sigstore', 'sig\u200bstore'],
    ['sigstore', 'sig\u202estore'],
    ['1l', 'Il'],
  ])('%s, %s', (one, other) => {
    expect(skeleton(other)).toBe(skeleton(one));
  });
});

test('texts that look different have different skeletons', () => {
  expect(skeleton('sigstore')).not.toBe(skeleton('sigstage'));
  expect(skeleton('\u00e9')).not.toBe(skeleton('e'));
});

test('the ASCII characters of names are replaced as the table says', () => {
  for (let code = 0x21; code < 0x7f; code++) {
    const character = String.fromCodePoint(code);
    if (/[\w.@/:+|-]/.test(character)) expect(skeleton(character)).toBe(prototypeOf(character) ?? character);
  }
});

test('a skeleton is that of itself', () => {
  for (const text of ['m1I0|', 'rn', '\u0430\u0441\u0435', 'Sigstore'])
    expect(skeleton(skeleton(text))).toBe(skeleton(text));
});

test('the table is of Unicode 18, with its licence', async () => {
  const table = JSON.parse(await readFile(new URL('confusables.json', folder), 'utf8'));
  expect(table.unicode).toBe('18.0.0');
  const codes = Object.values<string>(table.characters).flatMap((each) => each.split(' '));
  expect(new Set(codes).size).toBe(2045);
  expect(codes).toHaveLength(2045);
  expect(await readFile(new URL('LICENSE', folder), 'utf8')).toMatch(/^UNICODE LICENSE V3\n/);
});

test.each(['\u200b', '\u202e', '\u2066', '\u00ad', '\ufeff', '\u0000', '\n', '\u{e0041}'])(
  'the first invisible character: %j',
  (character) => {
    expect(firstInvisible(`a${character}b`)).toBe(character);
  },
);

test('visible texts have no invisible character', () => {
  expect(firstInvisible('sigstore-\u00e9.\u0430 @/')).toBe(undefined);
});
