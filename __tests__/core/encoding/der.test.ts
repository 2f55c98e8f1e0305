import { describe, expect, test } from '@jest/globals';
import {
  contextTag,
  DerReader,
  decodeHex,
  der,
  readDer,
  readSequence,
  tags,
  utf8,
} from '../../../src/core/encoding/index.ts';
import { expectFailure } from '../errors/failure.ts';

/** Bytes as they stand in a dump: `30 03 02 01 05`. */
const hex = (dump: string) => decodeHex(dump.replaceAll(' ', ''));

type Read = (reader: DerReader) => unknown;
const read: Readonly<Record<string, Read>> = {
  any: (reader) => reader.any(),
  boolean: (reader) => reader.boolean(),
  integerBytes: (reader) => reader.integerBytes(),
  unsigned: (reader) => reader.unsigned(),
  oid: (reader) => reader.oid(),
  octetString: (reader) => reader.octetString(),
  bitString: (reader) => reader.bitString(),
  namedBits: (reader) => [...reader.namedBits()],
  utf8String: (reader) => reader.utf8String(),
  null: (reader) => reader.null(),
  time: (reader) => reader.time(),
  generalizedTime: (reader) => reader.generalizedTime(),
};

function expectRefused(kind: keyof typeof read, bytes: Uint8Array, reason: RegExp): void {
  expectFailure(() => readDer(bytes, (reader) => read[kind]?.(reader)), 'DER_INVALID', reason);
}

describe('elements', () => {
  test('are views of the input, with and without their tag and length', () => {
    const bytes = hex('30 03 02 01 05');
    const { tag, der: whole, contents } = readDer(bytes, (reader) => reader.any());
    expect([tag, whole, contents]).toEqual([tags.sequence, bytes, hex('02 01 05')]);
    expect(contents.buffer).toBe(bytes.buffer);
  });

  test.each([0, 1, 127, 128, 255, 256, 65_535, 65_536])('a length of %d, in its minimal form', (length) => {
    const contents = new Uint8Array(length).fill(7);
    const bytes = der.octetString(contents);
    expect(readDer(bytes, (reader) => reader.octetString())).toEqual(contents);
  });

  test.each([
    ['indefinite lengths are not allowed', '30 80 02 01 05 00 00', /indefinite/],
    ['a length of five bytes', '04 85 00 00 00 00 01 00', /more than 4 bytes/],
    ['the reserved length ff', '04 ff 00', /more than 4 bytes/],
    ['a short length in the long form', '04 81 01 00', /not minimal/],
    ['127 in the long form', `04 81 7f ${'00'.repeat(127)}`, /not minimal/],
    ['128 in two bytes', `04 82 00 80 ${'00'.repeat(128)}`, /not minimal/],
    ['256 in three bytes', `04 83 00 01 00 ${'00'.repeat(256)}`, /not minimal/],
    ['a length beyond the end', '04 02 00', /the length 2 exceeds the remaining 1 bytes/],
    ['a length of 4 GiB', '04 84 ff ff ff ff 00', /the length 4294967295 exceeds the remaining 1 bytes/],
    ['a tag without a length', '04', /expected a length, found the end/],
    ['half of a length', '04 82 01', /expected a length, found the end/],
    ['nothing', '', /expected a tag, found the end/],
    ['a tag of two bytes', '1f 81 00 00', /multi-byte tags are not supported/],
    ['a context tag of two bytes', 'bf 21 00', /multi-byte tags are not supported/],
    ['a byte after it', '04 01 00 00', /unexpected data after the end, at byte 3/],
  ])('%s is refused', (_, dump, reason) => {
    expectRefused('any', hex(dump), reason);
  });

  test('an element cannot reach beyond the one around it', () => {
    const inner = new DerReader(hex('30 05 30 02 04 01 00 05 00')).sequence().sequence();
    expectFailure(() => inner.octetString(), 'DER_INVALID', /the length 1 exceeds the remaining 0 bytes/);
  });

  test('another tag than the expected one is refused, and so is none', () => {
    expectRefused('octetString', hex('24 00'), /expected tag 0x4, found 0x24/);
    expectRefused('octetString', hex(''), /expected tag 0x4, found nothing/);
  });

  test('optional takes an element of its tag only', () => {
    const reader = new DerReader(hex('a0 00 05 00'));
    expect(reader.optional(contextTag(1, 'constructed'))).toBeUndefined();
    expect(reader.optional(contextTag(0, 'constructed'))?.contents).toEqual(hex(''));
    expect(reader.nextTag).toBe(tags.null);
    expect(reader.done).toBe(false);
    reader.null();
    expect([reader.done, reader.nextTag, reader.optional(tags.null)]).toEqual([true, undefined, undefined]);
  });

  test('a SEQUENCE that is the whole has nothing after it, and nothing left in it', () => {
    expect(readSequence(hex('30 03 02 01 05'), (reader) => reader.unsigned())).toBe(5n);
    expectFailure(
      () => readSequence(hex('30 03 02 01 05 00'), (reader) => reader.unsigned()),
      'DER_INVALID',
      /unexpected data after the end/,
    );
    expectFailure(
      () => readSequence(hex('30 06 02 01 05 02 01 06'), (reader) => reader.unsigned()),
      'DER_INVALID',
      /unexpected data after the end/,
    );
    expectFailure(
      () => readSequence(hex('31 03 02 01 05'), (reader) => reader.unsigned()),
      'DER_INVALID',
      /expected tag 0x30/,
    );
  });

  test('SEQUENCE and SET are read into', () => {
    expect(new DerReader(hex('30 02 05 00')).sequence().nextTag).toBe(tags.null);
    expect(new DerReader(hex('31 02 05 00')).set().nextTag).toBe(tags.null);
    expectFailure(() => new DerReader(hex('31 00')).sequence(), 'DER_INVALID', /expected tag 0x30/);
    expectFailure(() => new DerReader(hex('30 00')).set(), 'DER_INVALID', /expected tag 0x31/);
  });
});

