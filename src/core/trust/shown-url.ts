/**
 * Returns a URL as people may see it: without user, password, query and fragment, each of which can hold a secret. A text without any
 * of them is returned as it is.
 */
export function shownUrl(url: string | URL): string {
  const text = String(url);
  // Of what cannot be parsed, nobody can tell where a password begins: nothing before the last "@" is shown.
  if (!URL.canParse(text)) return text.replace(/^.*@/s, '').replace(/[?#].*$/s, '');
  if (!/[?#@]/.test(text)) return text;
  const { protocol, host, pathname } = new URL(text);
  // Only the schemes of the web separate a host from what stands before it.
  return host === '' ? protocol : `${protocol}//${host}${pathname}`;
}
