/** HTML in which every text is escaped, unless it is HTML itself. */

import { shownText } from './shorten.ts';

/** In UTF-16 code units. A text of 4 KiB, as entries may have, would fill the page. */
const maxTextLength = 600;

/** Escaped HTML. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type HtmlValue = Html | string | number | undefined | readonly HtmlValue[];

/** Returns HTML with values, each of which is escaped. `undefined` is left out. Attributes are always quoted. */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return new Html(parts.map((part, index) => part + (index < values.length ? markup(values[index]) : '')).join(''));
}

/** Returns a text as it is, escaped: neither shortened nor made one line. For texts that are safe in a terminal already. */
export function wholeText(text: string): Html {
  return new Html(escaped(text));
}

function markup(value: HtmlValue): string {
  if (value === undefined) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? escaped(shownText(value, maxTextLength)) : value.map(markup).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '').replace(/[\ud800-\udfff]/g, keepPairs);
}

/** Replaces halves of surrogate pairs, which UTF-8 cannot express. */
function keepPairs(unit: string, at: number, text: string): string {
  const isHigh = unit < '\udc00';
  const other = isHigh ? text.charAt(at + 1) : text.charAt(at - 1);
  const paired = isHigh ? /[\udc00-\udfff]/.test(other) : /[\ud800-\udbff]/.test(other);
  return paired ? unit : '\ufffd';
}