describe('BOOLEAN and NULL', () => {
  test('have one encoding each', () => {
    expect(readDer(hex('01 01 ff'), (reader) => reader.boolean())).toBe(true);
    expect(readDer(hex('01 01 00'), (reader) => reader.boolean())).toBe(false);
    expect(readDer(hex('05 00'), (reader) => reader.null())).toBeUndefined();
  });

  test.each(['01 01 01', '01 01 fe', '01 00', '01 02 ff ff', '01 02 00 00'])('%s is no boolean', (dump) => {
    expectRefused('boolean', hex(dump), /neither 00 nor ff/);
  });

  test('a NULL is not empty is refused', () => {
    expectRefused('null', hex('05 01 00'), /NULL is not empty/);
  });
});

describe('INTEGER', () => {
  test.each([
    ['00', 0n],
    ['7f', 127n],
    ['00 80', 128n],
    ['00 ff', 255n],
    ['01 00', 256n],
    ['00 ff ff ff ff ff ff ff ff', 2n ** 64n - 1n],
  ])('%s', (contents, value) => {
    expect(readDer(der.element(tags.integer, hex(contents)), (reader) => reader.unsigned())).toBe(value);
  });

  test.each([
    ['00 00', /not minimal/],
    ['00 7f', /not minimal/],
    ['ff 80', /not minimal/],
    ['ff ff', /not minimal/],
    ['', /INTEGER is empty/],
  ])('%j is refused', (contents, reason) => {
    expectRefused('integerBytes', der.element(tags.integer, hex(contents)), reason);
    expectRefused('unsigned', der.element(tags.integer, hex(contents)), reason);
  });

  test('a negative one is refused where an unsigned one is read, and given as its bytes where not', () => {
    for (const contents of ['80', 'ff', 'ff 7f', '80 00']) {
      const bytes = der.element(tags.integer, hex(contents));
      expectRefused('unsigned', bytes, /negative/);
      expect(readDer(bytes, (reader) => reader.integerBytes())).toEqual(hex(contents));
    }
  });
});

