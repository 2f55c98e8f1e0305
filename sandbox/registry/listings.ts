/** Lists tags and referrers, page by page. */

import { type JsonObject, type JsonValue, utf8 } from '../../src/core/encoding/index.ts';
import { type HttpRequest, type HttpResponse, jsonResponse, refuseRegistry } from '../http/index.ts';
import type { Content } from './content.ts';
import { demandDigest, type Endpoint } from './endpoint.ts';
import { indexType, type Manifest } from './manifest.ts';

export function listTags(content: Content, { name }: Endpoint, { url }: HttpRequest): HttpResponse {
  const all = [...content.demand(name).tags.keys()].sort();
  const last = url.searchParams.get('last');
  const left = last === null ? all : all.filter((tag) => tag > last);
  const count = demandCount(url.searchParams.get('n')) ?? left.length;
  const tags = left.slice(0, count);
  const next = tags.length < left.length ? tags.at(-1) : undefined;
  return jsonResponse(200, { name, tags }, next === undefined ? {} : linkTo(url, { n: String(count), last: next }));
}

/** Lists the referrers of a manifest. The specification forbids a 404, also for an unknown repository. */
export function listReferrers(
  content: Content,
  { name, reference }: Endpoint,
  { url }: HttpRequest,
  pageSize: number,
): HttpResponse {
  const subject = demandDigest(reference);
  const artifactType = url.searchParams.get('artifactType');
  const all = (content.repository(name)?.referrers(subject) ?? []).filter(
    ({ outline }) => artifactType === null || outline.artifactType === artifactType,
  );
  const last = all.findIndex(({ digest }) => digest === url.searchParams.get('last'));
  const page = all.slice(last + 1, last + 1 + pageSize);
  const next = last + 1 + pageSize < all.length ? page.at(-1)?.digest : undefined;
  const index = { schemaVersion: 2, mediaType: indexType, manifests: page.map(descriptorOf) };
  const headers = {
    'content-type': indexType,
    ...(artifactType === null ? {} : { 'oci-filters-applied': 'artifactType' }),
    ...(next === undefined ? {} : linkTo(url, { last: next })),
  };
  return { status: 200, headers, body: utf8(JSON.stringify(index satisfies JsonValue)) };
}

function descriptorOf({ mediaType, digest, bytes, outline }: Manifest): JsonObject {
  const { artifactType, annotations } = outline;
  return {
    mediaType,
    digest,
    size: bytes.length,
    ...(artifactType === undefined ? {} : { artifactType }),
    ...(annotations === undefined ? {} : { annotations }),
  };
}

/** Returns a link to the next page. */
function linkTo(url: URL, parameters: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const query = new URLSearchParams(url.searchParams);
  for (const [name, value] of Object.entries(parameters)) query.set(name, value);
  return { link: `<${url.pathname}?${query}>; rel="next"` };
}

function demandCount(text: string | null): number | undefined {
  if (text === null) return undefined;
  if (!/^[0-9]{1,6}$/.test(text)) refuseRegistry('UNSUPPORTED', 'n is not a number of tags', { status: 400 });
  return Number(text);
}
