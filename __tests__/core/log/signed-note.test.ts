import { describe, expect, test } from '@jest/globals';
import { encodeBase64 } from '../../../src/core/encoding/index.ts';
import { readSignedNote } from '../../../src/core/log/index.ts';
import { expectFailure } from '../errors/failure.ts';

const signature = encodeBase64(new Uint8Array([1, 2, 3, 4, 5, 6]));
const line = (name = 'log.example', encoded = signature) => `\u2014 ${name} ${encoded}\n`;
const note = (text: string, ...lines: readonly string[]) => `${text}\n${lines.join('')}`;

describe('readSignedNote', () => {
  test('keeps the text with its final newline, and tells the key hint from the signature', () => {
    const { text, signatures } = readSignedNote(note('one\ntwo\n', line(), line('other.example/path')));
    expect(text).toBe('one\ntwo\n');
    expect(signatures).toEqual([
      { name: 'log.example', keyHint: new Uint8Array([1, 2, 3, 4]), signature: new Uint8Array([5, 6]) },
      { name: 'other.example/path', keyHint: new Uint8Array([1, 2, 3, 4]), signature: new Uint8Array([5, 6]) },
    ]);
  });

  test('the last empty line is the one that separates: what stands above another belongs to the text', () => {
    const forged = note('true\n', line('forged.example'));
    expect(readSignedNote(note(forged, line())).text).toBe(forged);
    expect(readSignedNote(note(forged, line())).signatures.map(({ name }) => name)).toEqual(['log.example']);
  });

  test('a line that is repeated is one signature', () => {
    const { signatures } = readSignedNote(note('one\n', ...Array.from({ length: 50 }, () => line()), line('other')));
    expect(signatures.map(({ name }) => name)).toEqual(['log.example', 'other']);
  });

  test('names may be of any letters', () => {
    expect(readSignedNote(note('text ünd\n', line('журнал'))).signatures.map(({ name }) => name)).toEqual(['журнал']);
  });

  test.each([
    ['nothing', '', /has no signatures/],
    ['a text alone', 'one\n', /has no signatures/],
    ['no empty line', `one\n${line()}`, /has no signatures/],
    ['an empty line and nothing', 'one\n\n', /has no signatures/],
    ['no line end after the signatures', note('one\n', line()).trimEnd(), /has no signatures/],
    ['two line ends after the signatures', `${note('one\n', line())}\n`, /has no signatures/],
    ['an empty line among the signatures', note('one\n', line(), '\n', 'x\n'), /malformed/],
    ['text among the signatures', note('one\n', line(), 'text\n'), /malformed/],
    ['a hyphen for the dash', note('one\n', `- log.example ${signature}\n`), /malformed/],
    ['an en dash for the dash', note('one\n', `\u2013 log.example ${signature}\n`), /malformed/],
    ['no space after the dash', note('one\n', `\u2014log.example ${signature}\n`), /malformed/],
    ['two spaces', note('one\n', `\u2014 log.example  ${signature}\n`), /malformed/],
    ['a space before the dash', note('one\n', ` ${line()}`), /malformed/],
    ['a space at the end', note('one\n', line().replace('\n', ' \n')), /malformed/],
    ['no name', note('one\n', `\u2014  ${signature}\n`), /malformed/],
    ['a name with a space', note('one\n', line('log example')), /malformed/],
    ['a name with another space', note('one\n', line('log\u00a0example')), /malformed/],
    ['a name with a plus', note('one\n', line('log+example')), /malformed/],
    ['no signature', note('one\n', '\u2014 log.example \n'), /malformed/],
    ['a signature of the URL alphabet', note('one\n', line('a', 'AAAA-_AA')), /malformed/],
    [
      'a signature without padding',
      note('one\n', line('a', 'AAAAAAA')),
      /signature by a: the length of the base64 text/,
    ],
    ['a signature with spare bits', note('one\n', line('a', 'AAAAAAB=')), /signature by a: the unused bits/],
    ['a key hint alone', note('one\n', line('a', 'AAAAAA==')), /signature by a is too short/],
    ['half of a key hint', note('one\n', line('a', 'AAA=')), /signature by a is too short/],
  ])('%s is refused', (_, text, reason) => {
    expectFailure(() => readSignedNote(text), 'CHECKPOINT_INVALID', reason);
  });

  test.each([
    ['a zero', '\0'],
    ['a carriage return', '\r'],
    ['a tab', '\t'],
    ['an escape', '\u001b'],
    ['the last of them', '\u001f'],
    ['a delete', '\u007f'],
    ['the character that stands for what was not UTF-8', '\ufffd'],
    ['a lone surrogate, which is signed as that character', '\ud800'],
    ['another lone surrogate', '\udfff'],
  ])('%s is refused, in the text and in a name', (_, character) => {
    expectFailure(() => readSignedNote(note(`one${character}\n`, line())), 'CHECKPOINT_INVALID', /control characters/);
    expectFailure(
      () => readSignedNote(note('one\n', line(`a${character}b`))),
      'CHECKPOINT_INVALID',
      /control characters/,
    );
  });

  test('a hundred signatures are read, one more is not', () => {
    const lines = Array.from({ length: 100 }, (_, i) => line(`witness-${i}`));
    expect(readSignedNote(note('one\n', ...lines)).signatures).toHaveLength(100);
    expectFailure(() => readSignedNote(note('one\n', ...lines, line())), 'LIMIT_EXCEEDED', /101 signatures/);
  });

  test('a note of 1 MiB is read, a longer one is not', () => {
    const rest = note('\n', line()).length;
    const longest = note(`${'a'.repeat(1024 * 1024 - rest)}\n`, line());
    expect(readSignedNote(longest).text).toHaveLength(1024 * 1024 - rest + 1);
    expectFailure(() => readSignedNote(`a${longest}`), 'LIMIT_EXCEEDED', /1048577 characters/);
  });
});
