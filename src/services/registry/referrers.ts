/**
 * Lists what is attached to an image: by the referrers API, or by the fallback tag (distribution specification, "Listing Referrers").
 */

import { type Digest, equalDigests, formatDigest } from '../../core/crypto/index.ts';
import { encodeHex } from '../../core/encoding/index.ts';
import { CountersignError, fail } from '../../core/errors/index.ts';
import { answerOrFailure, expectAnswer } from './answered.ts';
import { parseTag, type Tag } from './image-reference.ts';
import {
  type Descriptor,
  emptyMediaType,
  indexMediaType,
  maxManifestLength,
  mediaTypeOf,
  parseObject,
  readIndex,
} from './manifest.ts';
import { getManifest } from './manifests.ts';
import { nextPage } from './next-page.ts';
import type { RepositorySession } from './repository-session.ts';

const maxPages = 100;
const maxReferrers = 20_000;
/** Of all pages together, in bytes. */
const maxListLength = 32 * 1024 * 1024;

/** 404 says that there is no such API; Artifactory says 406, and others what they say of any address that they do not know. */
const noSuchApi: ReadonlySet<number> = new Set([400, 404, 405, 406]);

/** The one status that clearly says so; any other leaves open what is attached. */
const certainlyAbsent: ReadonlySet<number> = new Set([404]);

export interface Referrers {
  /** The source of the list. Clients maintain the tag, so that its list may be incomplete or outdated. */
  readonly source: 'api' | 'tag';
  readonly descriptors: readonly Descriptor[];
}

/**
 * Lists what refers to a manifest.
 *
 * @param artifactType leaves out what says that it is of another type. What does not say its type, or has that of an empty
 * configuration, as go-containerregistry lists it, is not left out: only the manifest itself tells.
 * @throws CountersignError `SERVICE_UNAVAILABLE`, `SERVICE_REFUSED`, `SERVICE_RESPONSE_INVALID`, `LIMIT_EXCEEDED`
 */
export async function listReferrers(
  session: RepositorySession,
  subject: Digest,
  artifactType?: string,
): Promise<Referrers> {
  const listed: Descriptor[] = [];
  const api = await listByApi(session, subject, artifactType, noSuchApi, listed);
  const descriptors = api === 'listed' ? listed : await listByTag(session, subject);
  return {
    source: api === 'listed' ? 'api' : 'tag',
    // A registry need not filter, and a tag cannot.
    descriptors: descriptors.filter((each) => mayBeOfType(each, artifactType)),
  };
}

/** A list that could not be read, so that it may name more. */
export interface UnreadList {
  /** `undefined` for the API. */
  readonly tag: Tag | undefined;
  readonly failure: CountersignError;
}

/** The referrers that are listed where a list could be read. */
export interface FoundReferrers extends Omit<Referrers, 'source'> {
  /** The source of the list, as in {@link Referrers}, or an image layout on disk. */
  readonly source: Referrers['source'] | 'layout';
  readonly unread: readonly UnreadList[];
  /** True if at least one of the lists was read, or certainly does not exist. */
  readonly isAnswered: boolean;
}

/**
 * Lists what refers to a manifest, as far as the registry says. If the API gives no usable answer, the tag is read as well: some
 * registries answer requests for lists and tags that do not exist with any status, or with a web page.
 *
 * @throws CountersignError `LIMIT_EXCEEDED`, `CANCELLED`, and what finding credentials throws
 */
export async function findReferrers(session: RepositorySession, subject: Digest): Promise<FoundReferrers> {
  const listed: Descriptor[] = [];
  const api = await answerOrFailure(() => listByApi(session, subject, undefined, certainlyAbsent, listed));
  if (api === 'listed') return { source: 'api', descriptors: listed, unread: [], isAnswered: true };
  const unread: UnreadList[] = api === 'no-such-api' ? [] : [{ tag: undefined, failure: api }];
  const byTag = await answerOrFailure(() => listByTag(session, subject));
  if (byTag instanceof CountersignError) unread.push({ tag: fallbackTag(subject), failure: byTag });
  const descriptors = byTag instanceof CountersignError ? listed : [...listed, ...byTag];
  return { source: 'tag', descriptors, unread, isAnswered: !(byTag instanceof CountersignError) };
}

