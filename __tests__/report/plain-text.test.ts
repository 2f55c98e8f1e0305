import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { plainJson, plainLine, plainLines } from '../../src/report/index.ts';

/**
 * The runner's grammar, from actions/runner: OutputManager.OnDataReceived, ActionCommand.TryParseV2 and TryParse. Any name
 * counts as that of a command, so that one which a later runner learns is one already.
 */
function heardByRunner(output: string): readonly string[] {
  // StreamReader.ReadLine ends a line at CR, LF or both.
  return output.split(/\r\n|\r|\n/).filter((line) => isCommand(trimStart(line)) || isLegacyCommand(line));
}

function isCommand(trimmed: string): boolean {
  return trimmed.slice(0, 2) === '::' && trimmed.indexOf('::', 2) >= 0;
}

function isLegacyCommand(line: string): boolean {
  const prefix = line.indexOf('##[');
  return prefix >= 0 && line.indexOf(']', prefix) >= 0;
}

/** String.TrimStart(): Char.IsWhiteSpace, by its list in .NET's documentation. */
function trimStart(line: string): string {
  const isWhiteSpace = (code: number): boolean =>
    (code >= 0x09 && code <= 0x0d) ||
    [0x20, 0x85, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000].includes(code) ||
    (code >= 0x2000 && code <= 0x200a);
  let start = 0;
  while (start < line.length && isWhiteSpace(line.charCodeAt(start))) start++;
  return line.slice(start);
}

/** Control sequences of terminals, characters that change the direction of writing, and line ends. */
const obeyed = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u;

const commands = [
  '::error::x',
  '::set-output name=a::b',
  '::add-mask::',
  '::stop-commands::pause',
  '  ::warning file=a,line=1::x',
  '\t::debug::x',
  '\u00a0::error::x',
  '\u3000\u2003::error::x',
  '\u0085::error::x',
  '\ufeff::error::x',
  '::::',
  ':::error::x',
  '##[error]x',
  '  ##[error]x',
  'text ##[command]x',
  '###[error]x',
  '####[group]x##[endgroup]',
  '##[[error]',
  'a\n::error::x',
  'a\r::error::x',
  'a\r\n  ::error::x',
  'a\n##[error]x',
  '::error::x\n::error::y',
];

describe('the oracle', () => {
  test.each(commands.filter((command) => !command.startsWith('\ufeff')))('hears %j', (command) => {
    expect(heardByRunner(command).length).toBeGreaterThan(0);
  });

  test.each(['a ::error::x', ': :error::x', '# #[error]x', '::no end', '##[no end'])('does not hear %j', (text) => {
    expect(heardByRunner(text)).toEqual([]);
  });
});

describe('a line made fit', () => {
  test.each([...commands, '::no second', '##[no end'])(
    'is no command, and neither when more is printed behind it: %j',
    (command) => {
      const line = plainLine(command);
      expect(line).not.toMatch(obeyed);
      for (const output of [line, `${line}]`, `${line}x::y]`, `signed ${line}`])
        expect(heardByRunner(output)).toEqual([]);
    },
  );

  test.each<[text: string, line: string]>([
    ['', ''],
    ['dist/app-1.0.0.tgz', 'dist/app-1.0.0.tgz'],
    ['https://example.test:443/a?b=c#d', 'https://example.test:443/a?b=c#d'],
    ['ü 日本語 🐎', 'ü 日本語 🐎'],
    ['a::b', 'a::b'],
    ['#[x] ## [y]', '#[x] ## [y]'],
    [':x', ':x'],
    ['::error::x', ': :error::x'],
    ['  ::error::x', '  : :error::x'],
    [':::', ': ::'],
    ['##[error]x', '# #[error]x'],
    ['a\nb', 'a\\u000ab'],
    ['a\r\nb\tc', 'a\\u000d\\u000ab\\u0009c'],
    ['\u001b[31mred\u001b[0m', '\\u001b[31mred\\u001b[0m'],
    ['\u009b31m', '\\u009b31m'],
    ['\u0007\u0008\u007f\u0000', '\\u0007\\u0008\\u007f\\u0000'],
    ['\u001b]8;;https://evil.example.test\u0007link', '\\u001b]8;;https://evil.example.test\\u0007link'],
    ['invoice\u202egpj.exe', 'invoice\\u202egpj.exe'],
    ['\u061c\u200e\u200f\u202a\u202c\u2066\u2069', '\\u061c\\u200e\\u200f\\u202a\\u202c\\u2066\\u2069'],
    ['zero\u200bwidth\u2060\ufeff', 'zero\\u200bwidth\\u2060\\ufeff'],
    ['\u2028\u2029', '\\u2028\\u2029'],
  ])('%j is %j', (text, line) => {
    expect(plainLine(text)).toBe(line);
  });

  test('has none of the characters that are obeyed, of all there are', () => {
    for (let code = 0; code <= 0xffff; code++) {
      const character = String.fromCharCode(code);
      if (obeyed.test(plainLine(`a${character}b`))) throw new Error(`U+${code.toString(16)} got through`);
    }
  });
});

/** Text in which what the grammars are made of is frequent. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ':',
        '::',
        '#',
        '##',
        '##[',
        '[',
        ']',
        ' ',
        '\t',
        '\r',
        '\n',
        '\u0085',
        '\u00a0',
        '\u2028',
        '\ufeff',
        '\u200b',
        'error',
        '\\',
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 24 },
  )
  .map((parts) => parts.join(''));

describe('whatever the text', () => {
  test('the generator makes commands, without which the next ones would prove nothing', () => {
    const heard = fc
      .sample(hostile, { numRuns: 5000, seed: 1 })
      .filter((text) => heardByRunner(`${text}::]`).length > 0);
    expect(heard.length).toBeGreaterThan(300);
  });

  test('a line is one line, and no command, also when the end of one stands behind it', () => {
    fc.assert(
      fc.property(hostile, fc.constantFrom('', ']', 'x::y]'), (text, behind) => {
        const line = plainLine(text);
        expect(line).not.toMatch(obeyed);
        expect(line).not.toContain('##[');
        expect(heardByRunner(`${line}${behind}`)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  test('lines are as many as they were, and no command', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const lines = plainLines(text);
        expect(lines.split('\n')).toHaveLength(text.split('\n').length);
        expect(lines.replaceAll('\n', '')).not.toMatch(obeyed);
        expect(heardByRunner(lines)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  test('what is fit already stays as it is', () => {
    fc.assert(fc.property(hostile, (text) => expect(plainLine(plainLine(text))).toBe(plainLine(text))));
  });
});

describe('JSON', () => {
  test('means the same, and no runner or terminal hears a command in it', () => {
    const part = fc.oneof(
      fc.constantFrom('##[', ']', '#', '[', '::', '\\', '"', '\n', '\u001b[31m', '\u202e', '\u2028'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(fc.array(part).map((parts) => parts.join(''))), (texts) => {
        const json = plainJson(JSON.stringify({ texts }));
        expect(JSON.parse(json)).toEqual({ texts });
        expect(heardByRunner(json)).toEqual([]);
        expect(json).not.toMatch(/[\p{Cc}\u202e\u2028]/u);
      }),
      { numRuns: 500 },
    );
  });
});
