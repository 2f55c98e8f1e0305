import { describe, expect, test } from '@jest/globals';
import { utf8Bytes, utf8Text } from '../../src/node/index.ts';
import { expectFailure } from '../core/errors/failure.ts';
import { marked, wideEncodings } from '../kit/encodings.ts';

const texts = ['{"a":1}', '-----BEGIN PUBLIC KEY-----\n', '# a policy\n', 'ab', 'x', '\n'];

describe('a text', () => {
  test.each([...texts, '', '{}', 'žluťoučký 🐎', 'ab\0'])('in UTF-8 is read, with a mark or without: %j', (text) => {
    const bytes = Buffer.from(text);
    expect(utf8Bytes(bytes, 'JSON_INVALID', 'it')).toBe(bytes);
    expect(utf8Text(marked(text), 'JSON_INVALID', 'it')).toBe(text);
  });

  test.each(wideEncodings)('in %s is refused, and the encoding is named', (name, encode) => {
    for (const text of texts)
      expectFailure(
        () => utf8Bytes(encode(text), 'POLICY_INVALID', 'the policy p.yml'),
        'POLICY_INVALID',
        new RegExp(`^the policy p\\.yml is not UTF-8 but ${name}$`),
      );
  });

  test('in another encoding is refused', () => {
    for (const bytes of [
      Buffer.from('{"a":"é"}', 'latin1'),
      Buffer.from([0x80]),
      Buffer.from([0xff]),
      Buffer.from([0xef, 0xbb]),
    ])
      expectFailure(() => utf8Text(bytes, 'JSON_INVALID', 'it'), 'JSON_INVALID', /^it is not UTF-8$/);
  });
});

test('what to do is said', () => {
  expect(() => utf8Bytes(Buffer.from('{}', 'utf16le'), 'JSON_INVALID', 'it')).toThrow(
    expect.objectContaining({ remedy: expect.stringContaining('-Encoding utf8') }),
  );
});
