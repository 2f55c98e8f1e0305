/** Tests which of esbuild's chunks share a file: those that are always loaded together, and small ones. */

import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

interface Output {
  readonly bytes: number;
  readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>>;
  readonly imports: readonly { readonly path: string; readonly kind: 'import-statement' | 'dynamic-import' }[];
  readonly entryPoint?: string;
}

interface Chunks {
  groupChunks(
    outputs: Readonly<Record<string, Output>>,
    programs: readonly string[],
  ): readonly { readonly name: string; readonly members: readonly string[] }[];
}

const { groupChunks }: Chunks = await import(fileURLToPath(new URL('../../scripts/build/chunks.mjs', import.meta.url)));

interface Chunk {
  readonly bytes?: number;
  readonly now?: readonly string[];
  readonly later?: readonly string[];
  readonly isEntry?: boolean;
}

/** Groups chunks by their names. A program's name ends with `.mjs`; the paths of all others have a hash. */
function grouped(chunks: Readonly<Record<string, Chunk>>, hash = 'A'): Readonly<Record<string, readonly string[]>> {
  const path = (name: string) => (name.endsWith('.mjs') ? name : `chunks/${hash}-${name}`);
  const outputs = Object.entries(chunks).map(([name, { bytes = 100_000, now = [], later = [], isEntry }]) => {
    const source = `src/${name.replace('.mjs', '')}.ts`;
    const output: Output = {
      bytes,
      inputs: { [source]: { bytesInOutput: bytes } },
      imports: [
        ...now.map((each) => ({ path: path(each), kind: 'import-statement' }) as const),
        ...later.map((each) => ({ path: path(each), kind: 'dynamic-import' }) as const),
      ],
      ...((isEntry === true || name.endsWith('.mjs')) && { entryPoint: source }),
    };
    return [path(name), output] as const;
  });
  const programs = Object.keys(chunks).filter((name) => name.endsWith('.mjs'));
  const groups = groupChunks(Object.fromEntries(outputs), programs);
  return Object.fromEntries(
    groups.map(({ name, members }) => [name, members.map((member) => member.replace(`chunks/${hash}-`, '')).sort()]),
  );
}

test('what only some programs need stays apart', () => {
  expect(
    grouped({ 'a.mjs': { now: ['x', 'y'] }, 'b.mjs': { now: ['x', 'y'] }, 'c.mjs': { now: ['y'] }, x: {}, y: {} }),
  ).toEqual({ 'a.mjs': ['a.mjs'], 'b.mjs': ['b.mjs'], 'c.mjs': ['c.mjs'], x: ['x'], y: ['y'] });
});

test('what is loaded on demand stays apart, with what only it needs', () => {
  expect(
    grouped({
      'a.mjs': { later: ['one', 'two'] },
      one: { isEntry: true, now: ['x'] },
      two: { isEntry: true, now: ['x'] },
      x: {},
    }),
  ).toEqual({ 'a.mjs': ['a.mjs'], one: ['one'], two: ['two'], x: ['x'] });
});

test('what is in memory already does not count: both are loaded with each program', () => {
  expect(
    grouped({
      'a.mjs': { now: ['x', 'y'], later: ['lazy'] },
      'b.mjs': { now: ['x', 'y'] },
      lazy: { isEntry: true, now: ['x'] },
      x: {},
      y: {},
    }),
  ).toEqual({ 'a.mjs': ['a.mjs'], 'b.mjs': ['b.mjs'], lazy: ['lazy'], x: ['x', 'y'] });
});

test('small chunks are joined, as long as nothing loads much more', () => {
  const small = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`s${at}`, { bytes: 1900 }]));
  const groups = grouped({
    'a.mjs': { now: Object.keys(small) },
    'b.mjs': { now: ['s0'] },
    'c.mjs': { now: ['s1', 's2'] },
    'd.mjs': { now: ['s3', 's4', 's5'] },
    'e.mjs': { now: ['s6', 's7', 's8', 's9'] },
    'f.mjs': { now: ['s10', 's11'] },
    ...small,
  });
  const chunks = Object.values(groups).filter(([name = '']) => !name.endsWith('.mjs'));
  expect(chunks.length).toBeLessThan(5);
  // b needs one of them, and loads four more at most.
  expect(chunks.find((members) => members.includes('s0'))?.length).toBeLessThanOrEqual(5);
});

test('a chunk is joined with what it imports only if all load both', () => {
  expect(
    grouped({
      'a.mjs': { now: ['x'] },
      'b.mjs': { now: ['x'] },
      'c.mjs': { now: ['y'] },
      x: { now: ['y'] },
      y: { now: ['z'] },
      z: {},
    }),
  ).toEqual({ 'a.mjs': ['a.mjs'], 'b.mjs': ['b.mjs'], 'c.mjs': ['c.mjs'], x: ['x'], y: ['y', 'z'] });
});

test('names and groups do not depend on the hashes in paths', () => {
  const chunks = { 'a.mjs': { now: ['x', 'y'] }, 'b.mjs': { now: ['x', 'y'] }, 'c.mjs': { now: ['y'] }, x: {}, y: {} };
  expect(grouped(chunks, 'B')).toEqual(grouped(chunks, 'A'));
});
