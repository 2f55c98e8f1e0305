import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson, parseJson } from '../../../src/core/encoding/index.ts';

describe('RFC 8785', () => {
  test('the sample of section 3.2.2', () => {
    const sample = String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`;
    const canonical = String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`;
    expect(canonicalJson(parseJson(sample))).toBe(canonical);
  });

  test('the order of section 3.2.3: by UTF-16 code units', () => {
    const sample = String.raw`{
      "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
      "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis"
    }`;
    const values = canonicalJson(parseJson(sample)).match(/(?<=:")[^"]+(?=")/g);
    expect(values).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
  });

  test.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['41b3de4355555556', '333333333.3333334'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('appendix B: the number %s', (ieee754, text) => {
    expect(canonicalJson(Buffer.from(ieee754, 'hex').readDoubleBE())).toBe(text);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('%d has no text', (value) => {
    expect(() => canonicalJson([value])).toThrow(RangeError);
  });

  test.each(['\ud800', '\udc00 after', 'before \udbff'])('a lone surrogate has no text (section 3.2.2.2)', (text) => {
    expect(() => canonicalJson(text)).toThrow(RangeError);
    expect(() => canonicalJson({ [text]: 1 })).toThrow(RangeError);
    expect(canonicalJson('\ud83d\ude00')).toBe('"\ud83d\ude00"');
  });
});

test('the text has no white space, is the same whatever the order of the members, and is the value again', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })), (object) => {
      const value = parseJson(JSON.stringify(object));
      const reversed = parseJson(JSON.stringify(Object.fromEntries(Object.entries(object).reverse())));
      const text = canonicalJson(value);
      expect(canonicalJson(reversed)).toBe(text);
      expect(parseJson(text)).toEqual(value);
    }),
  );
});

test('members named __proto__ are written too', () => {
  expect(canonicalJson(parseJson('{"b":1,"__proto__":{"z":1,"a":2}}'))).toBe('{"__proto__":{"a":2,"z":1},"b":1}');
});

test('a signed entry timestamp is over this (Rekor v1)', () => {
  const payload = { logIndex: 155690850, logID: 'c0d2', integratedTime: 1734374576, body: 'eyJ9' };
  expect(canonicalJson(payload)).toBe(
    '{"body":"eyJ9","integratedTime":1734374576,"logID":"c0d2","logIndex":155690850}',
  );
});
