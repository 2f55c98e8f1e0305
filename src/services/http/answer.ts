/** What an answer means, where it is not the one hoped for. */

import { decodeUtf8, type JsonObject, type JsonValue, parseJson } from '../../core/encoding/index.ts';
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
    fail('SERVICE_UNAVAILABLE', answer, { remedy: 'The service is down or overloaded. Run the job again later.' });
  }
  return fail('SERVICE_REFUSED', answer);
}

/** What was answered, for an error: `the transparency log (https://log.example) answered 400: the reason it gave`. */
export function describeAnswer({ service, url, secrets = [] }: HttpRequest, { status, body }: HttpResponse): string {
  const said = quote(body, secrets);
  return `${service} (${url.origin}) answered ${status}${said === '' ? '' : `: ${said}`}`;
}

/**
 * The reason in an error's body: its JSON message, or nothing (a load balancer's HTML helps nobody). Tokens that a
 * server echoes are taken out, so that they reach no log.
 */
function quote(body: Uint8Array, secrets: readonly string[]): string {
  try {
    return quotable(hide(messageOf(parseJson(body, { maxLength: 64 * 1024, maxDepth: 8 })), secrets));
  } catch (error) {
    if (error instanceof CountersignError) return quotable(hide(plainText(body), secrets).slice(0, 4096));
    throw error;
  }
}

/** `{"message":"…"}`, or the first of a registry's `{"errors":[{"code":"…","message":"…"}]}`. */
function messageOf(json: JsonValue): string {
  const { message, errors } = members(json);
  if (typeof message === 'string') return message;
  const first = members(Array.isArray(errors) ? errors[0] : undefined);
  return [first.code, first.message].filter((text) => typeof text === 'string').join(': ');
}

function members(json: JsonValue | undefined): JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as JsonObject) : {};
}

function plainText(body: Uint8Array): string {
  const text = (decodeUtf8(body) ?? '').trim();
  return text.startsWith('<') ? '' : text;
}

/** Before anything is cut, so that no part of a secret survives. */
function hide(text: string, secrets: readonly string[]): string {
  return secrets.reduce((shown, secret) => (secret === '' ? shown : shown.replaceAll(secret, '[secret]')), text);
}

/** One line of bounded length, without secrets and without characters that do something instead of being seen. */
function quotable(text: string): string {
  return withoutSecrets(text)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .slice(0, maxQuotedLength);
}

/** Takes out whatever looks like a JSON Web Token or a bearer credential. */
export function withoutSecrets(text: string): string {
  return text.replace(/eyJ[\w-]*(?:\.[\w-]*)*/g, '[token]').replace(/(bearer\s+)\S+/gi, '$1[token]');
}
