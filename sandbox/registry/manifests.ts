/** The endpoints of manifests. */

import { type HttpRequest, type HttpResponse, refusePlainly, refuseRegistry } from '../http/index.ts';
import { type Content, Repository } from './content.ts';
import { canonicalDigest, demandMatch, demandReference, type Endpoint, isDigest } from './endpoint.ts';
import { type Manifest, readOutline } from './manifest.ts';

/** The limit that the specification demands at least. */
const maxManifestLength = 4 * 1024 * 1024;

/** Answers GET, and HEAD, whose body is not sent. */
export function getManifest(content: Content, { name, reference }: Endpoint): HttpResponse {
  const manifest = content.demand(name).manifest(demandReference(reference));
  if (manifest === undefined) return refuseRegistry('MANIFEST_UNKNOWN', 'manifest unknown to registry');
  const { digest, mediaType, bytes: body } = manifest;
  return { status: 200, headers: { 'content-type': mediaType, ...namesOf(digest) }, body };
}

/** Answers PUT. Only a registry with the referrers API acknowledges a subject, and only a lying one does not store manifests. */
export function putManifest(
  content: Content,
  { name, reference }: Endpoint,
  request: HttpRequest,
  { referrersApi, isKept }: { readonly referrersApi: boolean; readonly isKept: boolean },
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

/** Demands all parts but the subject, which may be pushed later. */
function demandParts({ blobs, manifests }: Repository, { outline }: Manifest): void {
  const digest =
    outline.blobs.find((one) => !blobs.has(one)) ??
    outline.manifests.find((one) => !manifests.has(one) && !blobs.has(one));
  if (digest === undefined) return;
  const message = 'manifest references a manifest or blob unknown to registry';
  refuseRegistry('MANIFEST_BLOB_UNKNOWN', message, { detail: { digest } });
}

/** Evaluates If-Match and If-None-Match (RFC 9110, sections 13.1.1 and 13.1.2). */
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
