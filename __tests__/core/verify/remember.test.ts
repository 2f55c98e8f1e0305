import { expect, test } from '@jest/globals';
import { remember } from '../../../src/core/verify/remember.ts';

test('work is done once for each key', async () => {
  const done: string[] = [];
  const work = remember(async (key: string) => done.push(key));
  expect([await work('a'), await work('b'), await work('a')]).toEqual([1, 2, 1]);
  expect(done).toEqual(['a', 'b']);
});

test('an early start that fails is thrown where it is awaited, each time, and nowhere else', async () => {
  const unhandled: unknown[] = [];
  const listener = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', listener);
  try {
    const work = remember(async (key: string) => {
      throw new RangeError(key);
    });
    work('a');
    work('never awaited');
    await new Promise((resolve) => setImmediate(resolve));
    await expect(work('a')).rejects.toThrow(new RangeError('a'));
    await expect(work('a')).rejects.toThrow(new RangeError('a'));
    expect(unhandled).toEqual([]);
  } finally {
    process.off('unhandledRejection', listener);
  }
});
