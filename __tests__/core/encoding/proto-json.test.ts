import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { encodeBase64, ProtoField } from '../../../src/core/encoding/index.ts';
import { expectFailure } from '../errors/failure.ts';

const message = (json: string) => ProtoField.parse(json, 'BUNDLE_INVALID', 'bundle');
/** The member `x` of a message. */
const member = (json: string) => message(`{"x":${json}}`).field('x');
const absent = () => message('{}').field('x');

describe('messages', () => {
  test('a document is a message', () => {
    for (const json of ['[]', '1', '"a"', 'null', 'true']) {
      expectFailure(() => message(json), 'BUNDLE_INVALID', /^bundle is not an object$/);
    }
  });

  test('a document that is not JSON has the code and the name of the document', () => {
    expectFailure(() => message('{'), 'BUNDLE_INVALID', /^bundle: expected a member name/);
    expectFailure(() => message('{"a":1,"a":1}'), 'BUNDLE_INVALID', /^bundle: the JSON member "a" occurs twice/);
  });

  test('limits keep their own code', () => {
    expectFailure(
      () => ProtoField.parse('{"a":1}', 'BUNDLE_INVALID', 'bundle', { maxLength: 6 }),
      'LIMIT_EXCEEDED',
      /^bundle: /,
    );
  });

  test('a name may be written in snake case', () => {
    const json = '{"verification_material":{"x509_certificate_chain":"chain","rfc3161_timestamps":"stamps"}}';
    const material = message(json).field('verificationMaterial');
    expect(material.field('x509CertificateChain').string()).toBe('chain');
    expect(material.field('rfc3161Timestamps').string()).toBe('stamps');
  });

  test.each([
    '{"logIndex":1,"log_index":1}',
    '{"logIndex":1,"log_index":2}',
    '{"logIndex":null,"log_index":2}',
    '{"logIndex":1,"log_index":null}',
  ])('both spellings at once are refused: %s', (json) => {
    expectFailure(
      () => message(json).field('logIndex'),
      'BUNDLE_INVALID',
      /^bundle\.logIndex occurs twice, also as log_index$/,
    );
  });

  test('a null is an absent member', () => {
    expect(member('null').present).toBe(false);
    expect(absent().present).toBe(false);
    expect(member('null').field('y').string()).toBe('');
    expect([member('0').present, member('""').present, member('false').present]).toEqual([true, true, true]);
  });

  test('a member of what is not a message is refused', () => {
    for (const json of ['1', '"a"', '[]', 'true'])
      expectFailure(() => member(json).field('y'), 'BUNDLE_INVALID', /^bundle\.x is not an object$/);
  });

  test('what an object inherits is no member', () => {
    expect(message('{}').field('toString').present).toBe(false);
    expect(message('{}').field('__proto__').present).toBe(false);
    expect(message('{"__proto__":"a"}').field('__proto__').string()).toBe('a');
  });

  test('each failure says where it was', () => {
    const entries = message('{"a":[{"b":1},{"b":{"cD":"?"}}]}').field('a').list(9);
    const [, second] = entries;
    expectFailure(
      () => second?.field('b').field('cD').uint64(),
      'BUNDLE_INVALID',
      /^bundle\.a\[1\]\.b\.cD is not a non-negative/,
    );
    expectFailure(() => second?.field('b').field('cD').bytes(), 'BUNDLE_INVALID', /^bundle\.a\[1\]\.b\.cD: .*base64/);
    expectFailure(() => second?.field('b').fail('is odd'), 'BUNDLE_INVALID', /^bundle\.a\[1\]\.b is odd$/);
  });
});

describe('lists', () => {
  test('hold what they hold, and an absent one nothing', () => {
    expect(
      member('["a","b"]')
        .list(2)
        .map((item) => item.string()),
    ).toEqual(['a', 'b']);
    expect(absent().list(2)).toEqual([]);
    expect(member('null').list(2)).toEqual([]);
  });

  test('are limited', () => {
    expectFailure(() => member('[1,2,3]').list(2), 'LIMIT_EXCEEDED', /^bundle\.x has 3 items; the limit is 2/);
  });

  test('hold no null', () => {
    expectFailure(() => member('["a",null]').list(2), 'BUNDLE_INVALID', /^bundle\.x\[1\] is null$/);
  });

  test.each(['{}', '"a"', '1', 'false'])('%s is not one', (json) => {
    expectFailure(() => member(json).list(2), 'BUNDLE_INVALID', /is not a list$/);
  });
});

