/**
 * Makes untrusted text (file names, names in certificates, responses of servers) safe for a log.
 *
 * GitHub's runner reads commands from a log: `::name::` at the start of a line and `##[name]` anywhere in it.
 * Terminals read commands too, and characters that change the direction of writing mislead people.
 */

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not get through
const unprintable = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

/** Returns one line, in which control characters are escaped and no runner finds a command. */
export function plainLine(text: string): string {
  return text
    .replace(unprintable, writtenOut)
    .replaceAll('##[', '# #[')
    .replace(/^(\s*):(?=:)/, '$1: ');
}

/** Returns the lines of a text, each made safe by {@link plainLine}. */
export function plainLines(text: string): string {
  return text.split('\n').map(plainLine).join('\n');
}

/** Returns equivalent JSON on one line that is safe for a log. */
export function plainJson(json: string): string {
  return json.replace(unprintable, writtenOut).replaceAll('##[', '##\\u005b');
}

function writtenOut(character: string): string {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}
