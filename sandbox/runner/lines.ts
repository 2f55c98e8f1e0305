/**
 * Splits output into lines as GitHub's runner does: at LF, at CR LF, and at a lone CR.
 *
 * The lone CR matters to programs that print text of other authors: the rest is a new line, and may be a command.
 */

/** A line as a process printed it, not masked. */
export interface RawLine {
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

/** Splits a stream of text, which comes in pieces of any size, into lines. */
export class LineReader {
  #partial = '';
  #afterCarriageReturn = false;

  /** Adds a piece, and returns the lines that it completes. */
  push(piece: string): readonly string[] {
    if (piece.length === 0) return [];
    // The CR has ended the line already; the LF is part of the same line end.
    const text = this.#afterCarriageReturn && piece.startsWith('\n') ? piece.slice(1) : piece;
    this.#afterCarriageReturn = piece.endsWith('\r');
    const lines = (this.#partial + text).split(/\r\n|\r|\n/);
    this.#partial = lines.pop() ?? '';
    return lines;
  }

  /** Returns the last line, if the stream did not end with a line end. */
  end(): readonly string[] {
    const last = this.#partial;
    this.#partial = '';
    return last === '' ? [] : [last];
  }
}

/** Splits a text into lines. */
export function splitLines(text: string): readonly string[] {
  const reader = new LineReader();
  return [...reader.push(text), ...reader.end()];
}
