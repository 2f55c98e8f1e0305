/** Whether an address may be asked: https, or plain http where no network is crossed. Tokens and trust travel on it. */
export function isSafeUrl({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname));
}
