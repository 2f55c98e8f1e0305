/** Makes file names from untrusted text that every file system and GitHub's artifact service accept. */

/** Letters with their marks, digits, and punctuation without a special meaning. */
const unsafe = /[^\p{L}\p{M}\p{N}._+@=-]+/gu;

/** The devices of Windows, which a name may not have before its first dot. */
const device = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i;

/**
 * Returns a single safe file name: no separators, not hidden, not a device, no characters that Windows or workflow artifacts forbid,
 * and of limited length. Different texts may get the same name.
 *
 * @param maxBytes of the name in UTF-8
 */
export function safeFileName(text: string, maxBytes: number): string {
  const plain = text
    .normalize('NFC')
    .replace(unsafe, '_')
    .replace(/^[.-]+|[.]+$/g, '');
  const name = device.test(plain) ? `_${plain}` : plain;
  return truncate(name === '' ? 'subject' : name, maxBytes);
}

/** Returns the longest prefix of a text within a length in UTF-8. */
export function truncate(text: string, maxBytes: number): string {
  let length = 0;
  let end = 0;
  for (const character of text) {
    length += Buffer.byteLength(character);
    if (length > maxBytes) break;
    end += character.length;
  }
  return text.slice(0, end);
}

/** Returns a form that is equal for all names that a file system may treat as the same. */
export function foldName(path: string): string {
  return path.normalize('NFC').toUpperCase().toLowerCase();
}