function mayBeOfType({ artifactType }: Descriptor, wanted: string | undefined): boolean {
  return wanted === undefined || [undefined, emptyMediaType, wanted].includes(artifactType);
}

async function listByTag(session: RepositorySession, subject: Digest): Promise<readonly Descriptor[]> {
  const index = await getFallbackIndex(session, subject);
  return index === undefined ? [] : readIndex(index.bytes, describeTag(session, subject));
}

/**
 * Adds what the API lists to `found`, page by page.
 *
 * @param absent the statuses that are taken for the absence of the API
 */
async function listByApi(
  session: RepositorySession,
  subject: Digest,
  artifactType: string | undefined,
  absent: ReadonlySet<number>,
  found: Descriptor[],
): Promise<'listed' | 'no-such-api'> {
  const filter = artifactType === undefined ? '' : `?artifactType=${encodeURIComponent(artifactType)}`;
  let page: URL | undefined = session.address(`referrers/${formatDigest(subject)}${filter}`);
  let length = 0;
  for (let pages = 0; page !== undefined; pages++) {
    // A registry whose pages never end.
    if (pages === maxPages || found.length > maxReferrers || length > maxListLength) tooMany(session, subject);
    const answered = await session.send({
      method: 'GET',
      target: page,
      access: 'pull',
      headers: { accept: indexMediaType },
      maxBodyLength: maxManifestLength,
    });
    if (pages === 0 && absent.has(answered.response.status)) return 'no-such-api';
    const { headers, body } = expectAnswer(answered, 200);
    length += body.length;
    const what = `the referrers list of ${formatDigest(subject)} in the registry (${session.registry.origin})`;
    if (!isIndex(headers['content-type'], body, what))
      fail('SERVICE_RESPONSE_INVALID', `${what} is not an image index`);
    found.push(...readIndex(body, what));
    page = nextPage(session, headers.link, answered.request.url);
  }
  return 'listed';
}

/** Some registries send lists as plain JSON; then the list has to say itself that it is an index. */
function isIndex(contentType: unknown, body: Uint8Array, what: string): boolean {
  const mediaType = mediaTypeOf(contentType);
  if (mediaType !== 'application/json') return mediaType === indexMediaType;
  return parseObject(body, what).mediaType === indexMediaType;
}

function tooMany({ registry }: RepositorySession, subject: Digest): never {
  fail('LIMIT_EXCEEDED', `the registry (${registry.origin}) lists too many referrers of ${formatDigest(subject)}`);
}

/** The tag under which clients keep the list where the API is not there ("Referrers Tag Schema"). */
export function fallbackTag({ algorithm, bytes }: Digest): Tag {
  return parseTag(`${algorithm}-${encodeHex(bytes).slice(0, 64)}`);
}

export function describeTag({ registry }: RepositorySession, subject: Digest): string {
  return `the index ${fallbackTag(subject)} of the registry (${registry.origin})`;
}

/** Fetches the list under the fallback tag; returns `undefined` if it does not exist. */
export async function getFallbackIndex(session: RepositorySession, subject: Digest): ReturnType<typeof getManifest> {
  const index = await getManifest(session, fallbackTag(subject));
  // GitLab's registry can take this tag for the digest, and answer with the subject itself.
  if (index !== undefined && equalDigests(index.digest, subject)) return undefined;
  if (index !== undefined && index.mediaType !== indexMediaType) {
    fail('SERVICE_RESPONSE_INVALID', `${describeTag(session, subject)} is not an image index but ${index.mediaType}`);
  }
  return index;
}
