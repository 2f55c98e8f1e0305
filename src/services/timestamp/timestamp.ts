/** The timestamp authority (RFC 3161, section 3.4: over HTTP). */

import { digest, equalDigests, type RandomBytes } from '../../core/crypto/index.ts';
import { equalBytes, readDer } from '../../core/encoding/index.ts';
import { fail, reading } from '../../core/errors/index.ts';
import { encodeTimestampRequest, readTimestampResponse } from '../../core/timestamp/index.ts';
import { expectStatus, type Http, type HttpRequest } from '../http/index.ts';

const nonceLength = 16;

/**
 * Has a signature timestamped.
 *
 * @param url the whole address, as the signing config has it
 * @param signature the bytes to be timestamped
 * @returns the response, DER, its signature unverified; that it answers this very request is checked
 * @throws CountersignError `SERVICE_UNAVAILABLE`, `SERVICE_REFUSED`, `TIMESTAMP_INVALID`, `TIMESTAMP_MISMATCH`
 */
export async function requestTimestamp(
  http: Http,
  url: string,
  signature: Uint8Array,
  random: RandomBytes,
): Promise<Uint8Array> {
  const imprint = digest('sha256', signature);
  const query = encodeTimestampRequest(imprint, random(nonceLength));
  const request: HttpRequest = {
    method: 'POST',
    url: new URL(url),
    headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
    body: query,
    service: 'the timestamp authority',
    quotes: 'message',
    timeoutMilliseconds: 15_000,
    maxBodyLength: 64 * 1024,
  };
  const { body } = expectStatus(request, await http(request), 200, 201);
  const where = `the timestamp authority (${request.url.origin})`;
  const token = reading('TIMESTAMP_INVALID', where, () => readTimestampResponse(body));
  // A recorded answer to an older request would carry an older time.
  if (token.nonce === undefined || !equalBytes(token.nonce, requestNonce(query))) {
    fail('TIMESTAMP_MISMATCH', `${where} returned a timestamp for a different request`);
  }
  if (!equalDigests(token.imprint, imprint)) {
    fail('TIMESTAMP_MISMATCH', `${where} returned a timestamp for a different signature`);
  }
  return body;
}

/** The nonce as the request encoded it: leading zeros are dropped there, and compared without. */
function requestNonce(query: Uint8Array): Uint8Array {
  return readDer(query, (der) => {
    const request = der.sequence();
    request.unsigned();
    request.any();
    return request.integerBytes();
  });
}
