/** The e-mail addresses that certificates can name: ASCII, without quoting (RFC 5321, section 4.1.2, without its rarer forms). */

const dotAtom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*";
const label = '[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?';
const address = new RegExp(`^${dotAtom}@${label}(?:\\.${label})*$`);

export function isEmailAddress(text: string): boolean {
  return text.length <= 254 && address.test(text);
}
