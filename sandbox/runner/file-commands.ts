/** File commands: the files through which a step passes outputs, environment, state, paths and its summary to the runner. */

import { fail } from '../../src/core/errors/index.ts';
import { splitLines } from './lines.ts';

/** The name of each file in the `github` context, with the prefix of its name on disk. */
export const fileCommands = {
  path: 'add_path_',
  env: 'set_env_',
  step_summary: 'step_summary_',
  state: 'save_state_',
  output: 'set_output_',
  // A runner without the feature has these two variables, too: it ignores the first file, and the second one is empty.
  artifacts: 'artifacts_',
  artifacts_list: 'artifacts_list_',
} as const;

export type FileCommand = keyof typeof fileCommands;

/** The size of the largest summary that is shown, in bytes. */
export const summaryLimit = 1024 * 1024;

/** Decodes the file of a file command: UTF-8, unless a byte order mark says otherwise (PowerShell 5 writes UTF-16). */
export function decodeFileCommand(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

export type NameValuePair = readonly [name: string, value: string];

/**
 * Parses the pairs of GITHUB_OUTPUT, GITHUB_ENV and GITHUB_STATE.
 *
 * Empty lines are skipped. The first of `=` and `<<` in a line decides: `NAME=VALUE` is split at the first `=`; the value of
 * `NAME<<DELIMITER` is all lines before one that equals the delimiter exactly, without the last line end. Lines end at LF. CR LF
 * ends a line on Windows only; elsewhere the CR is part of names, values and delimiters.
 *
 * It is a generator because the runner acts on each pair when it reads it: pairs before a mistake take effect.
 *
 * @throws CountersignError `USAGE`: the step fails, whatever its exit code is
 */
export function* parseNameValuePairs(text: string, windows: boolean): Generator<NameValuePair, void, void> {
  const lines = new FileLines(text, windows);
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    if (line.text === '') continue;
    const equals = line.text.indexOf('=');
    const heredoc = line.text.indexOf('<<');
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      yield [line.text.slice(0, equals), line.text.slice(equals + 1)];
    } else if (heredoc >= 0) {
      yield readHeredoc(line.text, heredoc, lines);
    } else {
      fail('USAGE', `Invalid format '${line.text}'`);
    }
  }
}

function readHeredoc(line: string, at: number, lines: FileLines): NameValuePair {
  const name = line.slice(0, at);
  const delimiter = line.slice(at + 2);
  if (name === '' || delimiter === '') {
    fail('USAGE', `Invalid format '${line}'. Name must not be empty and delimiter must not be empty`);
  }
  const start = lines.position;
  let end = start;
  for (;;) {
    const next = lines.next() ?? fail('USAGE', `Invalid value. Matching delimiter not found '${delimiter}'`);
    if (next.text === delimiter) return [name, lines.text.slice(start, end)];
    if (next.lineEnd === '') fail('USAGE', 'Invalid value. EOF marker missing new line.');
    end = lines.position - next.lineEnd.length;
  }
}

interface FileLine {
  readonly text: string;
  /** The line end; empty for a last line without one. */
  readonly lineEnd: '' | '\n' | '\r\n';
}

class FileLines {
  readonly text: string;
  readonly #windows: boolean;
  #position = 0;

  constructor(text: string, windows: boolean) {
    this.text = text;
    this.#windows = windows;
  }

  get position(): number {
    return this.#position;
  }

  next(): FileLine | undefined {
    const start = this.#position;
    if (start >= this.text.length) return undefined;
    const lineFeed = this.text.indexOf('\n', start);
    if (lineFeed < 0) {
      this.#position = this.text.length;
      return { text: this.text.slice(start), lineEnd: '' };
    }
    this.#position = lineFeed + 1;
    const carriageReturn = this.#windows && lineFeed > start && this.text[lineFeed - 1] === '\r';
    return carriageReturn
      ? { text: this.text.slice(start, lineFeed - 1), lineEnd: '\r\n' }
      : { text: this.text.slice(start, lineFeed), lineEnd: '\n' };
  }
}

/** Parses the paths of GITHUB_PATH, one a line, in order. A path that is added again moves to the end. */
export function parsePathAdditions(text: string): readonly string[] {
  const paths = new Set<string>();
  for (const line of splitLines(text)) {
    if (line === '') continue;
    paths.delete(line);
    paths.add(line);
  }
  return [...paths];
}
