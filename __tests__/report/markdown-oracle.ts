/**
 * Parses a summary as GitHub's Markdown, for tables, fences and code spans: an independent reading of CommonMark 0.31
 * (4.5 fenced code blocks, 6.1 code spans, 2.4 backslash escapes) and of GFM's tables.
 */

export interface Block {
  readonly kind: 'line' | 'row' | 'fence';
  /** The text of each cell, of the line, or of the lines between the fences. */
  readonly texts: readonly string[];
}

export interface Inline {
  readonly code: readonly string[];
  /** The text that is neither code nor escaped. */
  readonly outside: string;
}

export function blocks(markdown: string): readonly Block[] {
  const found: Block[] = [];
  const lines = markdown.split(/\r\n|\r|\n/);
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const [, fence] = /^ {0,3}(`{3,}|~{3,})[^`]*$/.exec(line) ?? [];
    if (fence !== undefined) {
      const end = lines.findIndex((other, index) => index > at && closes(other, fence));
      if (end < 0) throw new Error('a fence that does not close');
      found.push({ kind: 'fence', texts: lines.slice(at + 1, end) });
      at = end;
    } else if (line.startsWith('|')) found.push({ kind: 'row', texts: cells(line) });
    else found.push({ kind: 'line', texts: [line] });
  }
  return found;
}

function closes(line: string, fence: string): boolean {
  const [, run = ''] = /^ {0,3}(`+|~+)[ \t]*$/.exec(line) ?? [];
  return run.length >= fence.length && run[0] === fence[0];
}

/** A pipe ends a cell unless a backslash stands right before it; that backslash is taken away. */
function cells(line: string): readonly string[] {
  const parts = line.split(/(?<!\\)\|/).map((cell) => cell.replaceAll('\\|', '|').trim());
  if (parts[0] !== '' || parts.at(-1) !== '') throw new Error(`a row that does not begin and end with a pipe: ${line}`);
  return parts.slice(1, -1);
}

export function inline(text: string): Inline {
  const code: string[] = [];
  let outside = '';
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at);
    const [escaped] = /^\\[!-/:-@[-`{-~]/.exec(rest) ?? [];
    const [run] = /^`+/.exec(rest) ?? [];
    if (escaped !== undefined) at += 2;
    else if (run === undefined) {
      outside += text[at];
      at++;
    } else {
      const closing = [...rest.slice(run.length).matchAll(/`+/g)].find(([other]) => other.length === run.length);
      if (closing === undefined) outside += run;
      else code.push(rest.slice(run.length, run.length + closing.index));
      at += closing === undefined ? run.length : 2 * run.length + closing.index;
    }
  }
  return { code, outside };
}

/** The outline of a document: everything that is not code or escaped, block by block. */
export function outline(markdown: string): readonly string[] {
  return blocks(markdown).map(({ kind, texts }) =>
    kind === 'fence' ? `fence of ${texts.length}` : `${kind}: ${texts.map((text) => inline(text).outside).join(' | ')}`,
  );
}
