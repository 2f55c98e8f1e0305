/** Shortens texts and lists to a limit. */

import { plainLine } from './plain-text.ts';

/** Returns the text, or its beginning and end with `…` between them. Length is in UTF-16 code units, as GitHub counts. */
export function shorten(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const tail = Math.floor((maxLength - 1) / 3);
  const start = text.slice(0, maxLength - 1 - tail).replace(/[\ud800-\udbff]$/, '');
  const end = text.slice(text.length - tail).replace(/^[\udc00-\udfff]/, '');
  return `${start}…${end}`;
}

/** Returns untrusted text as one line of limited length. */
export function shownText(text: string, maxLength: number): string {
  // Shortened first, so that an enormous text costs no more than a long one.
  return shorten(plainLine(shorten(text, maxLength)), maxLength);
}

/** Formats as many items as fit, in order. The rest is not formatted at all. */
export function fitting<Item>(
  items: readonly Item[],
  format: (item: Item) => readonly string[],
  maxBytes: number,
): readonly (readonly string[])[] {
  const formatted: (readonly string[])[] = [];
  let room = maxBytes;
  for (const item of items) {
    const lines = format(item);
    room -= byteLength(lines);
    if (room < 0) break;
    formatted.push(lines);
  }
  return formatted;
}

/** Returns the length of lines in UTF-8, with their line ends. */
export function byteLength(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
}

/** `1 file`, `2 files` */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}
