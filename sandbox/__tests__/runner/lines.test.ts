import { describe, expect, test } from '@jest/globals';
import { LineReader, splitLines } from '../../runner/lines.ts';

describe('lines', () => {
  test.each<[what: string, text: string, lines: readonly string[]]>([
    ['nothing', '', []],
    ['a last line without an end', 'a\nb', ['a', 'b']],
    ['a last line with an end', 'a\nb\n', ['a', 'b']],
    ['CR LF', 'a\r\nb\r\n', ['a', 'b']],
    ['a lone CR ends a line', 'a\r::error::b\n', ['a', '::error::b']],
    ['empty lines', '\n\r\n\rx', ['', '', '', 'x']],
    ['other separators are no line ends', 'a\u2028b\u0085c\vd', ['a\u2028b\u0085c\vd']],
  ])('%s', (_, text, lines) => {
    expect(splitLines(text)).toEqual(lines);
    // Cut anywhere, the lines are the same.
    for (let at = 0; at <= text.length; at += 1) {
      const reader = new LineReader();
      expect([...reader.push(text.slice(0, at)), ...reader.push(text.slice(at)), ...reader.end()]).toEqual(lines);
    }
    const reader = new LineReader();
    expect([...[...text].flatMap((char) => reader.push(char)), ...reader.end()]).toEqual(lines);
  });
});
