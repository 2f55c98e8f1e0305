import { expect, test } from '@jest/globals';
import { EphemeralKey } from '../../src/core/crypto/index.ts';
import type { CertifiedKey } from '../../src/sign/certified-key.ts';
import { KeyRotation } from '../../src/sign/key-rotation.ts';

const minute = 60_000;
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

/** KeyRotation of ten minutes, and a look at which keys have been overwritten. */
function source() {
  let time = Date.parse('2026-11-23T12:00:00Z');
  const made: CertifiedKey[] = [];
  const overwritten: number[] = [];
  const rotation = new KeyRotation(
    async () => {
      const number = made.length;
      const key = EphemeralKey.generate(random);
      const certifiedKey: CertifiedKey = {
        key,
        certificate: new Uint8Array([number]),
        identity: { subjectAlternativeName: 'identity', issuer: 'issuer', claims: {} },
        notBefore: new Date(time),
        notAfter: new Date(time + 10 * minute),
        [Symbol.dispose]: () => {
          key[Symbol.dispose]();
          overwritten.push(number);
        },
      };
      made.push(certifiedKey);
      return certifiedKey;
    },
    () => new Date(time),
  );
  const pass = (milliseconds: number): void => {
    time += milliseconds;
  };
  return { rotation, made, overwritten, pass };
}

test('one certified key is lent to all who ask at once', async () => {
  const { rotation, made } = source();
  const lent = await Promise.all(Array.from({ length: 20 }, () => rotation.lend()));
  expect(made).toHaveLength(1);
  expect(new Set(lent.map(({ certificate }) => certificate)).size).toBe(1);
});

test('it is replaced in its last minute, once, and overwritten when the last loan is given back', async () => {
  const { rotation, made, overwritten, pass } = source();
  const [first, second] = await Promise.all([rotation.lend(), rotation.lend()]);
  pass(9 * minute - 1);
  (await rotation.lend())[Symbol.dispose]();
  expect(made).toHaveLength(1);
  pass(1);
  const next = await Promise.all(Array.from({ length: 20 }, () => rotation.lend()));
  expect(made).toHaveLength(2);
  expect(next.every(({ certificate }) => certificate[0] === 1)).toBe(true);
  expect(overwritten).toEqual([]);
  first[Symbol.dispose]();
  expect(overwritten).toEqual([]);
  second[Symbol.dispose]();
  expect(overwritten).toEqual([0]);
});

test('one that nobody has on loan is overwritten when it is replaced', async () => {
  const { rotation, overwritten, pass } = source();
  (await rotation.lend())[Symbol.dispose]();
  expect(overwritten).toEqual([]);
  pass(10 * minute);
  await rotation.lend();
  expect(overwritten).toEqual([0]);
});

test('the end of the session overwrites all, lent or not, and lends no more', async () => {
  const { rotation, overwritten, pass } = source();
  await rotation.lend();
  pass(10 * minute);
  await rotation.lend();
  rotation[Symbol.dispose]();
  expect([...overwritten].sort()).toEqual([0, 1]);
  await expect(rotation.lend()).rejects.toMatchObject({ code: 'KEY_DISPOSED' });
});

test('a certified key that comes after the end of the session is overwritten at once', async () => {
  const { rotation, overwritten } = source();
  const lending = rotation.lend();
  rotation[Symbol.dispose]();
  await lending.catch(() => undefined);
  expect(overwritten).toEqual([0]);
});
