/**
 * Reads attestations from GitHub's store. What it serves is untrusted: anyone who may write to a repository adds and deletes attestations, so
 * that one without a valid signature proves nothing, and a missing one proves nothing either.
 */

import {
  asList,
  asObject,
  asText,
  decompressSnappy,
  type JsonObject,
  type JsonValue,
  parseJson,
} from '../../core/encoding/index.ts';
import { attempt, CountersignError, fail } from '../../core/errors/index.ts';
import { mapConcurrently } from '../../node/index.ts';
import { type Answer, type ApiOptions, GitHubApi, type Octokit, type Through } from './api.ts';
import { type Operation, service } from './operation.ts';
import { hasNextPage } from './read-answers.ts';
import { GitHubRefusal } from './refusal.ts';
import { placeOf } from './rest.ts';

/** A bundle in the store, or the reason why it could not be fetched. */
export type ServedBundle = { readonly text: Uint8Array } | { readonly failure: CountersignError };

/** The bundles of each digest that has any. */
export type ServedBundles = ReadonlyMap<string, readonly ServedBundle[]>;

/** The owner of repositories, or one of them as `owner/name`. */
export type AttestationPlace =
  | { readonly kind: 'repository'; readonly name: string }
  | { readonly kind: 'owner'; readonly name: string };

/** A client of the store. It needs no token for public repositories. */
export interface AttestationReader {
  /** The origin of the API. */
  readonly origin: string;
  /**
   * Fetches the bundles of digests: `sha256:<hex>`, or `sha1:<hex>` for the commit of a release.
   *
   * @param type a predicate type, or `provenance`, `sbom` or `release` (default: all types)
   * @throws CountersignError `RATE_LIMITED`, `PERMISSION_MISSING`, `SERVICE_UNAVAILABLE`, `SERVICE_RESPONSE_INVALID`, `LIMIT_EXCEEDED`. A digest
   *   without attestations is no error: it is not in the result.
   */
  bundles(place: AttestationPlace, digests: readonly string[], type?: string): Promise<ServedBundles>;
}

/** The number of digests that a request may contain. */
const maxDigests = 1024;
const pageSize = 100;
/** The number of pages of one list. More is an error. */
const maxPages = 50;
/** In bytes, of a page, and of a bundle. */
const maxPage = 64 * 1024 * 1024;
const maxBundle = 32 * 1024 * 1024;
const concurrency = 8;
const permission = 'attestations: read';

/**
 * Opens a client. GitHub's own client is loaded with the first request.
 *
 * @throws CountersignError `USAGE` for an invalid URL of the API
 */
export function openAttestationReader(options: ApiOptions): AttestationReader {
  const api = new GitHubApi(options);
  return {
    origin: api.origin,
    bundles: async (place, digests, type) => {
      const [digest = ''] = digests;
      const isOne = place.kind === 'repository' && digests.length === 1;
      return fetchBundles(
        api,
        await (isOne ? inRepository(api, place.name, digest, type) : ofOwner(api, place, digests, type)),
      );
    },
  };
}

/** An attestation as lists have it. */
interface Listed {
  readonly digest: string;
  /** The text of the bundle. */
  readonly bundle: Uint8Array | undefined;
  readonly url: string | undefined;
}

/** The texts of bundles. An attestation of many digests is listed for each of them, and is kept once. */
type Texts = Map<string, Uint8Array>;

/** Fetches the bundles of a digest in a repository. */
export async function bundlesOf(api: GitHubApi, repository: string, digest: string): Promise<readonly ServedBundle[]> {
  const listed = await inRepository(api, repository, digest, undefined);
  return (await fetchBundles(api, listed)).get(digest) ?? [];
}

