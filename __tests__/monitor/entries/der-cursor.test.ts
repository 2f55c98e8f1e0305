import { expect, test } from '@jest/globals';
import { DerCursor, MalformedDer } from '../../../src/monitor/entries/der-cursor.ts';

const cursor = (...bytes: readonly number[]): DerCursor => new DerCursor(Buffer.from(bytes));

test('reads elements one after another, and inside of each other', () => {
  const outer = cursor(0x30, 0x05, 0x02, 0x01, 0x07, 0x05, 0x00, 0x04, 0x00);
  const inner = outer.read(0x30).inside();
  expect([...inner.read(0x02).contents()]).toEqual([7]);
  expect(inner.skip(0x04)).toBe(false);
  expect(inner.skip(0x05)).toBe(true);
  expect([inner.done, inner.tag]).toEqual([true, -1]);
  expect(outer.tag).toBe(0x04);
  expect([...outer.any().contents()]).toEqual([]);
});

test('reads long lengths, and those that are longer than necessary', () => {
  const long = Buffer.concat([Buffer.from([0x04, 0x82, 0x01, 0x00]), Buffer.alloc(256, 1)]);
  expect(new DerCursor(long).read(0x04).contents()).toHaveLength(256);
  expect([...cursor(0x04, 0x84, 0, 0, 0, 1, 9).any().contents()]).toEqual([9]);
});

test.each([
  ['another tag', [0x02, 0x01, 0x07]],
  ['nothing', []],
  ['a tag alone', [0x30]],
  ['an indefinite length', [0x30, 0x80, 0x00, 0x00]],
  ['a length of five bytes', [0x30, 0x85, 0, 0, 0, 0, 1, 0]],
  ['a length that is cut off', [0x30, 0x82, 0x01]],
  ['contents that are cut off', [0x30, 0x02, 0x01]],
])('refuses %s', (_, bytes) => {
  expect(() => cursor(...bytes).read(0x30)).toThrow(MalformedDer as never);
});

test('does not read beyond the element that it is in', () => {
  const inner = cursor(0x30, 0x02, 0x04, 0x01, 0xff).read(0x30).inside();
  expect(() => inner.any()).toThrow(MalformedDer as never);
});

test.each([
  ['nothing', [0x30, 0x00, 0x04, 0x00], 'the data ends too early'],
  ['a tag alone', [0x30, 0x01, 0x04, 0x00], 'the data ends too early'],
  ['a length that is cut off', [0x30, 0x02, 0x04, 0x81, 0x00], 'a length is invalid'],
  ['contents that are cut off', [0x30, 0x03, 0x04, 0x02, 0x01, 0x01], 'a length exceeds the data'],
])('says that an element has %s', (_, bytes, reason) => {
  const inner = cursor(...bytes)
    .read(0x30)
    .inside();
  expect(() => inner.any()).toThrow(expect.objectContaining({ reason }) as never);
});
