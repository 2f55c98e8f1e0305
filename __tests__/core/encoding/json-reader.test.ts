import { expect, test } from '@jest/globals';
import { asList, asObject, asText, memberAt, parseJson } from '../../../src/core/encoding/index.ts';

const values = {
  object: parseJson('{"a":1}'),
  list: parseJson('[1]'),
  text: 'a',
  number: 1,
  flag: true,
  nothing: null,
};

test('each reader returns values of its kind, and undefined for all others', () => {
  const accepted = (read: (value: (typeof values)[keyof typeof values]) => unknown) =>
    Object.entries(values).flatMap(([name, value]) => (read(value) === undefined ? [] : [name]));
  expect(accepted(asObject)).toEqual(['object']);
  expect(accepted(asList)).toEqual(['list']);
  expect(accepted(asText)).toEqual(['text']);
  for (const read of [asObject, asList, asText]) expect(read(undefined)).toBeUndefined();
  expect([asObject(values.object), asList(values.list), asText('')]).toEqual([{ a: 1 }, [1], '']);
});

test('a path leads through objects alone', () => {
  const event = parseJson('{"a":{"b":{"c":[{"d":1}],"e":null}}}');
  expect(memberAt(event, 'a', 'b', 'e')).toBeNull();
  expect(memberAt(event)).toBe(event);
  for (const path of [['x'], ['a', 'x', 'b'], ['a', 'b', 'c', '0'], ['a', 'b', 'c', 'length'], ['a', 'b', 'e', 'f']])
    expect(memberAt(event, ...path)).toBeUndefined();
});