describe('scalars', () => {
  test('strings', () => {
    expect([member('"a"').string(), absent().string(), member('"a"').text()]).toEqual(['a', '', 'a']);
    for (const json of ['1', 'true', '[]', '{}'])
      expectFailure(() => member(json).string(), 'BUNDLE_INVALID', /is not a string$/);
    expectFailure(() => absent().text(), 'BUNDLE_INVALID', /^bundle\.x is missing$/);
    expectFailure(() => member('""').text(), 'BUNDLE_INVALID', /^bundle\.x is missing$/);
  });

  test('half of a character is none, for UTF-8 cannot say it', () => {
    expect(member('"\\ud83d\\ude00"').string()).toBe('\u{1f600}');
    for (const json of ['"\\ud800"', '"a\\udc00b"', '"\\ude00\\ud83d"'])
      expectFailure(() => member(json).string(), 'BUNDLE_INVALID', /contains a lone surrogate$/);
  });

  test('booleans', () => {
    expect([member('true').boolean(), member('false').boolean(), absent().boolean()]).toEqual([true, false, false]);
    for (const json of ['1', '"true"', '0', '[]'])
      expectFailure(() => member(json).boolean(), 'BUNDLE_INVALID', /is not a boolean$/);
  });

  test.each([
    ['0', 0n],
    ['"0"', 0n],
    ['1734374576', 1734374576n],
    ['"1734374576"', 1734374576n],
    ['9007199254740991', 9007199254740991n],
    ['"9007199254740993"', 9007199254740993n],
    ['"9223372036854775807"', 9223372036854775807n],
  ])('the 64-bit integer %s', (json, value) => {
    expect(member(json).uint64()).toBe(value);
  });

  test('an absent integer is 0', () => {
    expect(absent().uint64()).toBe(0n);
  });

  test.each([
    '"9223372036854775808"',
    '"18446744073709551615"',
    '"99999999999999999999"',
    '9007199254740992',
    '-1',
    '"-1"',
    '1.5',
    '"1.5"',
    '1e400',
    '"01"',
    '"+1"',
    '"0x1"',
    '" 1"',
    '"1\\n"',
    '""',
    'true',
    '[1]',
    '{}',
  ])('%s is not a non-negative 64-bit integer', (json) => {
    expectFailure(() => member(json).uint64(), 'BUNDLE_INVALID', /is not a non-negative 64-bit integer$/);
  });
});

describe('bytes', () => {
  test('are base64 of either alphabet', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const standard = encodeBase64(bytes);
        expect(member(JSON.stringify(standard)).bytes()).toEqual(bytes);
        expect(member(JSON.stringify(standard.replaceAll('+', '-').replaceAll('/', '_'))).bytes()).toEqual(bytes);
      }),
    );
  });

  test.each(['"+-AA"', '"/_AA"', '"+_AA"', '"-/AA"'])('but not of both at once: %s', (json) => {
    expectFailure(() => member(json).bytes(), 'BUNDLE_INVALID', /^bundle\.x /);
  });

  test.each(['"A"', '"AB"', '"AA="', '"A-=="', '"AA AA"', '"AA\\tAA"', '"!!!notb64"', '"="', '"===="'])(
    'and canonical: not %s',
    (json) => {
      expectFailure(() => member(json).bytes(), 'BUNDLE_INVALID', /^bundle\.x: .*base64/);
    },
  );

  test('padded or not, and in lines of either kind', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat({ max: 80 }), (bytes, at) => {
        const standard = encodeBase64(bytes);
        expect(member(JSON.stringify(standard.replace(/=+$/, ''))).bytes()).toEqual(bytes);
        for (const end of ['\n', '\r\n']) {
          const inLines = `${standard.slice(0, at)}${end}${standard.slice(at)}${end}`;
          expect(member(JSON.stringify(inLines)).bytes()).toEqual(bytes);
        }
      }),
    );
  });

  test('are empty if absent, which data does not take', () => {
    expect(absent().bytes()).toEqual(new Uint8Array());
    expect(member('"AA=="').data()).toEqual(new Uint8Array([0]));
    expectFailure(() => absent().data(), 'BUNDLE_INVALID', /^bundle\.x is missing$/);
    expectFailure(() => member('""').data(), 'BUNDLE_INVALID', /^bundle\.x is missing$/);
    expectFailure(() => member('1').data(), 'BUNDLE_INVALID', /is not a string$/);
  });
});

describe('enums', () => {
  const table = { UNSPECIFIED: 0, SHA2_256: 1, SHA2_384: 2 } as const;

  test.each([
    ['"SHA2_256"', 'SHA2_256'],
    ['1', 'SHA2_256'],
    ['2', 'SHA2_384'],
    ['0', 'UNSPECIFIED'],
    ['"SHA3_256"', undefined],
    ['7', undefined],
    ['1.5', undefined],
    ['"1"', undefined],
    ['"sha2_256"', undefined],
    ['"toString"', undefined],
  ])('%s is %s', (json, name) => {
    expect(member(json).enum(table)).toBe(name);
  });

  test('an absent one is the default', () => {
    expect(absent().enum(table)).toBe('UNSPECIFIED');
    expect(absent().enum({ ONE: 1 })).toBeUndefined();
  });

  test.each(['true', '[]', '{}'])('%s is not one', (json) => {
    expectFailure(() => member(json).enum(table), 'BUNDLE_INVALID', /is not an enum value$/);
  });
});

