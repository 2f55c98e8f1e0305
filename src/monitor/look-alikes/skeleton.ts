/** Skeletons of texts, by the confusable characters of Unicode (UTS 39, section 4). */

import confusables from './unicode/confusables.json' with { type: 'json' };

/** The ASCII text that each character looks like. */
const prototypes: ReadonlyMap<string, string> = new Map(
  Object.entries(confusables.characters).flatMap(([prototype, codes]) =>
    codes.split(' ').map((code) => [String.fromCodePoint(Number.parseInt(code, 16)), prototype] as const),
  ),
);

/** Characters that are not shown. They join, direct, separate or select the form of others. */
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cc}\u2028\u2029\ufff9-\ufffb]/gu;

/** The only ASCII characters of names that look like other ones. */
const asciiSources = /[01Im|]/g;
const beyondAscii = /[^\0-\x7f]/;

/** Returns the skeleton of a text: texts that look the same have the same one. Characters that look like no ASCII text stay. */
export function skeleton(text: string): string {
  if (!beyondAscii.test(text)) return text.replace(asciiSources, (character) => prototypeOf(character) ?? character);
  let result = '';
  for (const character of text.normalize('NFD').replace(invisible, '')) result += prototypeOf(character) ?? character;
  return result.normalize('NFD');
}

/** Returns the text that a character looks like; `undefined` if it looks like no other ASCII text. */
export function prototypeOf(character: string): string | undefined {
  return prototypes.get(character);
}

/** Returns the first character of a text that is not shown. */
export function firstInvisible(text: string): string | undefined {
  return text.match(invisible)?.[0];
}
