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
export declare class LineReader {
    #private;
    /** Adds a piece, and returns the lines that it completes. */
    push(piece: string): readonly string[];
    /** Returns the last line, if the stream did not end with a line end. */
    end(): readonly string[];
}
/** Splits a text into lines. */
export declare function splitLines(text: string): readonly string[];