describe('times', () => {
  test.each([
    ['2026-11-23T06:12:00Z', '2026-11-23T06:12:00.000Z'],
    ['2022-04-13T20:06:15.000Z', '2022-04-13T20:06:15.000Z'],
    ['2026-11-23T06:12:00.5Z', '2026-11-23T06:12:00.500Z'],
    ['2026-11-23T06:12:00.123456789Z', '2026-11-23T06:12:00.123Z'],
    ['2026-11-23T06:12:00+01:30', '2026-11-23T04:42:00.000Z'],
    ['2026-12-31T23:30:00-01:00', '2027-01-01T00:30:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ])('%s', (text, iso) => {
    expect(member(JSON.stringify(text)).time()?.toISOString()).toBe(iso);
  });

  test('none is absent', () => {
    expect(absent().time()).toBeUndefined();
    expect(member('null').time()).toBeUndefined();
  });

  test.each([
    '2026-02-30T00:00:00Z',
    '2026-02-29T00:00:00Z',
    '2026-04-31T12:00:00+02:00',
    '2026-13-01T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T23:60:00Z',
    '2026-01-01T23:59:60Z',
    '2026-01-01T00:00:00+24:00',
    '2026-01-01T00:00:00+00:60',
    '2026-01-01T00:00:00',
    '2026-01-01 00:00:00Z',
    '2026-01-01T00:00Z',
    '2026-01-01',
    '2026-01-01T00:00:00.Z',
    '2026-01-01T00:00:00.1234567890Z',
    '20260101T000000Z',
    '+002026-01-01T00:00:00Z',
    ' 2026-01-01T00:00:00Z',
    '2026-01-01T00:00:00Z\n',
    'Thu, 01 Jan 2026 00:00:00 GMT',
    '',
  ])('%j is not one', (text) => {
    expectFailure(() => member(JSON.stringify(text)).time(), 'BUNDLE_INVALID', /is not a valid time \(RFC 3339\)$/);
  });

  test('a number is not one', () => {
    expectFailure(() => member('1700000000').time(), 'BUNDLE_INVALID', /is not a string$/);
  });
});

describe('the shape of a message', () => {
  const shape = {
    a: true,
    inclusionProof: { logIndex: true },
    rfc3161Times: { signedTime: true },
    x509Chain: true,
  } as const;
  const shaped = (json: string) => message(json).demandShape(shape);

  test.each([
    '{}',
    '{"a":1,"inclusionProof":{"logIndex":"1"}}',
    '{"a":{"whatever":"it is"}}',
    '{"inclusion_proof":{"log_index":1}}',
    '{"inclusionProof":null}',
    '{"rfc3161Times":[{"signedTime":1},{}]}',
    '{"rfc3161_times":[{"signed_time":1}]}',
    '{"x509Chain":1}',
    '{"x509_chain":1}',
    // Not a message where there should be one: that is for whoever reads it.
    '{"inclusionProof":3}',
  ])('%s has it', (json) => {
    expect(shaped(json)).toBeUndefined();
  });

  test.each([
    ['{"b":1}', /^bundle has an unknown member "b"$/],
    ['{"b":null}', /"b"/],
    ['{"A":1}', /"A"/],
    ['{"inclusionProof":{"b":1}}', /^bundle\.inclusionProof has an unknown member "b"/],
    ['{"inclusion_proof":{"b":1}}', /^bundle\.inclusionProof has an unknown member "b"/],
    ['{"rfc3161Times":[{},{"b":1}]}', /^bundle\.rfc3161Times\[1\] has an unknown member "b"/],
    ['{"toString":1}', /"toString"/],
    ['{"__proto__":1}', /"__proto__"/],
    ['{"constructor":{}}', /"constructor"/],
    // Neither of the two names of a member: no reader would find it.
    ['{"inclusion_Proof":{}}', /"inclusion_Proof"/],
    ['{"inclusion__proof":{}}', /"inclusion__proof"/],
    ['{"_inclusionProof":{}}', /"_inclusionProof"/],
    ['{"rfc_3161Times":[]}', /"rfc_3161Times"/],
    ['{"x_509Chain":1}', /"x_509Chain"/],
    ['{"inclusionProof":{},"inclusion_proof":{}}', /occurs twice, also as inclusion_proof/],
  ])('%s does not', (json, reason) => {
    expectFailure(() => shaped(json), 'BUNDLE_INVALID', reason);
  });

  test('a name that is very long is cut in the error', () => {
    const { message: text } = expectFailure(
      () => shaped(`{"${'b'.repeat(9999)}":1}`),
      'BUNDLE_INVALID',
      /unknown member/,
    );
    expect(text.length).toBeLessThan(200);
  });
});
