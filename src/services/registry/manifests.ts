/** Manifests in a registry (distribution specification, "Pulling manifests", "Pushing Manifests"). */

import { type Digest, digest, equalDigests, formatDigest, parseDigest } from '../../core/crypto/index.ts';
import { fail, reading } from '../../core/errors/index.ts';
import type { HttpResponse } from '../http/index.ts';
import { expectAnswer } from './answered.ts';
import type { Tag } from './image-reference.ts';
import {
  demandDigest,
  type Manifest,
  type ManifestMediaType,
  manifestMediaTypes,
  maxManifestLength,
  readManifest,
  readMediaType,
} from './manifest.ts';
import type { RepositorySession } from './repository-session.ts';

/** The name by which a manifest is requested. */
export type ManifestName = Tag | Digest;

export interface ManifestSummary {
  readonly mediaType: ManifestMediaType;
  readonly digest: Digest;
}

/** A manifest, and the mark by which a registry knows this state of a tag (RFC 9110, section 8.8.3). */
export interface FetchedManifest extends Manifest {
  readonly etag: string | undefined;
}

/** The state of a tag when it was read: a manifest with or without an ETag, or none. */
export type TagState = { readonly etag: string | undefined } | 'absent';

export type PutOutcome =
  | { readonly kind: 'stored' }
  /** The tag is no longer in the state that was named. */
  | { readonly kind: 'changed' };

const accept = manifestMediaTypes.join(', ');
/** A strong mark: a weak one never matches (RFC 9110, section 13.1.1). */
const etagShape = /^"[\x21\x23-\x7e]*"$/;

/** Fetches a manifest; returns `undefined` if it does not exist. */
export async function getManifest(
  session: RepositorySession,
  name: ManifestName,
): Promise<FetchedManifest | undefined> {
  const answered = await session.send({
    method: 'GET',
    target: target(name),
    access: 'pull',
    headers: { accept },
    maxBodyLength: maxManifestLength,
  });
  if (answered.response.status === 404) return undefined;
  const { body, headers } = expectAnswer(answered, 200);
  const what = describe(session, name);
  const manifest = readManifest(body, headers['content-type'], typeof name === 'string' ? undefined : name, what);
  const announced = announcedDigest(headers, what);
  if (announced !== undefined)
    demandDigest(body, announced, `${what}, whose Docker-Content-Digest is ${formatDigest(announced)},`);
  const { etag } = headers;
  return { ...manifest, etag: typeof etag === 'string' && etagShape.test(etag) ? etag : undefined };
}

/** Resolves a name to a digest, if possible without fetching the manifest; returns `undefined` if it does not exist. */
export async function headManifest(
  session: RepositorySession,
  name: ManifestName,
): Promise<ManifestSummary | undefined> {
  const answered = await session.send({
    method: 'HEAD',
    target: target(name),
    access: 'pull',
    headers: { accept },
    maxBodyLength: 0,
  });
  if (answered.response.status === 404) return undefined;
  const { headers } = expectAnswer(answered, 200);
  const what = describe(session, name);
  const mediaType = readMediaType(headers['content-type'], what);
  const announced = announcedDigest(headers, what);
  if (typeof name === 'string')
    return announced === undefined ? getManifest(session, name) : { mediaType, digest: announced };
  if (announced !== undefined && !equalDigests(announced, name)) {
    fail('SERVICE_RESPONSE_INVALID', `the Docker-Content-Digest of ${what} is ${formatDigest(announced)}`);
  }
  return { mediaType, digest: name };
}

/**
 * Stores a manifest under a tag or its digest.
 *
 * @param replaced the state of the tag that is replaced; without it, or where that has no mark, whatever is there
 */
export async function putManifest(
  session: RepositorySession,
  name: ManifestName,
  { mediaType, bytes }: Pick<Manifest, 'mediaType' | 'bytes'>,
  replaced?: TagState,
): Promise<PutOutcome> {
  if (bytes.length > maxManifestLength) {
    fail('LIMIT_EXCEEDED', `the manifest has ${bytes.length} bytes; the limit of registries is ${maxManifestLength}`);
  }
  const stored = digest(typeof name === 'string' ? 'sha256' : name.algorithm, bytes);
  if (typeof name !== 'string' && !equalDigests(stored, name)) {
    fail('USAGE', `the manifest has the digest ${formatDigest(stored)} and cannot be stored as ${formatDigest(name)}`);
  }
  const condition = conditionOf(replaced);
  const answered = await session.send({
    method: 'PUT',
    target: target(name),
    access: 'push',
    headers: { 'content-type': mediaType, ...condition },
    body: bytes,
    maxBodyLength: 1024 * 1024,
  });
  if (answered.response.status === 412 && condition !== undefined) return { kind: 'changed' };
  const { headers } = expectAnswer(answered, 200, 201);
  const what = describe(session, name);
  const announced = announcedDigest(headers, what);
  if (announced !== undefined) demandDigest(bytes, announced, `${what}, stored as ${formatDigest(announced)},`);
  return { kind: 'stored' };
}

/** RFC 9110, sections 13.1.1 and 13.1.2 */
function conditionOf(replaced: TagState | undefined): Readonly<Record<string, string>> | undefined {
  if (replaced === 'absent') return { 'if-none-match': '*' };
  return replaced?.etag === undefined ? undefined : { 'if-match': replaced.etag };
}

function target(name: ManifestName): string {
  return `manifests/${nameText(name)}`;
}

function nameText(name: ManifestName): string {
  return typeof name === 'string' ? name : formatDigest(name);
}

function describe({ registry }: RepositorySession, name: ManifestName): string {
  return `the manifest ${nameText(name)} of the registry (${registry.origin})`;
}

/** `Docker-Content-Digest`, where it is there. */
function announcedDigest(
  { 'docker-content-digest': header }: HttpResponse['headers'],
  what: string,
): Digest | undefined {
  if (header === undefined) return undefined;
  if (typeof header === 'string' && /^[a-z0-9]+:[0-9a-f]+$/.test(header)) {
    return reading('SERVICE_RESPONSE_INVALID', what, () => parseDigest(header));
  }
  return fail('SERVICE_RESPONSE_INVALID', `the Docker-Content-Digest of ${what} is malformed`);
}
