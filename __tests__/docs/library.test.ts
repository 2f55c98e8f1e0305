/** The examples of docs/library.md, and those of the docstrings of the libraries for Node. */

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { built } from '../kit/built.ts';
import { browserExamples, docstringExamples, ExamplePlace, pageExamples, programOf } from '../kit/library-examples.ts';

const docstrings = await docstringExamples();
let place: ExamplePlace;
beforeAll(async () => {
  await built('lib/sign.mjs');
  place = await ExamplePlace.open();
});
afterAll(() => place[Symbol.asyncDispose]());

test('there are examples of every library', () => {
  const all = pageExamples.map(({ code }) => code).join('\n');
  for (const name of ['sign', 'verify', 'verify/node', 'monitor']) expect(all).toContain(`from 'countersign/${name}'`);
  expect(pageExamples.length).toBeGreaterThanOrEqual(13);
  expect(browserExamples).toHaveLength(1);
});

test('every function of the libraries for Node has one', async () => {
  const exported = [await import('../../src/library/sign.ts'), await import('../../src/library/verify-node.ts')];
  const functions = exported.flatMap((library) => Object.keys(library).filter((name) => /^[a-z]/.test(name)));
  const elsewhere = ['exactIdentity', 'isCountersignError', 'managedKey', 'policyFor', 'repository'];
  const shown = [...docstrings.map(({ title }) => title), ...elsewhere];
  expect([...new Set(functions)].filter((name) => !shown.includes(name))).toEqual([]);
});

test.each(pageExamples.map(({ title, code }) => [title, code] as const))('%s: %s', async (_, code) => {
  expect(await place.run(code)).toMatchObject({ code: 0, stderr: '' });
});

test.each(docstrings)('the docstring of $title', async (example) => {
  expect(await place.run(programOf(example))).toMatchObject({ code: 0, stderr: '' });
});

test('an example of a docstring with another value fails', async () => {
  const { code, stderr } = await place.run(programOf({ title: 'none', code: "'a'.length; // → 2" }));
  expect([code, stderr]).toEqual([1, expect.stringContaining('AssertionError')]);
});

test('the examples have correct types', async () => {
  expect(await place.check(pageExamples.map(({ code }) => code))).toBe('');
});
