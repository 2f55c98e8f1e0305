import { expect, test } from '@jest/globals';
import { EphemeralKey } from '../../src/core/crypto/index.ts';
import type { Credential } from '../../src/sign/certified-key.ts';
import { Credentials } from '../../src/sign/key-rotation.ts';

const minute = 60_000;
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

/** Credentials of ten minutes, and a look at which keys have been overwritten. */
function source() {
  let time = Date.parse('2026-11-23T12:00:00Z');
  const made: Credential[] = [];
  const overwritten: number[] = [];
  const credentials = new Credentials(
    async () => {
      const number = made.length;
      const key = EphemeralKey.generate(random);
      const credential: Credential = {
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
      made.push(credential);
      return credential;
    },
    () => new Date(time),
  );
  const pass = (milliseconds: number): void => {
    time += milliseconds;
  };
  return { credentials, made, overwritten, pass };
}

test('one credential is lent to all who ask at once', async () => {
  const { credentials, made } = source();
  const lent = await Promise.all(Array.from({ length: 20 }, () => credentials.lend()));
  expect(made).toHaveLength(1);
  expect(new Set(lent.map(({ certificate }) => certificate)).size).toBe(1);
});

test('it is replaced in its last minute, once, and overwritten when the last loan is given back', async () => {
  const { credentials, made, overwritten, pass } = source();
  const [first, second] = await Promise.all([credentials.lend(), credentials.lend()]);
  pass(9 * minute - 1);
  (await credentials.lend())[Symbol.dispose]();
  expect(made).toHaveLength(1);
  pass(1);
  const next = await Promise.all(Array.from({ length: 20 }, () => credentials.lend()));
  expect(made).toHaveLength(2);
  expect(next.every(({ certificate }) => certificate[0] === 1)).toBe(true);
  expect(overwritten).toEqual([]);
  first[Symbol.dispose]();
  expect(overwritten).toEqual([]);
  second[Symbol.dispose]();
  expect(overwritten).toEqual([0]);
});

test('one that nobody has on loan is overwritten when it is replaced', async () => {
  const { credentials, overwritten, pass } = source();
  (await credentials.lend())[Symbol.dispose]();
  expect(overwritten).toEqual([]);
  pass(10 * minute);
  await credentials.lend();
  expect(overwritten).toEqual([0]);
});

test('the end of the session overwrites all, lent or not, and lends no more', async () => {
  const { credentials, overwritten, pass } = source();
  await credentials.lend();
  pass(10 * minute);
  await credentials.lend();
  credentials[Symbol.dispose]();
  expect([...overwritten].sort()).toEqual([0, 1]);
  await expect(credentials.lend()).rejects.toMatchObject({ code: 'KEY_DISPOSED' });
});

test('a credential that comes after the end of the session is overwritten at once', async () => {
  const { credentials, overwritten } = source();
  const lending = credentials.lend();
  credentials[Symbol.dispose]();
  await lending.catch(() => undefined);
  expect(overwritten).toEqual([0]);
});
