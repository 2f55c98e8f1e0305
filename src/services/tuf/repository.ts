/** A trust root repository, and the root that it is verified with. */

import { fail } from '../../core/errors/index.ts';
import { isSafeUrl, shownUrl } from '../../core/trust/index.ts';

export interface TufRepository {
  /** The address of its metadata. */
  readonly metadataUrl: string;
  /** The address of its target files; `targets/` below the metadata by default. */
  readonly targetsUrl?: string;
  /** The root from which everything is verified: built in, or given by the user. It may have expired. */
  readonly rootJson: string | Uint8Array;
}

export interface RepositoryUrls {
  readonly metadata: URL;
  readonly targets: URL;
}

/**
 * The addresses of a repository, as folders.
 *
 * @throws CountersignError `USAGE` for an address that is not https, or http on this machine
 */
export function repositoryUrls({ metadataUrl, targetsUrl }: TufRepository): RepositoryUrls {
  const metadata = folder(metadataUrl);
  return { metadata, targets: targetsUrl === undefined ? new URL('targets/', metadata) : folder(targetsUrl) };
}

function folder(text: string): URL {
  const problem = (why: string) => fail('USAGE', `the URL of the TUF repository ${why}: ${shownUrl(text)}`);
  if (!URL.canParse(text)) return problem('is malformed');
  const url = new URL(text);
  if (!isSafeUrl(url)) return problem('must be an https URL, or an http URL of this machine');
  if (url.username !== '' || url.password !== '') return problem('must not contain credentials');
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  url.search = '';
  url.hash = '';
  return url;
}
