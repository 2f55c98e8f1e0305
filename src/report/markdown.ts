/** Writes GitHub's Markdown around untrusted text, and escapes it so that none of it becomes markup. */

import { shorten, shownText } from './shorten.ts';

const maxCodeLength = 160;
const maxProseLength = 1000;

/** Returns text as an inline code span. */
export function code(text: string, maxLength = maxCodeLength): string {
  const shown = shownText(text, maxLength);
  if (shown === '') return '*empty*';
  const fence = '`'.repeat(longestRun(shown) + 1);
  return fence.length === 1 && shown === shown.trim() ? `\`${shown}\`` : `${fence} ${shown} ${fence}`;
}

/** Returns text as an inline code span of a table, where a pipe ends the cell even in code. */
export function cellCode(text: string, maxLength = maxCodeLength): string {
  // A backslash before a pipe would leave it to the parser which of the two is escaped.
  return code(text, maxLength)
    .replace(/(?<=\\)\|/g, '\\u007c')
    .replaceAll('|', '\\|');
}

/** Formats a sentence. Text in backticks becomes code, and so does text that GitHub would turn into a link. */
export function prose(text: string): string {
  return sentence(text, code);
}

/** Formats sentences in a cell of a table, where they can have several lines. */
export function cellProse(text: string): string {
  return shorten(text, maxProseLength)
    .split('\n')
    .map((line) => sentence(line, cellCode))
    .join('<br>');
}

const linked = /:\/\/|www\.|@/i;
const markup = /[\\`*_[\]<>|~&$!#]/g;

function sentence(text: string, asCode: typeof code): string {
  const parts = shownText(text, maxProseLength).split(/(?<!`)`([^`]+)`(?!`)/);
  const pieces = parts.flatMap((part, index) =>
    index % 2 === 1
      ? [asCode(part, maxProseLength)]
      : part.split(/(\s+)/).map((word) => (linked.test(word) ? linkedWord(word, asCode) : escaped(word))),
  );
  // Two pieces of code must not touch: their backticks would count as one run.
  return pieces.reduce(
    (joined, piece) => joined + (joined.endsWith('`') && piece.startsWith('`') ? ' ' : '') + piece,
    '',
  );
}

/** Formats a word as code, without the punctuation around it, so that it can be copied. */
function linkedWord(word: string, asCode: typeof code): string {
  const [, before = '', text = word, after = ''] = /^([("]*)(.*?)([)",.:;]*)$/s.exec(word) ?? [];
  return escaped(before) + asCode(text, maxProseLength) + escaped(after);
}

function escaped(text: string): string {
  return text.replace(markup, '\\$&');
}

/** Returns a link, or only its label if the URL has unusual characters. */
export function link(label: string, url: string): string {
  return /^https?:\/\/[\w.-]+(?::\d+)?(?:\/[\w.~/=?&%+-]*)?$/.test(url) ? `[${label}](${url})` : label;
}

/** Returns a fenced block of code. The lines must not contain line ends. */
export function fenced(language: string, lines: readonly string[]): readonly string[] {
  const fence = '`'.repeat(Math.max(3, longestRun(lines.join('\n')) + 1));
  return [`${fence}${language}`, ...lines, fence];
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}
