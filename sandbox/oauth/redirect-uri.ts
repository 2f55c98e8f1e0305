/** Redirect URIs: a code is sent to a program on this machine (RFC 8252, section 7.3), or shown to the person. */

/** The redirect URI of clients whose user copies the code. It names no address. */
export const outOfBand = 'urn:ietf:wg:oauth:2.0:oob';

/** Parses the address of a loopback redirect; returns `undefined` for any other text, also for the out-of-band form. */
export function loopbackAddress(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  // With a user name, the address looks like another: http://127.0.0.1@elsewhere. Fragments are forbidden (RFC 6749, section 3.1.2).
  const plain = url.username === '' && url.password === '' && !text.includes('#');
  return url.protocol === 'http:' && loopback && plain ? url : undefined;
}

/** Returns the source by which a Content Security Policy lets a form lead there. Policies cannot name an IPv6 address. */
export function policySource({ hostname, origin }: URL): string {
  return hostname.startsWith('[') ? 'http:' : origin;
}