describe('OBJECT IDENTIFIER', () => {
  test.each([
    ['2a 86 48 86 f7 0d', '1.2.840.113549'],
    ['2b 06 01 04 01 83 bf 30 01 18', '1.3.6.1.4.1.57264.1.24'],
    ['55 04 03', '2.5.4.3'],
    ['00', '0.0'],
    ['27', '0.39'],
    ['28', '1.0'],
    ['4f', '1.39'],
    ['50', '2.0'],
    ['88 37', '2.999'],
    ['69 83 cc 93 80 a8 98 cc a8 c7 bd b1 a7 80 80 aa ae d7 8a 1b', '2.25.305821105408246119474742976030998643995'],
  ])('%s is %s', (contents, oid) => {
    expect(readDer(der.element(tags.objectIdentifier, hex(contents)), (reader) => reader.oid())).toBe(oid);
  });

  test.each([
    ['an arc with a leading zero', '2a 80 01', /not minimal/],
    ['a first arc with a leading zero', '80 2a', /not minimal/],
    ['an arc that goes on beyond the end', '2a 86', /OBJECT IDENTIFIER is truncated/],
    ['no contents', '', /empty or too long/],
    ['65 bytes', `2a ${'01'.repeat(64)}`, /empty or too long/],
  ])('%s is refused', (_, contents, reason) => {
    expectRefused('oid', der.element(tags.objectIdentifier, hex(contents)), reason);
  });

  test('64 bytes are read', () => {
    const bytes = der.element(tags.objectIdentifier, hex(`2a ${'01'.repeat(63)}`));
    expect(readDer(bytes, (reader) => reader.oid())).toBe(`1.2${'.1'.repeat(63)}`);
  });
});

describe('BIT STRING', () => {
  test('of whole bytes', () => {
    expect(readDer(hex('03 03 00 80 ff'), (reader) => reader.bitString())).toEqual(hex('80 ff'));
    expect(readDer(hex('03 01 00'), (reader) => reader.bitString())).toEqual(hex(''));
  });

  test.each(['03 00', '03 02 01 80', '03 02 07 80'])('%s is not of whole bytes', (dump) => {
    expectRefused('bitString', hex(dump), /whole bytes/);
  });

  test.each([
    ['03 02 07 80', [0]],
    ['03 02 01 06', [5, 6]],
    ['03 02 00 01', [7]],
    ['03 03 07 00 80', [8]],
    ['03 01 00', []],
  ])('%s names the bits %j', (dump, bits) => {
    expect([...readDer(hex(dump), (reader) => reader.namedBits())]).toEqual(bits);
  });

  test.each([
    ['a zero bit at the end that counts', '03 02 06 80', /not minimal/],
    ['a zero byte at the end', '03 03 00 80 00', /not minimal/],
    ['unused bits that are set', '03 02 05 90', /not minimal/],
    ['unused bits of no byte', '03 01 03', /not minimal/],
    ['eight unused bits', '03 02 08 80', /invalid number of unused bits/],
    ['no count', '03 00', /invalid number of unused bits/],
    ['more bits than any list has', '03 0a 00 ff ff ff ff ff ff ff ff ff', /named bit list has 10 bytes/],
  ])('%s is refused', (_, dump, reason) => {
    expectRefused('namedBits', hex(dump), reason);
  });
});

test('an integer longer than any number of a key is refused, and its bytes are read', () => {
  const long = der.element(tags.integer, new Uint8Array(4097).fill(1));
  expectFailure(() => readDer(long, (reader) => reader.unsigned()), 'DER_INVALID', /an INTEGER has 4097 bytes/);
  expect(readDer(long, (reader) => reader.integerBytes())).toHaveLength(4097);
});

describe('UTF8String', () => {
  test('is the text of its bytes', () => {
    expect(readDer(der.utf8String('ünd \u{1f600}'), (reader) => reader.utf8String())).toBe('ünd \u{1f600}');
  });

  test.each(['ff', 'c0 af', 'ed a0 80'])('%s is refused', (contents) => {
    expectRefused('utf8String', der.element(tags.utf8String, hex(contents)), /not valid UTF-8/);
  });

  test('a string of another kind is refused', () => {
    expectRefused('utf8String', der.printableString('a'), /expected tag 0xc, found 0x13/);
  });
});

