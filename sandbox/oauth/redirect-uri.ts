/** Where a code may be sent: to a program on this machine (RFC 8252, section 7.3), or to nobody but the person. */

/** The form in which the person copies the code. It names no address. */
export const outOfBand = 'urn:ietf:wg:oauth:2.0:oob';

/** The address of a loopback redirect; `undefined` for any other text, the out-of-band form too. */
export function loopbackAddress(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  // A user name would show an address that is another: http://127.0.0.1@elsewhere. A fragment may not be there (RFC 6749, section 3.1.2).
  const plain = url.username === '' && url.password === '' && !text.includes('#');
  return url.protocol === 'http:' && loopback && plain ? url : undefined;
}

/** The source of a Content Security Policy that lets a form lead there. It has no way to write an IPv6 address. */
export function policySource({ hostname, origin }: URL): string {
  return hostname.startsWith('[') ? 'http:' : origin;
}
