import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { align, type Edit } from '../../../src/monitor/look-alikes/alignment.ts';

/** The judge. It ships no types. */
const distance: (one: string, other: string) => { readonly steps: number } = createRequire(import.meta.url)(
  'damerau-levenshtein',
);

const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '-'), maxLength: 8 });

test('the number of edits is the distance that damerau-levenshtein computes', () => {
  fc.assert(
    fc.property(text, text, (one, other) => {
      const { steps } = distance(one, other);
      expect(align(one, other, 2)?.length).toBe(steps <= 2 ? steps : undefined);
      expect(align(one, other, 1)?.length).toBe(steps <= 1 ? steps : undefined);
    }),
    { numRuns: 3000 },
  );
});

test('the edits turn the text into the other one', () => {
  fc.assert(
    fc.property(text, text, (one, other) => {
      const edits = align(one, other, 2);
      if (edits !== undefined) expect(applied(one, edits)).toBe(other);
    }),
    { numRuns: 3000 },
  );
});

/** Applies edits from the last to the first, so that positions stay those of the original. */
function applied(original: string, edits: readonly Edit[]): string {
  return edits.reduceRight((text, { at, from, to }) => text.slice(0, at) + to + text.slice(at + from.length), original);
}

describe('one edit', () => {
  test.each([
    ['docker', 'dokcer', { kind: 'transposed', at: 2, from: 'ck', to: 'kc' }],
    ['sigstore', 'sigtore', { kind: 'omitted', at: 3, from: 's', to: '' }],
    ['sigstore', 'sigsttore', { kind: 'inserted', at: 5, from: '', to: 't' }],
    ['npmjs', 'npnjs', { kind: 'substituted', at: 2, from: 'm', to: 'n' }],
  ])('%s, %s', (one, other, edit) => {
    expect(align(one, other, 2)).toEqual([edit]);
  });
});

test('equal texts need no edit, and distant texts have no alignment', () => {
  expect(align('same', 'same', 0)).toEqual([]);
  expect(align('sigstore', 'rekor', 2)).toBe(undefined);
  expect(align('a', 'abcd', 2)).toBe(undefined);
});
