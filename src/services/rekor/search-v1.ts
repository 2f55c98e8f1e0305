/**
 * The search index of Rekor v1 (`POST /api/v1/index/retrieve`). It is not part of the log and proves nothing: an entry that it names has to be
 * proven, and one that it does not name may exist.
 */

import { createHash } from 'node:crypto';
import { encodePem, parseJson } from '../../core/encoding/index.ts';
import { fail, reading } from '../../core/errors/index.ts';
import { expectStatus, type Http, type HttpRequest } from '../http/index.ts';
import { isUuid } from './answer-v1.ts';

/** A key of the search index. */
export type IndexQueryV1 =
  /** The digest of an artifact, payload or envelope, or of a subject of a statement: `sha256:<hex>` or `sha512:<hex>`. */
  | { readonly kind: 'digest'; readonly digest: string }
  /** A subject alternative name. Letter case does not matter. */
  | { readonly kind: 'name'; readonly name: string }
  /** A public key: SubjectPublicKeyInfo, DER. */
  | { readonly kind: 'key'; readonly spki: Uint8Array };

const timeoutMilliseconds = 30_000;
const maxLength = 16 * 1024 * 1024;
const maxUuids = 100_000;

/** The longest name that the service accepts. */
export const maxNameLength = 512;

/**
 * Returns the UUIDs of the entries that the index has under a key, in no particular order. There is no paging.
 *
 * @throws CountersignError `SERVICE_RESPONSE_INVALID`; those of HTTP
 */
export async function searchIndexV1(http: Http, baseUrl: string, query: IndexQueryV1): Promise<readonly string[]> {
  const uuids = new Set<string>();
  for (const body of bodiesOf(query)) for (const uuid of await retrieve(http, baseUrl, body)) uuids.add(uuid);
  return [...uuids];
}

/** Returns the requests for a query. */
function bodiesOf(query: IndexQueryV1): readonly object[] {
  switch (query.kind) {
    case 'digest':
      return [{ hash: query.digest }];
    case 'name':
      return [/^[^@\s/:]+@[^@\s/:]+$/.test(query.name) ? { email: query.name } : { subject: query.name }];
    case 'key': {
      const pem = encodePem('PUBLIC KEY', query.spki);
      const hash = createHash('sha256').update(pem).digest('hex');
      // The index has the hash of a key without its algorithm for hashedrekord entries, and with it for dsse and intoto entries.
      return [
        { publicKey: { format: 'x509', content: Buffer.from(pem).toString('base64') } },
        { hash: `sha256:${hash}` },
      ];
    }
  }
}

async function retrieve(http: Http, baseUrl: string, body: object): Promise<readonly string[]> {
  const request: HttpRequest = {
    method: 'POST',
    url: new URL(`${baseUrl.replace(/\/$/, '')}/api/v1/index/retrieve`),
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
    service: 'the search index of the transparency log',
    quotes: 'message',
    timeoutMilliseconds,
    maxBodyLength: maxLength,
  };
  const response = expectStatus(request, await http(request), 200);
  const what = `the response of the search index (${request.url.origin})`;
  const limits = { maxLength, maxValues: maxUuids + 1 };
  const uuids = reading('SERVICE_RESPONSE_INVALID', what, () => parseJson(response.body, limits));
  if (!Array.isArray(uuids)) fail('SERVICE_RESPONSE_INVALID', `${what} is not a list of UUIDs`);
  return uuids.map((uuid) => {
    const text = typeof uuid === 'string' ? uuid.toLowerCase() : '';
    return isUuid(text) ? text : fail('SERVICE_RESPONSE_INVALID', `${what} has an item that is not a UUID`);
  });
}
