/**
 * File commands: the files through which a step hands outputs, environment, state, paths and its summary to the runner.
 */

import { fail } from '../../src/core/errors/index.ts';
import { splitLines } from './lines.ts';

/** The name of each file in the `github` context, and the start of its name on disk. */
export const fileCommands = {
  path: 'add_path_',
  env: 'set_env_',
  step_summary: 'step_summary_',
  state: 'save_state_',
  output: 'set_output_',
  // A runner without the feature still has these two variables: what is written to the first is ignored, the second is empty.
  artifacts: 'artifacts_',
  artifacts_list: 'artifacts_list_',
} as const;

export type FileCommand = keyof typeof fileCommands;

/** The largest summary that is shown, in bytes. */
export const summaryLimit = 1024 * 1024;

/** The text of a file command file: UTF-8, or what a byte order mark says (PowerShell 5 writes UTF-16). */
export function decodeFileCommand(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

export type NameValuePair = readonly [name: string, value: string];

/**
 * The pairs of GITHUB_OUTPUT, GITHUB_ENV and GITHUB_STATE.
 *
 * Empty lines are skipped; of `=` and `<<`, the one that comes first decides. `NAME=VALUE` is split at the first `=`.
 * `NAME<<DELIMITER` takes every line up to one that equals the delimiter to the character; the last line end is not part
 * of the value. Lines end at LF; CR LF ends a line on Windows only, elsewhere the CR stays in names, values and delimiters.
 *
 * A generator, because the runner acts on each pair as it reads it: those before a mistake take effect.
 *
 * @throws CountersignError `USAGE`; the step fails, whatever its exit code
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
  /** Empty for a last line that has none. */
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

/** The paths of GITHUB_PATH, one a line, in the order in which they were added; one added again moves to the end. */
export function parsePathAdditions(text: string): readonly string[] {
  const paths = new Set<string>();
  for (const line of splitLines(text)) {
    if (line === '') continue;
    paths.delete(line);
    paths.add(line);
  }
  return [...paths];
}
