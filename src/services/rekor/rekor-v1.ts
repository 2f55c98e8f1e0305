/** Rekor's API, version 1: `hashedrekord` 0.0.1 and `dsse` 0.0.1. */

import type { LogEntry } from '../../core/bundle/index.ts';
import { canonicalJson, encodeBase64, type JsonObject, utf8 } from '../../core/encoding/index.ts';
import { fail } from '../../core/errors/index.ts';
import { hashedRekordV1, verifierPem } from '../../core/log/index.ts';
import { describeAnswer, expectStatus, type Http, type HttpRequest, type HttpResponse } from '../http/index.ts';
import { isUuid, maxAnswerLength, readAnswerV1 } from './answer-v1.ts';
import { fetchEntryV1 } from './fetch-entry-v1.ts';
import type { EnvelopeSubmission, Submission } from './submission.ts';

const timeoutMilliseconds = 30_000;
/** The log stores no more of an attestation, and a larger request costs its operators and us for nothing. */
const maxEnvelopeLength = 10_000_000;

/**
 * Adds an entry (`POST /api/v1/log/entries`). An entry that is there already, as after an attempt whose answer was
 * lost, is fetched instead.
 *
 * @returns the entry with its proof and its signed entry timestamp, unverified
 */
export async function submitToRekorV1(http: Http, baseUrl: string, submission: Submission): Promise<LogEntry> {
  const url = new URL(`${baseUrl.replace(/\/$/, '')}/api/v1/log/entries`);
  const request: HttpRequest = {
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(proposedEntry(submission)),
    service: 'the transparency log',
    quotes: 'message',
    timeoutMilliseconds,
    maxBodyLength: maxAnswerLength,
  };
  const response = await http(request);
  // The replicas of the log may not have it yet.
  if (response.status === 409)
    return (await fetchEntryV1(http, baseUrl, uuidOfEquivalent(request, response), [404])).entry;
  const { body } = expectStatus(request, response, 200, 201);
  return readAnswerV1(body, url).entry;
}

function proposedEntry(submission: Submission): JsonObject {
  const verifier = verifierPem(submission.certificate);
  if (submission.kind === 'message-signature') return hashedRekordV1({ ...submission, verifier });
  return {
    apiVersion: '0.0.1',
    kind: 'dsse',
    spec: {
      proposedContent: { envelope: envelopeJson(submission), verifiers: [encodeBase64(utf8(verifier))] },
    },
  };
}

/** The envelope as the log hashes it: its text, which travels as a string. */
function envelopeJson({ payload, payloadType, signature }: EnvelopeSubmission): string {
  const envelope = canonicalJson({
    payload: encodeBase64(payload),
    payloadType,
    signatures: [{ sig: encodeBase64(signature) }],
  });
  if (envelope.length > maxEnvelopeLength) {
    fail('LIMIT_EXCEEDED', `the envelope has ${envelope.length} bytes; the limit for Rekor v1 is 10 MB`, {
      remedy: 'Use a Rekor v2 log, which receives only the digest, or sign a smaller statement.',
    });
  }
  return envelope;
}

/** The UUID of the entry that is there already. */
function uuidOfEquivalent(request: HttpRequest, response: HttpResponse): string {
  const said = describeAnswer(request, response);
  const { location } = response.headers;
  const candidates = [
    // Only the last segment is used: where a server points is no reason to go there.
    typeof location === 'string' ? location.split('/').at(-1) : undefined,
    /\bUUID ([0-9a-f]+)\b/.exec(said)?.[1],
  ];
  const found = candidates.find((candidate) => candidate !== undefined && isUuid(candidate));
  return (
    found ??
    fail('LOG_ENTRY_DUPLICATE', `${said}, without the UUID of the existing entry`, {
      remedy: 'Sign again. A new signature creates a new entry.',
    })
  );
}
