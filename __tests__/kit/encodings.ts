/** Texts in the encodings that programs on Windows write. */

const swapped = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
const utf32 = (text: string): Buffer =>
  Buffer.concat(
    Array.from(text, (character) => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32LE(character.codePointAt(0) ?? 0);
      return bytes;
    }),
  );
const mark = '\ufeff';

/** Each encoding that is not read, by how an error names it. */
export const wideEncodings: readonly (readonly [name: string, encode: (text: string) => Buffer])[] = [
  ['UTF-16', (text) => Buffer.from(`${mark}${text}`, 'utf16le')],
  ['UTF-16', (text) => swapped(`${mark}${text}`)],
  ['UTF-16', (text) => Buffer.from(text, 'utf16le')],
  ['UTF-16', swapped],
  ['UTF-32', (text) => utf32(`${mark}${text}`)],
  ['UTF-32', (text) => utf32(`${mark}${text}`).swap32()],
  ['UTF-32', utf32],
  ['UTF-32', (text) => utf32(text).swap32()],
];

/** The text in UTF-8 with a byte order mark. */
export const marked = (text: string): Buffer => Buffer.from(`${mark}${text}`);
