import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { NearTexts } from '../../../src/monitor/look-alikes/near-texts.ts';

const letter = fc.constantFrom('a', 'b', 'c', 'd', 'e');

/** Texts, with texts that a number of edits make of them. */
function edited(minLength: number, maxLength: number, most: number) {
  const edit = fc.record({ kind: fc.nat(3), at: fc.nat(maxLength), letter });
  const edits = fc.array(edit, { minLength: 1, maxLength: most });
  return fc.record({ text: fc.string({ unit: letter, minLength, maxLength }), edits }).map(({ text, edits }) => ({
    text,
    near: edits.reduce((result, { kind, at: place, letter: to }) => {
      const at = place % result.length;
      const [before, after] = [result.slice(0, at), result.slice(at + 1)];
      if (kind === 0) return before + after;
      if (kind === 1) return before + to + result.slice(at);
      if (kind === 2) return before + to + after;
      return before + after.slice(0, 1) + result.slice(at, at + 1) + after.slice(1);
    }, text),
  }));
}

function indexOf(texts: readonly string[]): NearTexts {
  const near = new NearTexts();
  for (const text of texts) near.add(text);
  return near;
}

const others = ['unrelated-text', 'another-text', ''];

describe('every near text is found', () => {
  test.each([
    ['two edits from 8 characters on', 8, 64, 2],
    ['one edit in short texts', 2, 7, 1],
    ['one edit in long texts', 65, 254, 1],
  ])('%s', (_, minLength, maxLength, most) => {
    fc.assert(
      fc.property(edited(minLength, maxLength, most), ({ text, near }) => {
        expect([...indexOf([text, ...others]).search(near)]).toContain(text);
      }),
      { numRuns: 500 },
    );
  });
});

test('distant texts are hardly ever found', () => {
  const texts = Array.from({ length: 2000 }, (_, index) => `name-${(index * 7919).toString(36)}-${index * 31}`);
  const index = indexOf(texts);
  const found = Array.from({ length: 2000 }, (_, at) => index.search(`wholly.different.${at * 13}`).size);
  // The hashes have 32 bits: a few of these 10^11 comparisons are wrong.
  expect(found.reduce((sum, size) => sum + size, 0)).toBeLessThan(200);
});

test('of several texts, those that are near are found, and the text itself', () => {
  const index = indexOf(['sigstore', 'sigstage', 'kubernetes']);
  expect([...index.search('sigstorr')].sort()).toEqual(['sigstore']);
  expect([...index.search('kubernetes')]).toEqual(['kubernetes']);
});

test('a search is not that for another text', () => {
  const index = indexOf(['sigstore', 'kubernetes']);
  expect([...index.search('sigstorr')]).toEqual(['sigstore']);
  expect([...index.search('sigstorr')]).toEqual(['sigstore']);
  expect([...index.search('kubernete')]).toEqual(['kubernetes']);
});

test('without texts and with texts that are too long, nothing is found', () => {
  expect(new NearTexts().search('sigstore').size).toBe(0);
  const long = 'a'.repeat(300);
  expect(indexOf([long]).search(long).size).toBe(0);
});
