/**
 * Reports whether a text matches a pattern: `*` stands for any characters except `/`, `**` for any characters, `?` for one character except
 * `/`. It takes time text × pattern, whatever they are.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  // The places in the text at which the pattern so far may end.
  let ends = new Uint8Array(text.length + 1);
  ends[0] = 1;
  for (const piece of pattern.split(/(\*+|\?)/)) {
    if (piece.startsWith('*')) spread(text, ends, piece.length > 1);
    else if (piece !== '') ends = after(text, ends, piece);
  }
  return ends[text.length] === 1;
}

function spread(text: string, ends: Uint8Array, isDeep: boolean): void {
  for (let at = 1; at < ends.length; at++) if (ends[at - 1] === 1 && (isDeep || text[at - 1] !== '/')) ends[at] = 1;
}

function after(text: string, ends: Uint8Array, piece: string): Uint8Array<ArrayBuffer> {
  const next = new Uint8Array(ends.length);
  for (let end = piece.length; end < ends.length; end++) {
    const start = end - piece.length;
    if (ends[start] === 1 && (piece === '?' ? text[start] !== '/' : text.startsWith(piece, start))) next[end] = 1;
  }
  return next;
}
