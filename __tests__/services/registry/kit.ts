/** A client of a registry on loopback, and a registry of the least that its tests need. */

import { createHash } from 'node:crypto';
import type { CountersignError } from '../../../src/core/errors/index.ts';
import { Secret } from '../../../src/node/index.ts';
import type { Http } from '../../../src/services/http/index.ts';
import {
  type Credential,
  openRepository,
  parseImageReference,
  parseTag,
  type RepositoryClient,
} from '../../../src/services/registry/index.ts';
import { type Answer, failure, type Received, withHttp } from '../loopback.ts';

export const index = 'application/vnd.oci.image.index.v1+json';
export const manifest = 'application/vnd.oci.image.manifest.v1+json';
export const latest = parseTag('latest');

export const password: Credential = { kind: 'password', user: 'me', password: new Secret('s3cr3t') };
export const identityToken: Credential = { kind: 'identity-token', token: new Secret('r3fr3sh') };
export const basic = `Basic ${Buffer.from('me:s3cr3t').toString('base64')}`;

export interface Options {
  readonly credential?: Credential;
  /** Milliseconds of each wait, in order. */
  readonly waits?: number[];
  readonly onWait?: () => void;
}

export function open(http: Http, host: string, { credential, waits = [], onWait }: Options = {}): RepositoryClient {
  const { repository } = parseImageReference(`${host}/owner/image:1`);
  return openRepository(http, repository, async () => credential, {
    sleep: async (milliseconds) => {
      waits.push(milliseconds);
      onWait?.();
    },
    random: (length) => new Uint8Array(length).fill(0x80, 0, 1),
  });
}

/** Lends a client of what listens there. */
export function withClient<T>(
  origin: string,
  use: (client: RepositoryClient) => Promise<T>,
  options?: Options,
): Promise<T> {
  return withHttp((http) => use(open(http, new URL(origin).host, options)));
}

export function failureOf(
  origin: string,
  use: (client: RepositoryClient) => Promise<unknown>,
  options?: Options,
): Promise<CountersignError> {
  return failure(withClient(origin, use, options));
}

export function sha256(body: string | Uint8Array): string {
  return `sha256:${createHash('sha256').update(body).digest('hex')}`;
}

export const json = (value: unknown): string => JSON.stringify(value);

interface Quirks {
  readonly hasReferrersApi?: boolean;
  /** Marks each state of a tag, and holds writers to If-Match and If-None-Match. */
  readonly hasEtags?: boolean;
  /** Before each write of a tag; what it returns is answered instead. */
  readonly beforeTag?: (stored: Map<string, Stored>, name: string) => Answer | undefined;
  /** After each acknowledged write. */
  readonly afterPut?: (stored: Map<string, Stored>, name: string) => void;
}

export interface Stored {
  readonly type: string;
  readonly body: Buffer;
}

/** Manifests in memory; give it to `answering`. */
export function memory(quirks: Quirks = {}, stored = new Map<string, Stored>()): (request: Received) => Answer {
  return (request) => {
    const [, kind = '', name = ''] = /^\/v2\/owner\/image\/(manifests|referrers)\/([^/?]+)/.exec(request.url) ?? [];
    if (kind === 'referrers')
      return quirks.hasReferrersApi ? referrersOf(stored, name) : { status: 404, body: '404 page not found' };
    if (kind !== 'manifests') return { status: 404 };
    return request.method === 'PUT' ? put(request, name, stored, quirks) : get(stored.get(name), quirks);
  };
}

function get(found: Stored | undefined, { hasEtags = false }: Quirks): Answer {
  if (found === undefined) return { status: 404, body: json({ errors: [{ code: 'MANIFEST_UNKNOWN' }] }) };
  const etag = hasEtags ? { etag: `"${sha256(found.body)}"` } : {};
  return { headers: { 'content-type': found.type, ...etag }, body: found.body };
}

function put({ headers, body }: Received, name: string, stored: Map<string, Stored>, quirks: Quirks): Answer {
  const instead = name.startsWith('sha256:') ? undefined : quirks.beforeTag?.(stored, name);
  if (instead !== undefined) return instead;
  const present = stored.get(name);
  const state = present === undefined ? undefined : `"${sha256(present.body)}"`;
  const hasFailed =
    (headers['if-match'] !== undefined && headers['if-match'] !== state) ||
    (headers['if-none-match'] === '*' && present !== undefined);
  if (quirks.hasEtags && hasFailed) return { status: 412 };
  stored.set(name, { type: headers['content-type'] ?? '', body });
  stored.set(sha256(body), { type: headers['content-type'] ?? '', body });
  quirks.afterPut?.(stored, name);
  return { status: 201 };
}

function referrersOf(stored: ReadonlyMap<string, Stored>, subject: string): Answer {
  const manifests = [...stored]
    .filter(([name]) => name.startsWith('sha256:'))
    .map(([digest, { type, body }]) => ({ digest, type, size: body.length, document: JSON.parse(String(body)) }))
    .filter(({ document }) => document.subject?.digest === subject)
    .map(({ digest, type, size, document }) => ({
      mediaType: type,
      digest,
      size,
      artifactType: document.artifactType,
    }));
  return { headers: { 'content-type': index }, body: json({ schemaVersion: 2, mediaType: index, manifests }) };
}
