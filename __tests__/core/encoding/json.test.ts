import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseJson, parseJsonMembers, parseJsonObject, utf8 } from '../../../src/core/encoding/index.ts';
import { expectFailure } from '../errors/failure.ts';

describe('agreement with JSON', () => {
  // Not with what JSON.parse reads: V8 can take the name `"` for `\` (nodejs/node#63785).
  test('on what JSON.stringify writes, with white space and without, as text and as bytes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(undefined, 2, '\t'), (value, space) => {
        const text = JSON.stringify(value, undefined, space);
        expect(JSON.stringify(parseJson(text), undefined, space)).toBe(text);
        expect(JSON.stringify(parseJson(utf8(text)), undefined, space)).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  test('on which texts are JSON at all', () => {
    const piece = fc.constantFrom(
      ...'{}[]",:01-+.eE tfn\\u\n\u0000a'.split(''),
      '"a"',
      'true',
      'null',
      '\\u0041',
      '\ufeff',
      '\u00a0',
      '1e5',
      '"b":',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const text = pieces.join('');
        const oracle = outcome(() => JSON.parse(text));
        // The one difference: a name that is there twice.
        const found = outcome(() => parseJson(text));
        if (!/occurs twice/.test(found.problem)) expect(found.value).toEqual(oracle.value);
      }),
      { numRuns: 20_000 },
    );
  });

  function outcome(parse: () => unknown): { value: string | undefined; problem: string } {
    try {
      return { value: JSON.stringify(parse()), problem: '' };
    } catch (error) {
      return { value: undefined, problem: String(error) };
    }
  }

  test.each(['0', '-0', '1e5', '1E+5', '1e-5', '-1.25', '123456789012345678901234567890', '1e400', '5e-324', '0.1e1'])(
    'on the number %s',
    (text) => {
      expect(parseJson(text)).toBe(JSON.parse(text));
    },
  );

  test.each(['""', '"\\u0041\\n\\"\\\\\\/\\b\\f\\r\\t"', '"\\ud83d\\ude00"', '"\u2028\u007f"', '"\\\\"', '"\\\\\\""'])(
    'on the string %s',
    (text) => {
      expect(parseJson(text)).toBe(JSON.parse(text));
    },
  );
});

describe('what is not JSON', () => {
  test.each([
    ['nothing', '', /expected a JSON value, at character 0/],
    ['white space', ' \n', /expected a JSON value, at character 2/],
    ['a leading zero', '01', /unexpected text after the JSON value, at character 1/],
    ['a point without digits after it', '1.', /unexpected text after the JSON value/],
    ['a point without digits before it', '.5', /expected a JSON value/],
    ['a plus', '+1', /expected a JSON value/],
    ['a minus alone', '-', /expected a JSON value/],
    ['an exponent without digits', '1e', /unexpected text after the JSON value/],
    ['hexadecimal', '0x10', /unexpected text after the JSON value/],
    ['NaN', 'NaN', /expected a JSON value/],
    ['Infinity', '-Infinity', /expected a JSON value/],
    ['a word that goes on', 'truely', /unexpected text after the JSON value, at character 4/],
    ['a capital word', 'True', /expected a JSON value/],
    ['a second value', '{} {}', /unexpected text after the JSON value, at character 3/],
    ['a second line', '{}\n{}', /unexpected text after the JSON value/],
    ['a zero after it', '{}\0', /unexpected text after the JSON value/],
    ['a byte order mark', '\ufeff{}', /expected a JSON value, at character 0/],
    ['another space', '[\u00a01]', /expected a JSON value/],
    ['a comment', '[1 /* one */]', /in a JSON array/],
    ['a comma at the end of an array', '[1,]', /expected a JSON value, at character 3/],
    ['a comma at the end of an object', '{"a":1,}', /expected a member name/],
    ['a comma alone', '[,]', /expected a JSON value/],
    ['an array without an end', '[1', /in a JSON array/],
    ['an array with the end of an object', '[1}', /in a JSON array/],
    ['an object without an end', '{"a":1', /in a JSON object/],
    ['two values without a comma', '[1 2]', /in a JSON array/],
    ['a name without quotes', '{a:1}', /expected a member name/],
    ['a name in single quotes', "{'a':1}", /expected a member name/],
    ['a number for a name', '{1:1}', /expected a member name/],
    ['no colon', '{"a" 1}', /expected ":"/],
    ['no value of a member', '{"a":}', /expected a JSON value/],
    ['a string without an end', '"abc', /unterminated JSON string/],
    ['a string that ends with an escaped quote', '"abc\\"', /unterminated JSON string/],
    ['a lone backslash', '"\\"', /unterminated JSON string/],
    ['an unknown escape', '"\\x"', /invalid escape in a JSON string, at character 0/],
    ['half of an escape', '"\\u12"', /invalid escape/],
    ['an escape of another alphabet', '"\\u004g"', /invalid escape/],
    ['a line end in a string', '"a\nb"', /control character/],
    ['a tab in a string', '"a\tb"', /control character/],
    ['a zero in a string', '"a\0b"', /control character/],
    ['a control character in a name', '{"a\u001f":1}', /control character/],
  ])('%s', (_, text, reason) => {
    expectFailure(() => parseJson(text), 'JSON_INVALID', reason);
  });

  test('bytes that are not UTF-8', () => {
    expectFailure(() => parseJson(new Uint8Array([0x22, 0xff, 0x22])), 'JSON_INVALID', /not valid UTF-8/);
  });
});

