/** The endpoint of manifests. */

import { type HttpRequest, type HttpResponse, refusePlainly, refuseRegistry } from '../http/index.ts';
import { type Content, Repository } from './content.ts';
import { canonicalDigest, demandMatch, isDigest } from './digest.ts';
import { demandReference, type Endpoint } from './endpoint.ts';
import { type Manifest, readOutline } from './manifest.ts';

/** What the specification has registries take at least. */
const maxManifestLength = 4 * 1024 * 1024;

export interface PutOptions {
  /** Whether the subject is said to be seen to: only by a registry that lists referrers. */
  readonly referrersApi: boolean;
  /** Whether what is acknowledged is kept, as it is by all but a registry that lies. */
  readonly isKept: boolean;
}

/** GET, and HEAD, whose body is not sent. */
export function getManifest(content: Content, { name, reference }: Endpoint): HttpResponse {
  const manifest = content.demand(name).manifest(demandReference(reference));
  if (manifest === undefined) return refuseRegistry('MANIFEST_UNKNOWN', 'manifest unknown to registry');
  const { digest, mediaType, bytes: body } = manifest;
  return { status: 200, headers: { 'content-type': mediaType, ...namesOf(digest) }, body };
}

export function putManifest(
  content: Content,
  { name, reference }: Endpoint,
  request: HttpRequest,
  { referrersApi, isKept }: PutOptions,
): HttpResponse {
  const repository = content.repository(name) ?? new Repository();
  const manifest = readManifest(demandReference(reference), request);
  demandParts(repository, manifest);
  demandCondition(repository.manifest(reference), request);
  if (isKept) {
    content.keepManifest(name, manifest);
    if (!isDigest(reference)) content.tag(name, reference, manifest.digest);
  }
  const { subject } = manifest.outline;
  const headers = {
    location: `/v2/${name}/manifests/${manifest.digest}`,
    ...namesOf(manifest.digest),
    ...(referrersApi && subject !== undefined ? { 'oci-subject': subject } : {}),
  };
  return { status: 201, headers, body: new Uint8Array() };
}

function namesOf(digest: string): Readonly<Record<string, string>> {
  return { 'docker-content-digest': digest, etag: `"${digest}"` };
}

function readManifest(reference: string, { headers, body: bytes }: HttpRequest): Manifest {
  if (bytes.length > maxManifestLength) refuseRegistry('SIZE_INVALID', 'the manifest is of more than 4 MiB');
  const [mediaType = ''] = String(headers['content-type'] ?? '').split(';');
  if (mediaType === '') refuseRegistry('MANIFEST_INVALID', 'Content-Type does not say what the manifest is');
  if (isDigest(reference)) demandMatch(reference, bytes);
  const digest = isDigest(reference) ? reference : canonicalDigest(bytes);
  return { digest, mediaType: mediaType.trim(), bytes, outline: readOutline(mediaType.trim(), bytes) };
}

/** All but the subject, which may come later. The specification has one code for blobs and manifests. */
function demandParts({ blobs, manifests }: Repository, { outline }: Manifest): void {
  const missing = [
    ...outline.blobs.filter((digest) => !blobs.has(digest)),
    ...outline.manifests.filter((digest) => !manifests.has(digest) && !blobs.has(digest)),
  ];
  const [digest] = missing;
  if (digest === undefined) return;
  refuseRegistry('MANIFEST_BLOB_UNKNOWN', 'manifest references a manifest or blob unknown to registry', {
    detail: { digest },
  });
}

/** RFC 9110, sections 13.1.1 and 13.1.2: whether what is there is what the client has seen. */
function demandCondition(present: Manifest | undefined, { headers }: HttpRequest): void {
  const { 'if-match': match, 'if-none-match': noneMatch } = headers;
  const isMet =
    (match === undefined || isListed(present, String(match))) &&
    (noneMatch === undefined || !isListed(present, String(noneMatch)));
  if (!isMet) refusePlainly(412, 'the tag is not what it was');
}

function isListed(present: Manifest | undefined, tags: string): boolean {
  if (present === undefined) return false;
  const listed = tags.split(',').map((tag) => tag.trim());
  return listed.includes('*') || listed.includes(`"${present.digest}"`);
}