async function inRepository(
  api: GitHubApi,
  repository: string,
  digest: string,
  type: string | undefined,
): Promise<readonly Listed[]> {
  const operation = { what: `the attestations of ${digest} in ${repository}`, permission, maxLength: maxPage };
  const listed: Listed[] = [];
  const texts: Texts = new Map();
  let after: string | undefined;
  for (let page = 1; page <= maxPages; page++) {
    const parameters = {
      subject_digest: digest,
      per_page: pageSize,
      ...(type && { predicate_type: type }),
      ...(after && { after }),
    };
    const answer = await unlessAbsent(() =>
      api.send(operation, ({ rest }, through) =>
        rest.repos.listAttestations({ ...placeOf(repository), ...parameters, ...through }),
      ),
    );
    if (answer === undefined) return page === 1 ? [] : invalid(operation, api, 'lacks a page that it named before');
    const items =
      asList(jsonOf(answer, operation, api).attestations) ?? invalid(operation, api, 'has no list of attestations');
    listed.push(...items.map((item) => readListed(item, digest, texts, operation, api)));
    if (!hasNextPage(answer)) return listed;
    after = nextCursor(answer) ?? invalid(operation, api, 'has a next page without its cursor');
  }
  return tooMany(operation, api);
}

/** Lists the attestations of many digests in all repositories of an owner that the token can see. */
async function ofOwner(
  api: GitHubApi,
  place: AttestationPlace,
  digests: readonly string[],
  type: string | undefined,
): Promise<readonly Listed[]> {
  const owner = place.kind === 'owner' ? ownerOf(place.name) : placeOf(place.name).owner;
  const listed: Listed[] = [];
  const texts: Texts = new Map();
  let [from, count] = [0, maxDigests];
  while (from < digests.length) {
    const some = digests.slice(from, from + count);
    try {
      listed.push(...(await ofDigests(api, owner, some, type, texts)));
      from += count;
    } catch (failure) {
      // An attestation of many digests is in the response once for each, which can be too long. One digest of many may be refused.
      const isTooLong = failure instanceof CountersignError && failure.code === 'SERVICE_RESPONSE_INVALID';
      if (!(isTooLong || isRefused(failure)) || some.length === 1) throw failure;
      count = Math.ceil(some.length / 4);
    }
  }
  return listed;
}

async function ofDigests(
  api: GitHubApi,
  owner: string,
  digests: readonly string[],
  type: string | undefined,
  texts: Texts,
): Promise<readonly Listed[]> {
  const what = `the attestations of ${digests.length} digests of ${owner}`;
  const operation = { what, permission, maxLength: maxPage };
  const body = { subject_digests: [...digests], per_page: pageSize, ...(type && { predicate_type: type }) };
  const organization = (after: object) => (octokit: Octokit, through: Through) =>
    octokit.rest.orgs.listAttestationsBulk({ org: owner, ...body, ...after, ...through });
  const user = (after: object) => (octokit: Octokit, through: Through) =>
    octokit.rest.users.listAttestationsBulk({ username: owner, ...body, ...after, ...through });
  const listed: Listed[] = [];
  let [method, after]: [typeof organization | typeof user, object] = [organization, {}];
  for (let page = 1; page <= maxPages; page++) {
    // GitHub refuses a digest that it does not know. Of several, that does not tell which.
    const statuses = digests.length === 1 ? absent : [404];
    const request = () => unlessAbsent(() => api.send(operation, method(after)), statuses);
    let answer = await request();
    // The address of an organization does not exist for a user.
    if (answer === undefined && page === 1) {
      method = user;
      answer = await request();
    }
    if (answer === undefined) return page === 1 ? [] : invalid(operation, api, 'lacks a page that it named before');
    const json = jsonOf(answer, operation, api);
    const found = asObject(json.attestations_subject_digests) ?? invalid(operation, api, 'has no attestations');
    for (const digest of digests)
      for (const item of asList(found[digest] ?? []) ?? invalid(operation, api, 'has no list for a digest'))
        listed.push(readListed(item, digest, texts, operation, api));
    // A list that ends early could hide an attestation.
    const info = asObject(json.page_info) ?? invalid(operation, api, 'does not tell whether there are more pages');
    if (info.has_next === false) return listed;
    if (info.has_next !== true) invalid(operation, api, 'does not tell whether there are more pages');
    after = { after: asText(info.next) ?? invalid(operation, api, 'has a next page without its cursor') };
  }
  return tooMany(operation, api);
}

function readListed(item: JsonValue, digest: string, texts: Texts, operation: Operation, api: GitHubApi): Listed {
  const members = asObject(item) ?? invalid(operation, api, 'lists something other than an attestation');
  const [bundle, url] = [asObject(members.bundle), asText(members.bundle_url)];
  if (bundle === undefined && url === undefined) invalid(operation, api, 'lists an attestation without its bundle');
  return { digest, bundle: bundle && textOf(bundle, texts), url };
}

