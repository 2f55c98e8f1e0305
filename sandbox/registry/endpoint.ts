/** The endpoints of the distribution specification, and the grammar of names, tags and digests in them. */

import { encodeHex } from '../../src/core/encoding/index.ts';
import { refusePlainly, refuseRegistry } from '../http/index.ts';
import { hashOf } from '../pki/index.ts';

export type EndpointKind = 'uploads' | 'upload' | 'blob' | 'manifest' | 'tags' | 'referrers';

export interface Endpoint {
  readonly kind: EndpointKind;
  /** The name of the repository. */
  readonly name: string;
  /** A digest, a tag, an upload, or nothing. */
  readonly reference: string;
}

/** The names of repositories may contain those of endpoints, so the end of the path decides. */
const forms: readonly (readonly [EndpointKind, RegExp])[] = [
  ['uploads', /^\/v2\/(.+)\/blobs\/uploads\/?()$/s],
  ['upload', /^\/v2\/(.+)\/blobs\/uploads\/([^/]+)$/s],
  ['blob', /^\/v2\/(.+)\/blobs\/([^/]+)$/s],
  ['manifest', /^\/v2\/(.+)\/manifests\/([^/]+)$/s],
  ['tags', /^\/v2\/(.+)\/tags\/list()$/s],
  ['referrers', /^\/v2\/(.+)\/referrers\/([^/]+)$/s],
];

const nameGrammar = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const tagGrammar = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;
/** The digests (image specification, "Digests") of the supported algorithms. */
const digestGrammar = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;

/** The limit of many clients for a name with its registry. */
const maxNameLength = 255;

export function readEndpoint(pathname: string): Endpoint {
  const path = decoded(pathname);
  for (const [kind, form] of forms) {
    const [found, name = '', reference = ''] = form.exec(path) ?? [];
    if (found === undefined) continue;
    if (!isName(name)) refuseRegistry('NAME_INVALID', 'invalid repository name');
    return { kind, name, reference };
  }
  return refusePlainly(404, '404 page not found');
}

export function isName(text: string): boolean {
  return text.length <= maxNameLength && nameGrammar.test(text);
}

export function isTag(text: string): boolean {
  return tagGrammar.test(text);
}

export function isDigest(text: string): boolean {
  return digestGrammar.test(text);
}

/** Returns a tag or a digest. A reference with a colon is refused as a digest. */
export function demandReference(reference: string): string {
  if (isTag(reference)) return reference;
  if (reference.includes(':')) return demandDigest(reference);
  return refuseRegistry('MANIFEST_INVALID', 'the reference is neither a tag nor a digest');
}

export function demandDigest(text: string | null): string {
  if (text !== null && isDigest(text)) return text;
  return refuseRegistry('DIGEST_INVALID', 'the digest is none, or of an algorithm that is not supported');
}

/** Returns the digest of content that was pushed without one. */
export function canonicalDigest(bytes: Uint8Array): string {
  return `sha256:${encodeHex(hashOf('sha256', bytes))}`;
}

export function demandMatch(digest: string, bytes: Uint8Array): void {
  const right = digest.startsWith('sha512:') ? `sha512:${encodeHex(hashOf('sha512', bytes))}` : canonicalDigest(bytes);
  if (digest === right) return;
  refuseRegistry('DIGEST_INVALID', 'provided digest did not match uploaded content', { detail: { digest } });
}

/** Decodes a path, as clients may escape the colon of a digest. */
function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return refuseRegistry('NAME_INVALID', 'the path is not UTF-8, percent-encoded');
  }
}
