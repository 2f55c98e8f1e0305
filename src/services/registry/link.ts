/** Finds the next page in the header Link (RFC 8288), as far as registries use it. */

/** One link: an address in angle brackets, and its parameters. */
const linkShape = /\s*<([^<>\s]*)>((?:\s*;\s*[\w*-]+(?:\s*=\s*(?:"[^"\\]*"|[\w!#$%&'*+.^`|~-]+))?)*)\s*(?:,|$)/y;
const next = /;\s*rel\s*=\s*(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next)\s*(?:;|$)/i;
const maxLength = 8192;

/** The address that a header gives as the next one; `undefined` if it gives none, `'invalid'` if it is not of the grammar. */
export function nextLink(header: unknown): { readonly address: string } | 'invalid' | undefined {
  if (header === undefined) return undefined;
  if (typeof header !== 'string' || header.length > maxLength) return 'invalid';
  linkShape.lastIndex = 0;
  while (linkShape.lastIndex < header.length) {
    const link = linkShape.exec(header);
    if (link === null) return 'invalid';
    const [, address = '', parameters = ''] = link;
    if (next.test(parameters)) return { address };
  }
  return undefined;
}
