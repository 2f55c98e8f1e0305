/**
 * Lines as the runner's own line reader cuts them: at LF, at CR LF, and at a lone CR.
 *
 * The lone CR matters to anyone who prints text of strangers: what follows it is a new line, and may be a command.
 */

/** A line as a process printed it, not masked. */
export interface RawLine {
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

/** Cuts a stream of text, given in pieces of any size, into lines. */
export class LineReader {
  #partial = '';
  #afterCarriageReturn = false;

  /** The lines that this piece completes. */
  push(piece: string): readonly string[] {
    if (piece.length === 0) return [];
    // The line ended with the CR already; the LF belongs to that same end.
    const text = this.#afterCarriageReturn && piece.startsWith('\n') ? piece.slice(1) : piece;
    this.#afterCarriageReturn = piece.endsWith('\r');
    const lines = (this.#partial + text).split(/\r\n|\r|\n/);
    this.#partial = lines.pop() ?? '';
    return lines;
  }

  /** The last line, if the stream did not end with a line end. */
  end(): readonly string[] {
    const last = this.#partial;
    this.#partial = '';
    return last === '' ? [] : [last];
  }
}

/** The lines of a whole text. */
export function splitLines(text: string): readonly string[] {
  const reader = new LineReader();
  return [...reader.push(text), ...reader.end()];
}
