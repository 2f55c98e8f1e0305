/**
 * Lists what is attached to an image: by the referrers API, or by the fallback tag (distribution specification, "Listing Referrers").
 */

import { type Digest, equalDigests, formatDigest } from '../../core/crypto/index.ts';
import { encodeHex } from '../../core/encoding/index.ts';
import { fail } from '../../core/errors/index.ts';
import { expectAnswer } from './answered.ts';
import { parseTag, type Tag } from './image-reference.ts';
import { nextLink } from './link.ts';
import {
  type Descriptor,
  emptyMediaType,
  indexMediaType,
  maxManifestLength,
  mediaTypeOf,
  readIndex,
} from './manifest.ts';
import { getManifest } from './manifests.ts';
import type { RepositorySession } from './repository-session.ts';

const maxPages = 100;
const maxReferrers = 20_000;
/** Of all pages together, in bytes. */
const maxListLength = 32 * 1024 * 1024;

/** 404 says that there is no such API; Artifactory says 406, and others what they say of any address that they do not know. */
const noSuchApi: ReadonlySet<number> = new Set([400, 404, 405, 406]);

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
  const listed = await listByApi(session, subject, artifactType);
  const descriptors = listed ?? (await listByTag(session, subject));
  return {
    source: listed === undefined ? 'tag' : 'api',
    // A registry need not filter, and a tag cannot.
    descriptors: descriptors.filter((each) => mayBeOfType(each, artifactType)),
  };
}

function mayBeOfType({ artifactType }: Descriptor, wanted: string | undefined): boolean {
  return wanted === undefined || [undefined, emptyMediaType, wanted].includes(artifactType);
}

async function listByTag(session: RepositorySession, subject: Digest): Promise<readonly Descriptor[]> {
  const index = await getFallbackIndex(session, subject);
  return index === undefined ? [] : readIndex(index.bytes, describeTag(session, subject));
}

/** `undefined` where the registry has no such API. */
async function listByApi(
  session: RepositorySession,
  subject: Digest,
  artifactType: string | undefined,
): Promise<readonly Descriptor[] | undefined> {
  const filter = artifactType === undefined ? '' : `?artifactType=${encodeURIComponent(artifactType)}`;
  const found: Descriptor[] = [];
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
    if (pages === 0 && noSuchApi.has(answered.response.status)) return undefined;
    const { headers, body } = expectAnswer(answered, 200);
    length += body.length;
    const what = `the referrers of ${formatDigest(subject)} that the registry (${session.registry.origin}) lists`;
    if (mediaTypeOf(headers['content-type']) !== indexMediaType)
      fail('SERVICE_RESPONSE_INVALID', `${what} are no index`);
    found.push(...readIndex(body, what));
    page = nextPage(session, headers.link, answered.request.url);
  }
  return found;
}

/** The next page, which can only be at the same registry: it is asked with the credentials. */
function nextPage(session: RepositorySession, header: unknown, base: URL): URL | undefined {
  const link = nextLink(header);
  if (link === undefined) return undefined;
  const page = session.follow(link === 'invalid' ? undefined : link.address, base, 'gives no address of the next page');
  if (page.origin === session.registry.origin) return page;
  return fail(
    'SERVICE_RESPONSE_INVALID',
    `the registry (${session.registry.origin}) has its next page at another origin`,
  );
}

function tooMany({ registry }: RepositorySession, subject: Digest): never {
  fail('LIMIT_EXCEEDED', `the registry (${registry.origin}) lists more for ${formatDigest(subject)} than is read`);
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
    fail('SERVICE_RESPONSE_INVALID', `${describeTag(session, subject)} is no index, but ${index.mediaType}`);
  }
  return index;
}
