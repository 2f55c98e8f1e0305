/** Reads the files of a repository: over the network, or from the cache. */

import { fail } from '../../core/errors/index.ts';
import { describeAnswer, expectStatus, type Http, type HttpRequest } from '../http/index.ts';
import type { CachedRepository } from './cache.ts';
import type { RepositoryUrls } from './repository.ts';
import { isTargetName } from './target-names.ts';

export interface Source {
  /** The name of the source in errors. */
  readonly name: string;
  /** The bytes at an address of the repository; `undefined` if it has nothing there. */
  readonly read: (url: URL, maxLength: number) => Promise<Uint8Array | undefined>;
  /** The remedies if it has expired or lacks a file. */
  readonly remedies: { readonly expired: string; readonly missing: string };
}

const timeoutMilliseconds = 15_000;
/** Whatever length the metadata announces: its online keys are the ones that are stolen first. */
const longest = 8 * 1024 * 1024;

export function networkSource(http: Http, { metadata }: RepositoryUrls): Source {
  const service = 'the TUF repository';
  return {
    name: `${service} (${metadata.origin})`,
    read: async (url, maxLength) => {
      // Storage that does not let its folders be listed answers 403 for what is not there: the root after the last one.
      const mayBeAbsent = /\/\d+\.root\.json$/.test(url.pathname);
      const request: HttpRequest = {
        method: 'GET',
        url,
        headers: { accept: 'application/json' },
        service,
        quotes: 'message',
        timeoutMilliseconds,
        maxBodyLength: Math.min(maxLength, longest),
        // Content delivery networks refuse for a moment what they serve otherwise.
        ...(!mayBeAbsent && { mayPass: [403] }),
      };
      const response = await http(request);
      if (response.status === 404 || (response.status === 403 && mayBeAbsent)) return undefined;
      if (response.status === 403)
        fail('SERVICE_REFUSED', describeAnswer(request, response), {
          remedy: 'The repository or a proxy refuses access to the file. Check the URL and the access rights.',
        });
      return expectStatus(request, response, 200).body;
    },
    remedies: {
      expired:
        'The metadata was not renewed in time, or the server has an old copy. Try again later, or set `trusted-root`.',
      missing: 'Check the URL of the repository.',
    },
  };
}

/** Answers from the cache what the network answered when it was filled. */
export function cachedSource(cache: CachedRepository, { metadata }: RepositoryUrls): Source {
  return {
    name: `the cached trust root of ${metadata.origin}`,
    // The cache was read within a limit of its own.
    read: async (url) => cachedFile(cache, url.pathname.slice(url.pathname.lastIndexOf('/') + 1)),
    remedies: {
      expired: 'Run once with network access, or accept the expired trust root with `offline-stale`.',
      missing: 'Run once with network access, or set `trusted-root`.',
    },
  };
}

/** Consistent snapshots (TUF, section 6.2) put versions and hashes before the names. */
function cachedFile(cache: CachedRepository, name: string): Uint8Array | undefined {
  const [, version] = /^(\d{1,9})\.root\.json$/.exec(name) ?? [];
  if (version !== undefined) return cache.roots.get(Number(version));
  if (name === 'timestamp.json') return cache.timestamp;
  if (/^(?:\d+\.)?snapshot\.json$/.test(name)) return cache.snapshot;
  if (/^(?:\d+\.)?targets\.json$/.test(name)) return cache.targets;
  const target = name.replace(/^(?:[0-9a-f]{64}|[0-9a-f]{128})\./, '');
  return isTargetName(target) ? cache.files.get(target) : undefined;
}
