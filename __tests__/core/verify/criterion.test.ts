import { describe, expect, test } from '@jest/globals';
import { CountersignError } from '../../../src/core/errors/index.ts';
import { check } from '../../../src/core/verify/criterion.ts';

const criterion = { name: 'certificate', expected: 'issued by a trusted authority' } as const;
const found = (proven: string): string => `issued by ${proven}`;

describe('a check', () => {
  test('that proves something passes, and says what was found', async () => {
    expect(await check(criterion, {}, () => 'an authority', found)).toEqual({
      criteria: [
        { ...criterion, about: undefined, outcome: 'pass', found: 'issued by an authority', failure: undefined },
      ],
      proven: 'an authority',
    });
  });

  test('that is refused fails with the reason, and proves nothing', async () => {
    const failure = new CountersignError('CERTIFICATE_UNTRUSTED', 'issued by a stranger');
    const refuse = (): never => {
      throw failure;
    };
    expect(await check(criterion, {}, refuse, found)).toEqual({
      criteria: [{ ...criterion, about: undefined, outcome: 'fail', found: 'issued by a stranger', failure }],
      proven: undefined,
    });
  });

  test('without its basis is not made', async () => {
    const prove = (): never => {
      throw new Error('made without a basis');
    };
    expect(await check(criterion, { time: undefined }, prove, found)).toMatchObject({
      criteria: [{ outcome: 'not-checked', found: 'no time' }],
      proven: undefined,
    });
  });

  test('that breaks is not taken for one that fails', async () => {
    const mistake = new TypeError('not a function');
    await expect(
      check(
        criterion,
        {},
        () => {
          throw mistake;
        },
        found,
      ),
    ).rejects.toBe(mistake);
  });
});
