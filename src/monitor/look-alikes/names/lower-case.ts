/**
 * Returns a text with its ASCII letters in lower case. Others stay: in lower case, some would become ASCII letters, such as the Kelvin sign,
 * and an imitation would become the name.
 */
export function lowerCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
