/** Finds the next page of a list. */

import { fail } from '../../core/errors/index.ts';
import { nextLink } from './link.ts';
import type { RepositorySession } from './repository-session.ts';

/**
 * Returns the next page of a list; `undefined` after the last one. It must be at the same registry, since the request has its credentials.
 *
 * @throws CountersignError `SERVICE_RESPONSE_INVALID`
 */
export function nextPage(session: RepositorySession, header: unknown, base: URL): URL | undefined {
  const link = nextLink(header);
  if (link === undefined) return undefined;
  const page = session.follow(
    link === 'invalid' ? undefined : link.address,
    base,
    'sent a Link header without a valid URL of the next page',
  );
  if (page.origin === session.registry.origin) return page;
  return fail(
    'SERVICE_RESPONSE_INVALID',
    `the registry (${session.registry.origin}) refers to a different origin for the next page`,
  );
}