function textOf(bundle: JsonObject, texts: Texts): Uint8Array {
  const json = JSON.stringify(bundle);
  const text = texts.get(json) ?? Buffer.from(json);
  texts.set(json, text);
  return text;
}

async function fetchBundles(api: GitHubApi, listed: readonly Listed[]): Promise<ServedBundles> {
  const served = new Map<string, ServedBundle[]>();
  const distinct = [...new Map(listed.map((one) => [one.bundle ?? one.url, one])).values()];
  const fetched = await mapConcurrently(distinct, (one) => fetchBundle(api, one), concurrency);
  const bySource = new Map(distinct.map(({ bundle, url }, at) => [bundle ?? url, fetched[at]]));
  for (const { digest, bundle: text, url } of listed) {
    const bundle = bySource.get(text ?? url);
    if (bundle !== undefined) served.set(digest, [...(served.get(digest) ?? []), bundle]);
  }
  return served;
}

/** Returns the bundle of an attestation. Another one may still be the right one if this one cannot be fetched. */
async function fetchBundle(api: GitHubApi, { digest, bundle, url = '' }: Listed): Promise<ServedBundle> {
  if (bundle !== undefined) return { text: bundle };
  const operation = {
    what: `a bundle of ${digest}`,
    permission,
    maxLength: maxBundle,
    storage: "GitHub's storage of attestations",
  };
  try {
    const { body, headers } = await api.fetchAnswer(operation, url);
    if (headers.location !== undefined) invalid(operation, api, 'is a redirect');
    const isCompressed = mediaTypeOf(headers) === 'application/x-snappy' || new URL(url).pathname.endsWith('.sn');
    return { text: isCompressed ? decompressSnappy(body, 'SERVICE_RESPONSE_INVALID', maxBundle) : body };
  } catch (failure) {
    if (failure instanceof CountersignError && failure.code !== 'CANCELLED') return { failure };
    throw failure;
  }
}

/** Returns the media type of a response in lower case, without its parameters (RFC 9110, section 8.3.1). */
function mediaTypeOf({ 'content-type': text = '' }: Answer['headers']): string | undefined {
  return String(text).split(';')[0]?.trim().toLowerCase();
}

const absent: readonly number[] = [404, 422];

/** Returns an answer; `undefined` for one that says that there is nothing. GitHub answers 404 or 422 for a digest that it does not know. */
async function unlessAbsent(
  work: () => Promise<Answer>,
  statuses: readonly number[] = absent,
): Promise<Answer | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof GitHubRefusal && statuses.includes(error.status)) return undefined;
    throw error;
  }
}

function isRefused(error: unknown): boolean {
  return error instanceof GitHubRefusal && error.status === 422;
}

function jsonOf({ body }: Answer, operation: Operation, api: GitHubApi): JsonObject {
  const json = attempt(() => parseJson(body, { maxLength: maxPage, maxValues: 4_000_000 }));
  return asObject(json) ?? invalid(operation, api, 'is not JSON');
}

function invalid({ what }: Operation, api: GitHubApi, problem: string): never {
  return fail('SERVICE_RESPONSE_INVALID', `the response of ${service} (${api.origin}) for ${what} ${problem}`);
}

function tooMany({ what }: Operation, api: GitHubApi): never {
  return fail('LIMIT_EXCEEDED', `${service} (${api.origin}) lists more than ${pageSize * maxPages} items for ${what}`, {
    remedy: 'Verify fewer artifacts at once, or specify their bundles with `bundle`.',
  });
}

/** Returns the cursor of the next page (RFC 8288). */
function nextCursor({ headers: { link } }: Answer): string | undefined {
  const [, target = ''] = /<([^<>]*)>;\s*rel="?next"?/.exec(typeof link === 'string' ? link : '') ?? [];
  return (URL.canParse(target) && new URL(target).searchParams.get('after')) || undefined;
}

function ownerOf(name: string): string {
  if (/^[\w.-]{1,100}$/.test(name) && !/^\.+$/.test(name)) return name;
  return fail('USAGE', `${JSON.stringify(name)} is not the name of an owner of repositories`);
}