describe('members', () => {
  test.each([
    ['side by side', '{"a":1,"a":1}', /the JSON member "a" occurs twice/],
    ['apart', '{"a":1,"b":2,"a":3}', /the JSON member "a" occurs twice/],
    ['one of them escaped', '{"a":1,"\\u0061":2}', /the JSON member "a" occurs twice/],
    ['deep inside', '[{"x":{"a":1,"a":2}}]', /the JSON member "a" occurs twice/],
    ['named __proto__', '{"__proto__":1,"__proto__":2}', /the JSON member "__proto__" occurs twice/],
    ['without a name', '{"":1,"":2}', /the JSON member "" occurs twice/],
  ])('the same name twice is refused: %s', (_, text, reason) => {
    expectFailure(() => parseJson(text), 'JSON_INVALID', reason);
  });

  test('the same name in two objects is no matter', () => {
    expect(parseJson('[{"a":1},{"a":{"a":2}}]')).toEqual([{ a: 1 }, { a: { a: 2 } }]);
  });

  test('__proto__ and the names of Object.prototype are members like any other', () => {
    const value = parseJson('{"__proto__":{"admin":true},"constructor":1,"toString":2,"hasOwnProperty":3}');
    expect(Object.keys(Object(value))).toEqual(['__proto__', 'constructor', 'toString', 'hasOwnProperty']);
    expect(Object.getPrototypeOf(value)).toBeNull();
    expect(Object(value).admin).toBeUndefined();
    expect(Object(parseJson('{}')).toString).toBeUndefined();
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('admin');
  });

  test('the name in an error is cut', () => {
    const name = 'n'.repeat(5000);
    const error = expectFailure(() => parseJson(`{"${name}":1,"${name}":2}`), 'JSON_INVALID', /occurs twice/);
    expect(error.message.length).toBeLessThan(200);
  });
});

describe('limits', () => {
  const nested = (levels: number, inner: string) => '['.repeat(levels) + inner + ']'.repeat(levels);

  test.each(['', '1', '"a"'])('64 levels around %j are read, 65 are not', (inner) => {
    expect(JSON.stringify(parseJson(nested(64, inner)))).toBe(nested(64, inner));
    expectFailure(() => parseJson(nested(65, inner)), 'LIMIT_EXCEEDED', /more than 64 levels deep/);
  });

  test('objects count as levels', () => {
    const objects = (levels: number) => `${'{"a":'.repeat(levels)}{}${'}'.repeat(levels)}`;
    expect(JSON.stringify(parseJson(objects(63)))).toBe(objects(63));
    expectFailure(() => parseJson(objects(64)), 'LIMIT_EXCEEDED', /more than 64 levels deep/);
  });

  test('a depth of nought is for scalars', () => {
    expect(parseJson('1', { maxDepth: 0 })).toBe(1);
    expectFailure(() => parseJson('[]', { maxDepth: 0 }), 'LIMIT_EXCEEDED', /more than 0 levels deep/);
  });

  test('a million brackets end in an error, not in an overflow', () => {
    expectFailure(() => parseJson('['.repeat(1_000_000)), 'LIMIT_EXCEEDED', /deep/);
    expectFailure(() => parseJson('{"a":'.repeat(1_000_000)), 'LIMIT_EXCEEDED', /deep/);
  });

  test('the length is limited, in bytes and in characters, and the limit belongs to it', () => {
    expect(parseJson('[1,2]', { maxLength: 5 })).toEqual([1, 2]);
    expect(parseJson(utf8('[1,2]'), { maxLength: 5 })).toEqual([1, 2]);
    expectFailure(() => parseJson('[1,2]', { maxLength: 4 }), 'LIMIT_EXCEEDED', /5 bytes; the limit is 4/);
    expectFailure(() => parseJson(utf8('[1,2]'), { maxLength: 4 }), 'LIMIT_EXCEEDED', /5 bytes; the limit is 4/);
    expectFailure(() => parseJson(' '.repeat(16 * 1024 * 1024 + 1)), 'LIMIT_EXCEEDED', /the limit is 16777216/);
  });

  test('a string of 10 MB, plain and full of escapes', () => {
    const plain = 'a'.repeat(10_000_000);
    expect(parseJson(`"${plain}"`) === plain).toBe(true);
    expect(parseJson(`"${'\\"'.repeat(5_000_000)}"`) === '"'.repeat(5_000_000)).toBe(true);
    expect(parseJson(`"${'\\\\'.repeat(5_000_000)}"`) === '\\'.repeat(5_000_000)).toBe(true);
  });
});

