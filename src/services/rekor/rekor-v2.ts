/** Rekor's API, version 2 (rekor-tiles): every entry is a `hashedrekord` 0.0.2. */

import { type LogEntry, readLogEntry } from '../../core/bundle/index.ts';
import { digest } from '../../core/crypto/index.ts';
import { encodeBase64, type JsonObject, ProtoField, preAuthenticationEncoding } from '../../core/encoding/index.ts';
import { fail } from '../../core/errors/index.ts';
import { describeAnswer, expectStatus, type Http, type HttpRequest, type HttpResponse } from '../http/index.ts';
import { LogEntryDuplicate } from './duplicate.ts';
import type { Submission } from './submission.ts';

/** A log answers once the entry is in a published checkpoint; its operators ask clients to wait for at least 20 s. */
const timeoutMilliseconds = 30_000;

/**
 * Adds an entry (`POST /api/v2/log/entries`). An envelope is logged by the digest of its pre-authentication encoding,
 * which is what was signed: the log takes no `dsse` entries any more.
 *
 * @returns the entry with its proof, unverified
 */
export async function submitToRekorV2(http: Http, baseUrl: string, submission: Submission): Promise<LogEntry> {
  const request: HttpRequest = {
    method: 'POST',
    url: new URL(`${baseUrl.replace(/\/$/, '')}/api/v2/log/entries`),
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(requestBody(submission)),
    service: 'the transparency log',
    quotes: 'message',
    timeoutMilliseconds,
    maxBodyLength: 10 * 1024 * 1024,
  };
  const response = await http(request);
  if (response.status === 409) {
    throw new LogEntryDuplicate(describeAnswer(request, response), statedIndex(response), {
      remedy: 'Sign again. A new signature creates a new entry.',
    });
  }
  if (response.status === 405) {
    fail('SERVICE_REFUSED', describeAnswer(request, response), {
      remedy:
        'This log no longer accepts entries, so the signing config is out of date. Update the signing config or Countersign.',
    });
  }
  const { body } = expectStatus(request, response, 200, 201);
  const what = `the response of the transparency log (${request.url.origin})`;
  const answer = ProtoField.parse(body, 'SERVICE_RESPONSE_INVALID', what);
  const entry = readLogEntry(answer);
  if (entry.inclusionProof === undefined) answer.field('inclusionProof').fail('is missing');
  return entry;
}

/** Returns the index of the entry that is there already (rekor-tiles: the header `x-log-index`). */
function statedIndex({ headers }: HttpResponse): number | undefined {
  const stated = headers['x-log-index'];
  return typeof stated === 'string' && /^\d{1,15}$/.test(stated) ? Number(stated) : undefined;
}

function requestBody(submission: Submission): JsonObject {
  const signed =
    submission.kind === 'message-signature'
      ? submission.digest
      : digest('sha256', preAuthenticationEncoding(submission.payloadType, submission.payload));
  return {
    hashedRekordRequestV002: {
      digest: encodeBase64(signed.bytes),
      signature: {
        content: encodeBase64(submission.signature),
        verifier: {
          x509Certificate: { rawBytes: encodeBase64(submission.certificate) },
          // The ephemeral key is on P-256.
          keyDetails: 'PKIX_ECDSA_P256_SHA_256',
        },
      },
    },
  };
}
