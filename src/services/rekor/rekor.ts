/** The transparency log: Rekor's API, version 2. */

import { type LogEntry, readLogEntry } from '../../core/bundle/index.ts';
import { encodeBase64, ProtoField } from '../../core/encoding/index.ts';
import { type HashedRekord, keyDetailsName } from '../../core/log/index.ts';
import { expectStatus, type Http, type HttpRequest } from '../http/index.ts';

/** A log answers once the entry is in a published checkpoint; its operators ask clients to wait for at least 20 s. */
const timeoutMilliseconds = 30_000;

/**
 * Adds a `hashedrekord` entry (`POST /api/v2/log/entries`).
 *
 * @returns the entry with its proof, unverified
 * @throws CountersignError `SERVICE_UNAVAILABLE`, `SERVICE_REFUSED`, `SERVICE_RESPONSE_INVALID`
 */
export async function addHashedRekord(http: Http, baseUrl: string, entry: HashedRekord): Promise<LogEntry> {
  const request: HttpRequest = {
    method: 'POST',
    url: new URL(`${baseUrl.replace(/\/$/, '')}/api/v2/log/entries`),
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({
      hashedRekordRequestV002: {
        digest: encodeBase64(entry.digest.bytes),
        signature: {
          content: encodeBase64(entry.signature),
          verifier: {
            x509Certificate: { rawBytes: encodeBase64(entry.certificate) },
            keyDetails: keyDetailsName(entry.keyKind),
          },
        },
      },
    }),
    service: 'the transparency log',
    timeoutMilliseconds,
    maxBodyLength: 10 * 1024 * 1024,
  };
  const { body } = expectStatus(request, await http(request), 200, 201);
  return readLogEntry(
    ProtoField.parse(body, 'SERVICE_RESPONSE_INVALID', `the answer of the transparency log (${request.url.origin})`),
  );
}
