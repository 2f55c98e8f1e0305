/** Returns the address of the page that shows a log entry. */

const searchable = 'https://rekor.sigstore.dev';

/** Returns the page about a log entry. Only version 1 of the public log has such pages. */
export function searchPage(logUrl: string, index: bigint): string | undefined {
  return logUrl.replace(/\/+$/, '') === searchable ? `https://search.sigstore.dev/?logIndex=${index}` : undefined;
}
