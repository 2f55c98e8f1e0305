import { describe, expect, test } from '@jest/globals';
import { decodeFileCommand, parseNameValuePairs, parsePathAdditions } from '../../runner/file-commands.ts';

type Pairs = readonly (readonly [string, string])[];

/** The pairs up to a mistake, and the mistake. */
function parse(text: string, windows = false): { readonly pairs: Pairs; readonly error: string | undefined } {
  const pairs: (readonly [string, string])[] = [];
  try {
    for (const pair of parseNameValuePairs(text, windows)) pairs.push(pair);
    return { pairs, error: undefined };
  } catch (error) {
    return { pairs, error: String(error) };
  }
}

describe('pairs of names and values', () => {
  test.each<[what: string, text: string, pairs: Pairs]>([
    ['nothing', '', []],
    ['NAME=VALUE', 'a=b\n', [['a', 'b']]],
    ['no line end', 'a=b', [['a', 'b']]],
    ['empty lines', '\n\na=b\n\n', [['a', 'b']]],
    ['the first = splits', 'a=b=c', [['a', 'b=c']]],
    ['an empty value', 'a=', [['a', '']]],
    ['nothing is trimmed', ' a = b ', [[' a ', ' b ']]],
    ['= before <<', 'a=b<<c\nd=e', [['a', 'b<<c'], ['d', 'e']]], // biome-ignore format: one case a line
    ['<< before =', 'a<<b=c\nvalue\nb=c\n', [['a', 'value']]],
    ['several lines', 'a<<E\none\n\n two \nE\n', [['a', 'one\n\n two ']]],
    ['no lines', 'a<<E\nE\n', [['a', '']]],
    ['one empty line', 'a<<E\n\nE\n', [['a', '']]],
    ['two empty lines', 'a<<E\n\n\nE\n', [['a', '\n']]],
    ['the delimiter without a line end', 'a<<E\nv\nE', [['a', 'v']]],
    ['a delimiter with blanks is another', 'a<<E\n E\nE \nE\n', [['a', ' E\nE ']]],
    ['a delimiter with <<', 'a<<<<E\nv\n<<E\n', [['a', 'v']]],
    ['a value that looks like a pair', 'a<<E\nb=c\nd<<F\nE\n', [['a', 'b=c\nd<<F']]],
    ['a CR stays in a value', 'a=b\r\n', [['a', 'b\r']]],
    ['a CR stays in a delimiter', 'a<<E\r\nv\r\nE\r\n', [['a', 'v\r']]],
    ['an empty name before =', '=b', [['', 'b']]],
    ['a name of the prototype', '__proto__=b', [['__proto__', 'b']]],
  ])('%s', (_, text, pairs) => {
    expect(parse(text)).toEqual({ pairs, error: undefined });
  });

  test.each<[what: string, text: string, pairs: Pairs, error: string]>([
    ['neither = nor <<', 'a=b\nplain\nc=d', [['a', 'b']], "Invalid format 'plain'"],
    ['a line of blanks', ' ', [], "Invalid format ' '"],
    ['a line with a CR alone', 'a=b\r\n\r\n', [['a', 'b\r']], "Invalid format '\r'"],
    ['no name', '<<E\nE\n', [], 'Name must not be empty'],
    ['no delimiter', 'a<<\nv\n', [], 'delimiter must not be empty'],
    ['the delimiter is missing', 'a<<E\nv\n', [], "delimiter not found 'E'"],
    ['the delimiter is another by a CR', 'a<<E\nv\nE\r\n', [], "delimiter not found 'E'"],
    ['a last value line without an end', 'a<<E\nv', [], 'missing new line'],
    ['a heredoc at the very end', 'a<<E', [], "delimiter not found 'E'"],
  ])('refused: %s', (_, text, pairs, error) => {
    expect(parse(text)).toEqual({ pairs, error: expect.stringContaining(error) });
  });

  test.each<[what: string, text: string, pairs: Pairs]>([
    ['CR LF', 'a=b\r\n\r\nc<<E\r\none\r\ntwo\r\nE\r\n', [['a', 'b'], ['c', 'one\r\ntwo']]], // biome-ignore format: one case a line
    ['LF', 'a<<E\none\ntwo\nE\n', [['a', 'one\ntwo']]],
    ['a CR that ends no line', 'a=b\rc\n', [['a', 'b\rc']]],
  ])('on Windows: %s', (_, text, pairs) => {
    expect(parse(text, true)).toEqual({ pairs, error: undefined });
  });
});

test('paths: in order, the last of two equals, empty lines skipped, every line end', () => {
  expect(parsePathAdditions('/a\n\n/b\r\n/c\r/a\n/d')).toEqual(['/b', '/c', '/a', '/d']);
});

test.each<[what: string, bytes: readonly number[]]>([
  ['UTF-8', [0xc3, 0xbc]],
  ['UTF-8 with a byte order mark', [0xef, 0xbb, 0xbf, 0xc3, 0xbc]],
  ['UTF-16, as PowerShell 5 writes it', [0xff, 0xfe, 0xfc, 0x00]],
  ['UTF-16, big-endian', [0xfe, 0xff, 0x00, 0xfc]],
])('encodings: %s', (_, bytes) => {
  expect(decodeFileCommand(new Uint8Array(bytes))).toBe('ü');
});
