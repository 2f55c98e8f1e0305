/** Answers that servers compress. */

import { promisify } from 'node:util';
import { fail, systemCode } from '../../core/errors/index.ts';
import type { HttpRequest, HttpResponse } from './http.ts';

/** In bytes. What gzip adds to content that it cannot compress. */
const overhead = 1024;

/** Returns the members of a request whose answer may be compressed, and has at most this many bytes when {@link uncompressed}. */
export function acceptGzip(maxLength: number) {
  return { headers: { 'accept-encoding': 'gzip, identity' }, maxBodyLength: maxLength + overhead };
}

/**
 * Returns the body of an answer to a request that {@link acceptGzip} made, decompressed if the server compressed it.
 *
 * @throws CountersignError `SERVICE_RESPONSE_INVALID`
 */
export async function uncompressed(
  { service, url, maxBodyLength }: HttpRequest,
  { headers, body }: HttpResponse,
): Promise<Uint8Array> {
  const { 'content-encoding': encoding = 'identity' } = headers;
  if (encoding === 'identity') return body;
  const where = `${service} (${url.origin})`;
  if (encoding !== 'gzip') fail('SERVICE_RESPONSE_INVALID', `${where} sent content in an encoding other than gzip`);
  const { gunzip } = await import('node:zlib');
  try {
    return await promisify(gunzip)(body, { maxOutputLength: maxBodyLength });
  } catch (cause) {
    if (systemCode(cause) === 'ERR_BUFFER_TOO_LARGE')
      fail('SERVICE_RESPONSE_INVALID', `${where} sent more than ${maxBodyLength} bytes`, { cause });
    return fail('SERVICE_RESPONSE_INVALID', `${where} sent invalid gzip`, { cause });
  }
}