describe('the number of values', () => {
  test('is limited, and nothing behind the last is looked at', () => {
    const text = `[${'{},'.repeat(999)}`;
    expect(parseJson(`${text}{}]`, { maxValues: 1001 })).toHaveLength(1000);
    expectFailure(
      () => parseJson(`${text}{} what is no JSON`, { maxValues: 1000 }),
      'LIMIT_EXCEEDED',
      /more than 1000 values/,
    );
  });

  test.each(['{}', '[]', '""', '0', 'null', 'true', '{"a":0}', '[[]]', '"\\n"'])(
    'is limited by default: %s',
    (value) => {
      const text = `[${`${value},`.repeat(250_000)}0]`;
      expectFailure(() => parseJson(text), 'LIMIT_EXCEEDED', /more than 250000 values/);
    },
  );
});

describe('some members of an object', () => {
  test('are built, and of the others their kinds are known', () => {
    const text = '{"a":{"x":[1]},"b":[{"c":"d"}],"s":"\\u0041","n":-1e5,"t":true,"z":null,"o":{"o":{}}}';
    const { members, others } = parseJsonMembers(text, ['a', 'b', 'missing']) ?? {};
    expect(members).toEqual({ a: { x: [1] }, b: [{ c: 'd' }] });
    expect(Object.fromEntries(others ?? [])).toEqual({
      s: 'string',
      n: 'number',
      t: 'boolean',
      z: 'null',
      o: 'object',
    });
    expect(parseJsonMembers('[{}]', ['a'])).toBeUndefined();
    expect(parseJsonMembers(' 1 ', ['a'])).toBeUndefined();
  });

  // The checks are the same, whether a value is built or not.
  test('are read of the same texts', () => {
    const piece = fc.constantFrom(
      ...'{}[]",:01-.eE t\\u\n\u0000a'.split(''),
      '"a"',
      'true',
      'null',
      '\\u0041',
      '\\"',
      '"b":',
      '{"a":1}',
      '[1,2]',
    );
    const problemOf = (read: () => unknown): string => {
      try {
        read();
        return '';
      } catch (error) {
        return String(error);
      }
    };
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), fc.boolean(), (pieces, wrapped) => {
        const text = wrapped ? `{"x":${pieces.join('')}}` : pieces.join('');
        expect([text, problemOf(() => parseJsonMembers(text, []))]).toEqual([text, problemOf(() => parseJson(text))]);
        expect(problemOf(() => parseJsonObject(text))).toBe(problemOf(() => parseJson(text)));
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['side by side', '{"x":{"a":1,"a":1}}'],
    ['the third', '{"x":{"a":1,"b":1,"c":1,"b":2}}'],
    ['escaped', '{"x":[{"a":1,"\\u0061":2}]}'],
    ['of the text itself', '{"x":1,"y":2,"x":3}'],
    ['around another object', '{"x":{"a":{"b":1,"c":2},"d":{"b":1,"c":2},"a":2}}'],
  ])('the same name twice is refused where nothing is built: %s', (_, text) => {
    expectFailure(() => parseJsonMembers(text, []), 'JSON_INVALID', /occurs twice/);
  });

  test('as many values as a text can hold are passed over', () => {
    const many = '{"x":[],"y":{}},'.repeat(100_000);
    expect(parseJsonMembers(`{"p":[${many}0],"a":1}`, ['a'])?.members).toEqual({ a: 1 });
    expectFailure(() => parseJsonMembers(`{"a":[${many}0]}`, ['a']), 'LIMIT_EXCEEDED', /250000 values/);
  });

  test('the names that are kept at once are limited', () => {
    const names = (count: number): string => Array.from({ length: count }, (_, at) => `"${at}":0`).join(',');
    // One after another, none of them is kept.
    const apart = `{"p":[${`{${names(1000)}},`.repeat(510)}0]}`;
    expect(parseJsonMembers(apart, [])?.others.get('p')).toBe('array');
    const together = `{"p":{${names(500_002)}}}`;
    expectFailure(() => parseJsonMembers(together, []), 'LIMIT_EXCEEDED', /500000 members in total/);
    expectFailure(() => parseJsonMembers(`{"p":${'['.repeat(70)}`, []), 'LIMIT_EXCEEDED', /nested/);
  });

  test('what is no object is checked, and not built', () => {
    expect(parseJsonObject('{"a":[1]}')).toEqual({ a: [1] });
    expect(parseJsonObject(`[${'{},'.repeat(300_000)}0]`)).toBeUndefined();
    expectFailure(() => parseJsonObject('[1'), 'JSON_INVALID', /in a JSON array/);
  });
});
