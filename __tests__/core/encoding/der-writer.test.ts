import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  concatBytes,
  contextTag,
  der,
  readDer,
  readSequence,
  readUint,
  tags,
} from '../../../src/core/encoding/index.ts';

const bytes = (...values: number[]) => new Uint8Array(values);

describe('what is written is read', () => {
  test('INTEGER', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 2n ** 200n), (value) => {
        expect(readDer(der.integer(value), (reader) => reader.unsigned())).toBe(value);
      }),
      { examples: [[0n], [127n], [128n], [255n], [256n], [2n ** 63n]] },
    );
  });

  test('unsigned bytes as an INTEGER, whatever zeros they begin with', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(4), (value, zeros) => {
        const written = der.unsigned(concatBytes(new Uint8Array(zeros), value));
        expect(readDer(written, (reader) => reader.unsigned())).toBe(readUint(value));
      }),
    );
  });

  test('OBJECT IDENTIFIER', () => {
    const head = fc.oneof(
      fc.tuple(fc.constantFrom(0n, 1n), fc.bigInt(0n, 39n)),
      fc.tuple(fc.constant(2n), fc.bigInt(0n, 2n ** 128n)),
    );
    fc.assert(
      fc.property(head, fc.array(fc.bigInt(0n, 2n ** 64n), { maxLength: 4 }), (first, rest) => {
        const oid = [...first, ...rest].join('.');
        expect(readDer(der.oid(oid), (reader) => reader.oid())).toBe(oid);
      }),
    );
  });

  test('octets, bits and texts', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.string({ unit: 'binary' }), (value, text) => {
        expect(readDer(der.octetString(value), (reader) => reader.octetString())).toEqual(value);
        expect(readDer(der.bitString(value), (reader) => reader.bitString())).toEqual(value);
        expect(readDer(der.utf8String(text), (reader) => reader.utf8String())).toBe(text);
      }),
    );
  });

  test('named bits, none of them included', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(30)), (bits) => {
        const written = der.namedBits(...bits);
        expect([...readDer(written, (reader) => reader.namedBits())]).toEqual([...bits].sort((a, b) => a - b));
      }),
      { examples: [[[]]] },
    );
  });

  test('times of four digits of the year', () => {
    const seconds = fc.integer({ min: Date.UTC(1900, 0) / 1000, max: Date.UTC(9999, 11, 31) / 1000 });
    fc.assert(
      fc.property(seconds, (second) => {
        const time = new Date(second * 1000);
        expect(readDer(der.time(time), (reader) => reader.time())).toEqual(time);
        expect(readDer(der.generalizedTime(time), (reader) => reader.generalizedTime())).toEqual(time);
      }),
      {
        examples: [
          [Date.UTC(1949, 11, 31) / 1000],
          [Date.UTC(1950, 0) / 1000],
          [Date.UTC(2049, 11, 31) / 1000],
          [Date.UTC(2050, 0) / 1000],
        ],
      },
    );
  });

  test('nested elements', () => {
    const written = der.sequence(
      der.boolean(true),
      der.boolean(false),
      der.null(),
      der.context(3, der.integer(7)),
      der.contextPrimitive(1, bytes(9)),
    );
    const values = readSequence(written, (reader) => {
      const head = [reader.boolean(), reader.boolean(), reader.null()];
      const explicit = readDer(reader.element(contextTag(3, 'constructed')).contents, (inner) => inner.unsigned());
      return [...head, explicit, reader.element(contextTag(1, 'primitive')).contents];
    });
    expect(values).toEqual([true, false, undefined, 7n, bytes(9)]);
  });
});

describe('times', () => {
  test.each([
    ['1949-12-31T23:59:59Z', tags.generalizedTime, '19491231235959Z'],
    ['1950-01-01T00:00:00Z', tags.utcTime, '500101000000Z'],
    ['2049-12-31T23:59:59Z', tags.utcTime, '491231235959Z'],
    ['2050-01-01T00:00:00Z', tags.generalizedTime, '20500101000000Z'],
    ['2026-11-23T06:12:00.987Z', tags.utcTime, '261123061200Z'],
  ])('%s', (iso, tag, text) => {
    expect(der.time(new Date(iso))).toEqual(der.element(tag, Buffer.from(text)));
  });
});

describe('lengths', () => {
  test.each([
    [0x7f, [0x7f]],
    [0x80, [0x81, 0x80]],
    [0xff, [0x81, 0xff]],
    [0x100, [0x82, 0x01, 0x00]],
    [0xffff, [0x82, 0xff, 0xff]],
    [0x10000, [0x83, 0x01, 0x00, 0x00]],
    [0x1000000, [0x84, 0x01, 0x00, 0x00, 0x00]],
  ])('%d', (length, expected) => {
    const written = der.octetString(new Uint8Array(length));
    expect([...written.subarray(0, 1 + expected.length)]).toEqual([0x04, ...expected]);
    expect(written).toHaveLength(1 + expected.length + length);
  });
});

describe('against OpenSSL', () => {
  test.each(['P-256', 'P-384', 'P-521'])(
    'the SubjectPublicKeyInfo of %s, taken apart and written again',
    (namedCurve) => {
      const { publicKey } = generateKeyPairSync('ec', { namedCurve });
      const spki = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }));
      const written = readSequence(spki, (key) => {
        const algorithm = key.sequence();
        return der.sequence(
          der.sequence(der.oid(algorithm.oid()), der.oid(algorithm.oid())),
          der.bitString(key.bitString()),
        );
      });
      expect(written).toEqual(spki);
    },
  );

  test('an ECDSA signature, taken apart and written again', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-521' });
    for (let i = 0; i < 30; i++) {
      const signature = new Uint8Array(sign('sha512', Buffer.from([i]), privateKey));
      const written = readSequence(signature, (reader) =>
        der.sequence(der.integer(reader.unsigned()), der.integer(reader.unsigned())),
      );
      expect(written).toEqual(signature);
    }
  });

  test('an RSA key in PKCS#1', () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pkcs1 = new Uint8Array(publicKey.export({ type: 'pkcs1', format: 'der' }));
    const jwk = publicKey.export({ format: 'jwk' });
    const number = (value: string | undefined) => der.unsigned(Buffer.from(value ?? '', 'base64url'));
    expect(der.sequence(number(jwk.n), number(jwk.e))).toEqual(pkcs1);
  });
});

describe('SET OF', () => {
  test('is in the ascending order of its encodings, whatever order it is given in', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 6 }), { maxLength: 8 }), (values) => {
        const elements = values.map(der.octetString);
        const sorted = elements.map((element) => Buffer.from(element)).sort(Buffer.compare);
        expect(der.set(...elements)).toEqual(der.element(tags.set, ...sorted));
      }),
    );
  });

  test('leaves what it is given as it was', () => {
    const elements = [der.integer(2), der.integer(1)] as const;
    expect(der.set(...elements)).toEqual(bytes(0x31, 6, 2, 1, 1, 2, 1, 2));
    expect(elements[0]).toEqual(der.integer(2));
  });
});

test('what cannot be written is not written as something else', () => {
  expect(() => der.integer(-1)).toThrow(RangeError);
  expect(() => der.integer(1.5)).toThrow(RangeError);
});
