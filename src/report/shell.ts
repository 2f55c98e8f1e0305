/** Quotes arguments for a POSIX shell, each on one line. */

const harmless = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** Characters that a line of text must not contain, and `##[`, which the runner treats as a command. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|##\[/u;

/** Returns an argument quoted for the shell. */
export function shellQuoted(argument: string): string {
  if (harmless.test(argument)) return argument;
  if (!unprintable.test(argument)) return `'${argument.replaceAll("'", "'\\''")}'`;
  return `$'${Array.from(argument.replaceAll('##[', '##\u0000'), escaped).join('')}'`;
}

/** Returns a path as an argument. A path that starts with a hyphen would be an option. */
export function pathArgument(path: string): string {
  return shellQuoted(path.startsWith('-') ? `./${path}` : path);
}

function escaped(character: string): string {
  // File names cannot contain NUL, which is the placeholder for the bracket here.
  if (character === '\u0000') return '\\x5b';
  if (character === "'" || character === '\\') return `\\${character}`;
  if (!unprintable.test(character)) return character;
  // Bytes mean the same in every locale.
  return Array.from(Buffer.from(character), (byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
}
