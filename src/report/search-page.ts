/** Returns the address of the page that shows a log entry. */

const searchable = 'https://rekor.sigstore.dev';

/** The page about an entry, if the log has such pages. The public log's first version is the one that does. */
export function searchPage(logUrl: string, index: bigint): string | undefined {
  return logUrl.replace(/\/+$/, '') === searchable ? `https://search.sigstore.dev/?logIndex=${index}` : undefined;
}
