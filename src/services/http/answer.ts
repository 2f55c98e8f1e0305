/** Explains responses other than the expected one. */

import {
  asList,
  asObject,
  asText,
  decodeUtf8,
  type JsonObject,
  type JsonValue,
  parseJson,
} from '../../core/encoding/index.ts';
import { CountersignError, fail } from '../../core/errors/index.ts';
import type { HttpRequest, HttpResponse } from './http.ts';

const maxQuotedLength = 300;

/**
 * Returns the answer if it has one of the statuses.
 *
 * @throws CountersignError `SERVICE_UNAVAILABLE` for a status that says to come back, `SERVICE_REFUSED` for any other
 */
export function expectStatus(
  request: HttpRequest,
  response: HttpResponse,
  ...statuses: readonly number[]
): HttpResponse {
  if (statuses.includes(response.status)) return response;
  const answer = describeAnswer(request, response);
  if (response.status >= 500 || [408, 425, 429].includes(response.status)) {
    fail('SERVICE_UNAVAILABLE', answer, { remedy: 'The service is down or overloaded. Try again later.' });
  }
  return fail('SERVICE_REFUSED', answer);
}

/** Describes an answer for an error: `the transparency log (https://log.example) answered 400: the reason it gave`. */
export function describeAnswer(request: HttpRequest, response: HttpResponse): string {
  const said = quote(request, response);
  return `${request.service} (${request.url.origin}) responded with ${response.status}${said === '' ? '' : `: ${said}`}`;
}

/**
 * Returns the reason in an error's body, as far as the request allows. A service that was sent a secret can repeat it in forms that no
 * list of patterns covers. Of its answers nothing is shown but codes that protocols define, in our own spelling.
 */
function quote({ quotes }: HttpRequest, { body, followsSecret = false }: HttpResponse): string {
  if (quotes === undefined) return '';
  const mayQuote = quotes === 'message' && !followsSecret;
  try {
    const json = parseJson(body, { maxLength: 64 * 1024, maxDepth: 8 });
    return mayQuote ? quotable(messageOf(json)) : knownCode(json);
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    return mayQuote ? quotable(plainText(body).slice(0, 4096)) : '';
  }
}

/** By number (google.rpc.Code). */
const grpcCodes: readonly (string | undefined)[] = [
  undefined,
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
];

/** The codes of the distribution specification ("Error Codes"), and those of its older versions that registries still send. */
const registryCodes: readonly string[] = [
  'BLOB_UNKNOWN',
  'BLOB_UPLOAD_INVALID',
  'BLOB_UPLOAD_UNKNOWN',
  'DENIED',
  'DIGEST_INVALID',
  'MANIFEST_BLOB_UNKNOWN',
  'MANIFEST_INVALID',
  'MANIFEST_UNKNOWN',
  'MANIFEST_UNVERIFIED',
  'NAME_INVALID',
  'NAME_UNKNOWN',
  'RANGE_INVALID',
  'SIZE_INVALID',
  'TAG_INVALID',
  'TOOMANYREQUESTS',
  'UNAUTHORIZED',
  'UNAVAILABLE',
  'UNSUPPORTED',
];

function knownCode(json: JsonValue): string {
  const { code, errors } = members(json);
  if (typeof code === 'number') return grpcCodes[code] ?? '';
  const first = members(asList(errors)?.[0]);
  return registryCodes.find((known) => known === first.code) ?? '';
}

/** `{"message":"…"}`, or the first of a registry's `{"errors":[{"code":"…","message":"…"}]}`. */
function messageOf(json: JsonValue): string {
  const { message, errors } = members(json);
  const first = members(asList(errors)?.[0]);
  return asText(message) ?? [first.code, first.message].flatMap((text) => asText(text) ?? []).join(': ');
}

function members(json: JsonValue | undefined): JsonObject {
  return asObject(json) ?? {};
}

/** Returns a body as text; an HTML page, such as a load balancer's, is left out. */
function plainText(body: Uint8Array): string {
  const text = (decodeUtf8(body) ?? '').trim();
  return text.startsWith('<') ? '' : text;
}

/** One line of bounded length, without what looks like a secret and without characters that do something instead of being seen. */
function quotable(text: string): string {
  return redactSecrets(text)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .slice(0, maxQuotedLength);
}

/** Takes out whatever looks like a JSON Web Token or a bearer credential. */
export function redactSecrets(text: string): string {
  return text.replace(/eyJ[\w-]*(?:\.[\w-]*)*/g, '[token]').replace(/(bearer\s+)\S+/gi, '$1[token]');
}
