/** The registries of container images. Of a name that is all, both do what it says. */

import { decodeUtf8, encodeHex, type JsonObject, parseJson, utf8 } from '../../src/core/encoding/index.ts';
import { type HttpRequest, type HttpResponse, registryError } from '../http/index.ts';
import { hashOf } from '../pki/index.ts';
import { indexType, isTag } from '../registry/index.ts';
import { asWith, flipped } from './answers.ts';
import type { Answer, Family, Parts } from './misbehaviour.ts';
import { withOtherCharacter } from './spoilt-json.ts';

/** A registry's headers are that long where it says in each answer what a browser may load. */
const paddingHeaders = { count: 6, length: 4096 };

export const registryMisbehaviours = {
  'registry:altered-manifest': {
    about:
      'A digest inside of each manifest is another: a client must notice that the bytes do not match the manifest’s own digest.',
    begin: () => ({ registry: withContent(/\/manifests\//, withOtherDigest) }),
  },
  'registry:altered-blob': {
    about: 'The last byte of each blob is another: a client must notice that the bytes do not match the digest.',
    begin: () => ({ registry: withContent(/\/blobs\//, (body) => (body.length > 0 ? flipped(body, -1) : body)) }),
  },
  'registry:forgotten-manifest': {
    about: 'Manifests are acknowledged and not kept: a client must read back what it has pushed.',
    begin: ({ registries }) => ({
      registry: (request, right) => {
        const registry = registries.find(({ origin }) => origin === request.url.origin);
        return asWith(() => registry?.routes({ forgetful: true }) ?? [], isPutOfManifest)(request, right);
      },
    }),
  },
  'registry:moved-tag': {
    about: 'Once a tag has been read, it is at another manifest: a client must notice that it is not what was signed.',
    begin: () => ({ registry: movedTags() }),
  },
  'registry:redirected-blobs': {
    about: 'Blobs are at another host, by signed URLs: a client must go there without its credentials.',
    begin: ({ blobs }) => ({ registry: redirectedBlobs(blobs) }),
  },
  'registry:missing-manifest': {
    about: 'What an index or a list of referrers names is not there: a client must say what is missing.',
    begin: () => ({ registry: missingManifests() }),
  },
  'registry:large-headers': {
    about: 'Each answer has 24 KiB of headers more: a client must take them.',
    begin: () => ({
      registry: async (_, right) => {
        const answer = await right();
        const names = Array.from({ length: paddingHeaders.count }, (_, at) => `x-padding-${at}`);
        const padding = names.map((name) => [name, 'a'.repeat(paddingHeaders.length)]);
        return { ...answer, headers: { ...answer.headers, ...Object.fromEntries(padding) } };
      },
    }),
  },
} as const satisfies Family;

function isRead({ method }: HttpRequest): boolean {
  return method === 'GET' || method === 'HEAD';
}

function isPutOfManifest({ method, url }: HttpRequest): boolean {
  return method === 'PUT' && url.pathname.includes('/manifests/');
}

/** What is read, changed under the digest that is right. */
function withContent(path: RegExp, change: (body: Uint8Array) => Uint8Array): Answer {
  return async (request, right) => {
    const answer = await right();
    const isMeant = isRead(request) && answer.status === 200 && path.test(request.url.pathname);
    return isMeant ? { ...answer, body: change(answer.body) } : answer;
  };
}

/** One that names nothing has a space behind it, and is of other bytes too. */
function withOtherDigest(manifest: Uint8Array): Uint8Array {
  const namesSomething = /"sha(?:256|512):/.test(decodeUtf8(manifest) ?? '');
  return namesSomething ? withOtherCharacter(manifest) : new Uint8Array([...manifest, 0x20]);
}

/** Of a manifest's path: the repository's part, and what the manifest is called. */
function manifestPath({ url }: HttpRequest): readonly [repository: string, reference: string] | undefined {
  const [, repository, reference] = /^(.+)\/manifests\/([^/]+)$/.exec(url.pathname) ?? [];
  return repository === undefined || reference === undefined ? undefined : [repository, decodeURIComponent(reference)];
}

/** The tags that lists of referrers are kept under, which clients write themselves. */
const referrersTag = /^sha(?:256|512)-[0-9a-f]+$/;

/** What a tag has moved to is a manifest that is like the other but for an annotation, and is there by its digest too. */
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
  const digest = `sha256:${encodeHex(hashOf('sha256', body))}`;
  return { ...answer, headers: { ...answer.headers, 'docker-content-digest': digest, etag: `"${digest}"` }, body };
}

function redirectedBlobs(blobs: Parts['blobs']): Answer {
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

/** Those are not there that the registry has listed since it began. */
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