describe('times', () => {
  const utcTime = (text: string) => der.element(tags.utcTime, utf8(text));
  const generalizedTime = (text: string) => der.element(tags.generalizedTime, utf8(text));

  test.each([
    ['500101000000Z', '1950-01-01T00:00:00.000Z'],
    ['991231235959Z', '1999-12-31T23:59:59.000Z'],
    ['000229120000Z', '2000-02-29T12:00:00.000Z'],
    ['491231235959Z', '2049-12-31T23:59:59.000Z'],
  ])('UTCTime %s', (text, iso) => {
    expect(readDer(utcTime(text), (reader) => reader.time()).toISOString()).toBe(iso);
  });

  test.each([
    ['20500101000000Z', '2050-01-01T00:00:00.000Z'],
    ['99991231235959Z', '9999-12-31T23:59:59.000Z'],
    ['19491231235959Z', '1949-12-31T23:59:59.000Z'],
  ])('GeneralizedTime %s in a certificate', (text, iso) => {
    expect(readDer(generalizedTime(text), (reader) => reader.time()).toISOString()).toBe(iso);
  });

  test.each([
    ['20261123061200Z', '2026-11-23T06:12:00.000Z'],
    ['20261123061200.5Z', '2026-11-23T06:12:00.500Z'],
    ['20261123061200.123456789Z', '2026-11-23T06:12:00.123Z'],
    ['20261123061200.05Z', '2026-11-23T06:12:00.050Z'],
  ])('GeneralizedTime %s in a timestamp', (text, iso) => {
    expect(readDer(generalizedTime(text), (reader) => reader.generalizedTime()).toISOString()).toBe(iso);
  });

  test.each([
    ['no seconds', '2611230612Z'],
    ['an offset', '261123061200+0000'],
    ['no Z', '261123061200'],
    ['a small z', '261123061200z'],
    ['a fraction', '261123061200.5Z'],
    ['four digits of the year', '20261123061200Z'],
    ['something after it', '261123061200Z0'],
    ['a space', ' 61123061200Z'],
  ])('a UTCTime with %s is refused', (_, text) => {
    expectRefused('time', utcTime(text), /form YYMMDDHHMMSSZ/);
  });

  test.each([
    ['no seconds', '202611230612Z'],
    ['an offset', '20261123061200+0000'],
    ['no Z', '20261123061200'],
    ['an empty fraction', '20261123061200.Z'],
    ['a fraction that ends with a zero', '20261123061200.50Z'],
    ['a fraction of zero', '20261123061200.0Z'],
    ['a comma', '20261123061200,5Z'],
    ['two digits of the year', '261123061200Z'],
    ['something after it', '20261123061200Z0'],
    ['something a long way after it', `20261123061200.${'1'.repeat(48)}Zjunk`],
  ])('a GeneralizedTime with %s is refused', (_, text) => {
    expectRefused('generalizedTime', generalizedTime(text), /form YYYYMMDDHHMMSSZ/);
  });

  test.each([
    ['30 February', '20260230000000Z'],
    ['29 February of another year', '20260229000000Z'],
    ['31 April', '20260431000000Z'],
    ['a month 13', '20261301000000Z'],
    ['a month 0', '20260001000000Z'],
    ['a day 0', '20260100000000Z'],
    ['24 hours', '20260101240000Z'],
    ['60 minutes', '20260101006000Z'],
    ['60 seconds', '20260101000060Z'],
  ])('%s does not exist', (_, text) => {
    expectRefused('generalizedTime', generalizedTime(text), /does not exist/);
    expectRefused('time', utcTime(text.slice(2)), /does not exist/);
  });

  test.each([
    ['a year that UTCTime has, 2049', '20491231235959Z', /UTCTime/],
    ['a year that UTCTime has, 1950', '19500101000000Z', /UTCTime/],
    ['a fraction', '20500101000000.5Z', /form YYYYMMDDHHMMSSZ/],
  ])('a GeneralizedTime of %s is refused in a certificate (RFC 5280, section 4.1.2.5)', (_, text, reason) => {
    expectRefused('time', generalizedTime(text), reason);
  });

  test('each kind of time is refused where the other is read', () => {
    expectRefused('generalizedTime', utcTime('261123061200Z'), /expected tag 0x18/);
    expectRefused('time', der.integer(1), /expected tag 0x17/);
  });
});
