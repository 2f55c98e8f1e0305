import { describeEdits } from './difference.ts';
import type { EditRule } from './rule.ts';
import { editScore, type MeasuredByLength } from './score.ts';

const measured: MeasuredByLength = {
  short: { squats: 6, legitimate: 15 },
  medium: { squats: 7, legitimate: 3 },
  long: { squats: 4, legitimate: 0 },
};

export const keyboard: EditRule = {
  id: 'keyboard',
  reason: 'A character is replaced by its neighbour on a keyboard.',
  compares: 'edits',
  match(edits, target) {
    const [edit] = edits;
    if (edits.length !== 1 || edit?.kind !== 'substituted' || !areNeighbours(edit.from, edit.to)) return undefined;
    return { score: editScore(measured, edits, target), difference: describeEdits(edits) };
  },
};

/** The rows of a QWERTY keyboard. A key is half a key further right than the one above it. */
const rows = ['1234567890-', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];

function areNeighbours(one: string, other: string): boolean {
  const [a, b] = [place(one), place(other)];
  if (a === undefined || b === undefined) return false;
  const [upper, lower] = a.row <= b.row ? [a, b] : [b, a];
  if (upper.row === lower.row) return Math.abs(a.column - b.column) === 1;
  const shift = upper.column - lower.column;
  return lower.row - upper.row === 1 && (shift === 0 || shift === 1);
}

function place(character: string): { readonly row: number; readonly column: number } | undefined {
  const row = rows.findIndex((keys) => keys.includes(character));
  return row === -1 ? undefined : { row, column: rows[row]?.indexOf(character) ?? 0 };
}
