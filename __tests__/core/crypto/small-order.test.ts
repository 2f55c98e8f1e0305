import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { ed25519 } from '@noble/curves/ed25519.js';
import { readPublicKey } from '../../../src/core/crypto/index.ts';
import { concatBytes, der } from '../../../src/core/encoding/index.ts';
import { expectFailure } from '../errors/failure.ts';

const spki = (raw: Uint8Array): Uint8Array => der.sequence(der.sequence(der.oid('1.3.101.112')), der.bitString(raw));
const generator = ed25519.Point.fromHex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05', true);
const torsion = Array.from({ length: 7 }).reduce<(typeof generator)[]>(
  (points) => [...points, (points.at(-1) ?? generator).add(generator)],
  [generator],
);

test('the points of small order are eight', () => {
  expect(new Set(torsion.map((point) => point.toHex())).size).toBe(8);
  expect(torsion.every((point) => point.isSmallOrder())).toBe(true);
});

test.each(torsion.map((point) => [point.toHex(), point] as const))(
  '%s is refused, and so is its opposite',
  (_, point) => {
    for (const one of [point, point.negate()])
      expectFailure(() => readPublicKey(spki(one.toBytes())), 'KEY_INVALID', /small order/);
  },
);

test('however they are written: with the other sign, and not reduced', () => {
  const last = new Uint8Array([0xff]);
  const unreduced = [0xed, 0xee].map((first) =>
    concatBytes(new Uint8Array([first]), new Uint8Array(30).fill(0xff), last),
  );
  const signs = torsion.map((point) => point.toBytes()).map((bytes) => bytes.with(31, (bytes[31] ?? 0) ^ 0x80));
  for (const bytes of [...unreduced, ...signs, ...unreduced.map((one) => one.with(31, 0x7f))])
    expectFailure(() => readPublicKey(spki(bytes)), 'KEY_INVALID', /small order/);
});

test('others are read', () => {
  for (let i = 0; i < 50; i++) {
    const key = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' });
    expect(readPublicKey(new Uint8Array(key)).kind).toBe('ed25519');
  }
  expect(readPublicKey(spki(ed25519.Point.BASE.toBytes())).kind).toBe('ed25519');
});
