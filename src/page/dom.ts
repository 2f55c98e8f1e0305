/** The elements of the page. Texts become text nodes and nothing else, whatever is in them. */

import { plainLine, shorten } from '../report/index.ts';

type ElementClass<Kind extends Element> = abstract new () => Kind;

/** Returns the element with an id, of this class. */
export function byId<Kind extends Element>(id: string, kind: ElementClass<Kind>): Kind {
  return optional(id, kind) ?? missing(id);
}

/** Returns the element with an id; `undefined` if the page has none. */
export function optional<Kind extends Element>(id: string, kind: ElementClass<Kind>): Kind | undefined {
  const found = document.getElementById(id);
  return found instanceof kind ? found : undefined;
}

function missing(id: string): never {
  throw new Error(`the page has no element ${id}`);
}

/** Returns a new element with a text or elements in it. */
export function element(
  name: keyof HTMLElementTagNameMap,
  className: string,
  ...content: readonly (string | Node)[]
): HTMLElement {
  const made = document.createElement(name);
  if (className !== '') made.className = className;
  made.append(...content.map((one) => (typeof one === 'string' ? visible(one) : one)));
  return made;
}

/** Sets the text of an element, whose older content goes. */
export function setText(id: string, text: string): void {
  byId(id, HTMLElement).textContent = visible(text);
}

export function setHidden(id: string, hidden: boolean): void {
  byId(id, HTMLElement).toggleAttribute('hidden', hidden);
}

/** Longer texts would fill the page. */
const maxTextLength = 1000;

/** Returns a text in which characters that are invisible, or change the direction of writing, are written out. */
export function visible(text: string): string {
  return shorten(plainLine(shorten(text, maxTextLength)), maxTextLength);
}
