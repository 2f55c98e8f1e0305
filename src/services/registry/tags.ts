/** Lists the tags of a repository (distribution specification, "Listing Tags"). */

import { asList, asText } from '../../core/encoding/index.ts';
import { attempt, fail } from '../../core/errors/index.ts';
import { expectAnswer } from './answered.ts';
import { parseTag, type Tag } from './image-reference.ts';
import { parseObject } from './manifest.ts';
import { nextPage } from './next-page.ts';
import type { RepositorySession } from './repository-session.ts';

/** The number of tags that are requested at a time. Registries may send fewer. */
const pageSize = 1000;
const maxPages = 1000;
const maxTags = 100_000;
/** In bytes. */
const maxPageLength = 4 * 1024 * 1024;

/**
 * Lists the tags of a repository, each once and in the order of the registry. The tags of attachments are among them.
 *
 * @returns undefined if there is no such repository
 * @throws CountersignError `SERVICE_UNAVAILABLE`, `SERVICE_REFUSED`, `SERVICE_RESPONSE_INVALID`; `LIMIT_EXCEEDED` for more than 100,000 tags
 */
export async function listTags(session: RepositorySession): Promise<readonly Tag[] | undefined> {
  const what = `the list of tags of the registry (${session.registry.origin})`;
  const tags = new Set<Tag>();
  let page: URL | undefined = session.address(`tags/list?n=${pageSize}`);
  for (let pages = 0; page !== undefined; pages++) {
    // A registry whose pages never end.
    if (pages === maxPages || tags.size > maxTags)
      fail('LIMIT_EXCEEDED', `${what} is too long: the limits are ${maxTags} tags and ${maxPages} pages`);
    const answered = await session.send({
      method: 'GET',
      target: page,
      access: 'pull',
      headers: { accept: 'application/json' },
      maxBodyLength: maxPageLength,
    });
    if (pages === 0 && answered.response.status === 404) return undefined;
    const { headers, body } = expectAnswer(answered, 200);
    for (const tag of readTags(body, what)) tags.add(tag);
    page = nextPage(session, headers.link, answered.request.url);
  }
  return [...tags];
}

function readTags(body: Uint8Array, what: string): readonly Tag[] {
  const { tags } = parseObject(body, what);
  // Registries send null for a repository without tags.
  if (tags === null) return [];
  const list = asList(tags) ?? fail('SERVICE_RESPONSE_INVALID', `${what} has no "tags"`);
  return list.map(
    (tag) =>
      attempt(() => parseTag(asText(tag) ?? '')) ??
      fail('SERVICE_RESPONSE_INVALID', `${what} contains an invalid tag: ${JSON.stringify(tag).slice(0, 200)}`),
  );
}
