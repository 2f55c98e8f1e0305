/** What a path is about: the endpoints of the distribution specification. */

import { refusePlainly, refuseRegistry } from '../http/index.ts';
import { isDigest } from './digest.ts';

export type EndpointKind = 'uploads' | 'upload' | 'blob' | 'manifest' | 'tags' | 'referrers';

export interface Endpoint {
  readonly kind: EndpointKind;
  /** Of the repository. */
  readonly name: string;
  /** A digest, a tag or an upload; empty where there is none. */
  readonly reference: string;
}

/** A repository may be called as an endpoint is, so what follows its name is looked for at the end of the path. */
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

/** What many clients allow for a name, with its registry. */
const maxNameLength = 255;

export function readEndpoint(pathname: string): Endpoint {
  const path = decoded(pathname);
  for (const [kind, form] of forms) {
    const [found, name = '', reference = ''] = form.exec(path) ?? [];
    if (found === undefined) continue;
    if (!isName(name)) refuseRegistry('NAME_INVALID', 'invalid repository name');
    return { kind, name, reference };
  }
  refusePlainly(404, '404 page not found');
}

export function isName(text: string): boolean {
  return text.length <= maxNameLength && nameGrammar.test(text);
}

export function isTag(text: string): boolean {
  return tagGrammar.test(text);
}

/** The form of what was asked for decides how it is refused: what has a colon was meant as a digest. */
export function demandReference(reference: string): string {
  if (isDigest(reference) || isTag(reference)) return reference;
  return reference.includes(':')
    ? refuseRegistry('DIGEST_INVALID', 'the digest is none, or of an algorithm that is not supported')
    : refuseRegistry('MANIFEST_INVALID', 'the reference is neither a tag nor a digest');
}

/** Clients may escape the colon of a digest. */
function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return refuseRegistry('NAME_INVALID', 'the path is not UTF-8, percent-encoded');
  }
}
