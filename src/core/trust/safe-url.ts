/** Reports whether a request to an address is safe: https, or http on loopback. Tokens and trusted roots are sent there. */
export function isSafeUrl({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname));
}
