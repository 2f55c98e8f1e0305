/** Decides which addresses requests may go to, and which of them may get secrets. */

/** Reports whether a host is this machine, by the names and addresses that RFC 6761, section 6.3, RFC 1122 and RFC 4291 reserve. */
export function isLoopback({ hostname }: URL): boolean {
  return /^(?:(?:.+\.)?localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}

/** Addresses besides by which a connection ends on this machine; no name of a registry may be one. */
function leadsHere(url: URL): boolean {
  const isAlias = /^(?:0\.0\.0\.0|\[::\]|\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\]|\[::ffff:0:0\]|(?:.+\.)?localhost\.)$/;
  return isLoopback(url) || isAlias.test(url.hostname);
}

/**
 * Reports whether a registry may redirect its client to an address: https, or plain http if the registry itself is on this machine. A
 * remote registry must not make its client talk to services on loopback.
 */
export function mayPointTo(registry: URL, target: URL): boolean {
  if (target.username !== '' || target.password !== '') return false;
  if (target.protocol === 'https:') return isLoopback(registry) || !leadsHere(target);
  return target.protocol === 'http:' && isLoopback(target) && isLoopback(registry);
}

/** Resolves an address from a header, which may be relative; returns `undefined` if it is not a URL. */
export function resolveAddress(written: unknown, base?: URL): URL | undefined {
  if (typeof written !== 'string' || !URL.canParse(written, base)) return undefined;
  return new URL(written, base);
}

/** Adds a parameter, and leaves what is there as it is written: it may be signed. */
export function withParameter(url: URL, name: string, value: string): URL {
  const result = new URL(url);
  const parameter = `${name}=${encodeURIComponent(value)}`;
  result.search = url.search === '' ? parameter : `${url.search}&${parameter}`;
  return result;
}
