/** The misbehaviours of both registries. */

import { decodeUtf8, type JsonObject, parseJson, utf8 } from '../../src/core/encoding/index.ts';
import { type HttpRequest, type HttpResponse, registryError } from '../http/index.ts';
import { canonicalDigest, indexType, isTag } from '../registry/index.ts';
import { asWith, flipped, withOtherCharacter } from './answers.ts';
import type { Answer, Family, Parts } from './misbehaviour.ts';

export const registryMisbehaviours: Family<'registry'> = {
  'registry:altered-manifest': () => withContent(/\/manifests\//, withOtherDigest),
  'registry:altered-blob': () => withContent(/\/blobs\//, (body) => (body.length > 0 ? flipped(body, -1) : body)),
  'registry:forgotten-manifest':
    ({ registries }) =>
    (request, right) => {
      const registry = registries.find(({ origin }) => origin === request.url.origin);
      return asWith(() => registry?.routes({ forgetful: true }) ?? [], isPutOfManifest)(request, right);
    },
  'registry:moved-tag': movedTags,
  'registry:redirected-blobs': redirectedBlobs,
  'registry:missing-manifest': missingManifests,
  'registry:large-headers': () => async (_, right) => {
    const answer = await right();
    const padding = Array.from({ length: 6 }, (_, at) => [`x-padding-${at}`, 'a'.repeat(4096)]);
    return { ...answer, headers: { ...answer.headers, ...Object.fromEntries(padding) } };
  },
};

function isRead({ method }: HttpRequest): boolean {
  return method === 'GET' || method === 'HEAD';
}

function isPutOfManifest({ method, url }: HttpRequest): boolean {
  return method === 'PUT' && url.pathname.includes('/manifests/');
}

/** Changes the content of answers under their right digest. */
function withContent(path: RegExp, change: (body: Uint8Array) => Uint8Array): Answer {
  return async (request, right) => {
    const answer = await right();
    const isMeant = isRead(request) && answer.status === 200 && path.test(request.url.pathname);
    return isMeant ? { ...answer, body: change(answer.body) } : answer;
  };
}

/** Changes a digest in a manifest. If there is none, a space is added. */
function withOtherDigest(manifest: Uint8Array): Uint8Array {
  const namesSomething = /"sha(?:256|512):/.test(decodeUtf8(manifest) ?? '');
  return namesSomething ? withOtherCharacter(manifest) : new Uint8Array([...manifest, 0x20]);
}

/** Splits the path of a manifest into its repository's part and its reference. */
function manifestPath({ url }: HttpRequest): readonly [repository: string, reference: string] | undefined {
  const [, repository, reference] = /^(.+)\/manifests\/([^/]+)$/.exec(url.pathname) ?? [];
  return repository === undefined || reference === undefined ? undefined : [repository, decodeURIComponent(reference)];
}

/** The tags of lists of referrers, which clients write themselves. */
const referrersTag = /^sha(?:256|512)-[0-9a-f]+$/;

/** Moves a tag once it was read, to the same manifest with an annotation, which is then found by its digest too. */
function movedTags(): Answer {
  const read = new Set<string>();
  const moved = new Map<string, HttpResponse>();
  return async (request, right) => {
    const [repository, reference] = manifestPath(request) ?? ['', ''];
    if (!isRead(request) || reference === '') return right();
    const known = moved.get(repository + reference);
    if (known !== undefined) return known;
    const answer = await right();
    if (answer.status !== 200 || !isTag(reference) || referrersTag.test(reference)) return answer;
    const tag = `${request.url.origin}${repository}:${reference}`;
    if (!read.has(tag)) {
      read.add(tag);
      return answer;
    }
    const other = annotated(answer);
    moved.set(repository + String(other.headers['docker-content-digest']), other);
    return other;
  };
}

function annotated(answer: HttpResponse): HttpResponse {
  const manifest = parseJson(answer.body) as JsonObject;
  const body = utf8(JSON.stringify({ ...manifest, annotations: { 'sandbox.countersign.moved': 'true' } }));
  const digest = canonicalDigest(body);
  return { ...answer, headers: { ...answer.headers, 'docker-content-digest': digest, etag: `"${digest}"` }, body };
}

function redirectedBlobs({ blobs }: Parts): Answer {
  return async (request, right) => {
    const answer = await right();
    const digest = answer.headers['docker-content-digest'];
    const isBlob = request.method === 'GET' && request.url.pathname.includes('/blobs/');
    if (!isBlob || answer.status !== 200) return answer;
    const path = `/registry/${String(digest).replace(':', '-')}`;
    blobs.keep(path, answer.body);
    return { status: 307, headers: { location: blobs.downloadUrl(path) }, body: new Uint8Array() };
  };
}

/** Removes the manifests that the registry has listed since this began. */
function missingManifests(): Answer {
  const listed = new Set<string>();
  return async (request, right) => {
    const answer = await right();
    if (!isRead(request) || answer.status !== 200) return answer;
    const [, reference] = manifestPath(request) ?? [];
    if (reference !== undefined && listed.has(reference)) {
      return registryError('MANIFEST_UNKNOWN', 'manifest unknown to registry');
    }
    if (answer.headers['content-type'] === indexType) for (const digest of digestsOf(answer.body)) listed.add(digest);
    return answer;
  };
}

function digestsOf(index: Uint8Array): readonly string[] {
  const { manifests = [] }: { readonly manifests?: readonly { readonly digest: string }[] } = JSON.parse(
    decodeUtf8(index) ?? '',
  );
  return manifests.map(({ digest }) => digest);
}
