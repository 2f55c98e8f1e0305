/** Explains the refusals of GitHub's REST API: a rate limit, a missing permission, or something hidden. */

import { asList, asObject, asText, parseJson } from '../../core/encoding/index.ts';
import { attempt, CountersignError, type ErrorCode, type ErrorDetails } from '../../core/errors/index.ts';
import { expectStatus, type HttpRequest, type HttpResponse } from '../http/index.ts';
import { type Operation, service } from './operation.ts';

/** The reason of a refusal with status 422, as far as it is known. */
export type Problem = 'already-exists' | 'immutable' | 'tag-used';

/** A refusal with its status. */
export class GitHubRefusal extends CountersignError {
  readonly status: number;
  readonly problem: Problem | undefined;

  constructor(status: number, code: ErrorCode, message: string, details?: ErrorDetails, problem?: Problem) {
    super(code, message, details);
    this.status = status;
    this.problem = problem;
  }
}

/** In milliseconds. The least that GitHub's documentation asks for after a secondary limit that states no time. */
const shortestHold = 60_000;
/** In milliseconds. Limits are reset every hour; a wrong header must not end the run of a server for ever. */
const longestHold = 3_600_000;

/** Returns the time before which no further request may be sent; `undefined` without a limit. */
export function rateLimitOf(response: HttpResponse, now: Date): Date | undefined {
  const { status, headers } = response;
  if (headers['x-ratelimit-remaining'] === '0')
    return later(now, numberIn(headers, 'x-ratelimit-reset') * 1000 - now.getTime());
  if (status !== 403 && status !== 429) return undefined;
  const seconds = numberIn(headers, 'retry-after');
  if (seconds > 0) return later(now, seconds * 1000);
  // A missing permission has the same status, and no such message.
  return status === 429 || /rate limit|abuse detection/i.test(messageOf(response)) ? later(now, 0) : undefined;
}

function later(now: Date, milliseconds: number): Date {
  return new Date(now.getTime() + Math.min(longestHold, Math.max(shortestHold, milliseconds || 0)));
}

function numberIn(headers: HttpResponse['headers'], name: string): number {
  const value = headers[name];
  return typeof value === 'string' && /^\d{1,12}$/.test(value) ? Number(value) : 0;
}

/** Describes a request that is not sent, or was refused, because of a rate limit. */
export function rateLimited(origin: string, until: Date, what: string): string {
  return `${service} (${origin}) accepts no requests until ${until.toISOString()}, because the rate limit is used up: ${what} could not be requested`;
}

export function rateRemedy(hasToken: boolean): string {
  return hasToken
    ? 'Run again after that time. Other jobs of the repository share the limit.'
    : 'Provide a token (GITHUB_TOKEN), with which GitHub allows more requests, or run again after that time.';
}

interface Circumstances {
  readonly hasToken: boolean;
  readonly now: Date;
  /** False for the host that stores artifacts. */
  readonly isApi: boolean;
}

/**
 * Demands a response with a success or a redirect.
 *
 * @throws CountersignError `RATE_LIMITED`; `PERMISSION_MISSING`, naming the permission; `SERVICE_REFUSED` for what does not exist or is hidden;
 *   `SERVICE_UNAVAILABLE`
 */
export function demandAccepted(
  request: HttpRequest,
  response: HttpResponse,
  operation: Operation,
  circumstances: Circumstances,
): void {
  const { status } = response;
  if (status >= 200 && status < 400) return;
  const refusal = circumstances.isApi ? explain(request, response, operation, circumstances) : undefined;
  if (refusal === undefined) {
    expectStatus(request, response, 200);
    return;
  }
  throw new GitHubRefusal(
    status,
    refusal.code,
    refusal.message,
    { remedy: refusal.remedy },
    status === 422 ? problemOf(response) : undefined,
  );
}

interface Explanation {
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedy: string;
}

/** Explains a refusal of the API; `undefined` for one that is not specific to GitHub. */
function explain(
  request: HttpRequest,
  response: HttpResponse,
  { what, permission, refusals = [] }: Operation,
  { hasToken, now }: Circumstances,
): Explanation | undefined {
  const { origin } = request.url;
  const limit = [403, 429].includes(response.status) ? rateLimitOf(response, now) : undefined;
  if (limit !== undefined)
    return { code: 'RATE_LIMITED', message: rateLimited(origin, limit, what), remedy: rateRemedy(hasToken) };
  const known = refusals.find(({ status, sign }) => status === response.status && sign.test(messageOf(response)));
  if (known !== undefined) return { ...known, message: `${service} (${origin}) refused ${what}: ${known.reason}` };
  switch (response.status) {
    case 401:
      return {
        code: 'PERMISSION_MISSING',
        message: `${service} (${origin}) refused the token as invalid or expired`,
        remedy: 'Provide a valid token (GITHUB_TOKEN). The token of a job ends with the job.',
      };
    case 403:
      return {
        code: 'PERMISSION_MISSING',
        message: `${service} (${origin}) refused access to ${what}: ${reasonOf(response)}`,
        remedy: permissionRemedy(permission, hasToken),
      };
    case 404:
      return {
        code: 'SERVICE_REFUSED',
        message: `${service} did not find ${what}, which may not exist, or may be hidden from the token`,
        remedy: `Check the name. For a private repository, provide a token with \`${permission}\` for it.`,
      };
    case 410:
      return {
        code: 'SERVICE_REFUSED',
        message: `${service} no longer provides ${what}`,
        remedy: 'It has expired, was deleted, or is disabled for the repository.',
      };
    case 422:
      return {
        code: 'SERVICE_REFUSED',
        message: `${service} (${origin}) refused the request for ${what} as invalid (422)`,
        remedy: 'Check the names and values that the request contains.',
      };
    default:
      return undefined;
  }
}

/** The texts in responses with status 422 that say why. GitHub has no codes for all of them. */
const problems: readonly (readonly [RegExp, Problem])[] = [
  [/used by an immutable release/i, 'tag-used'],
  [/immutable/i, 'immutable'],
  [/already[_ ]exists/i, 'already-exists'],
];

function problemOf({ body }: HttpResponse): Problem | undefined {
  const json = asObject(attempt(() => parseJson(body, { maxLength: 64 * 1024, maxDepth: 16 })));
  const errors = (asList(json?.errors) ?? []).flatMap((error) => {
    const members = asObject(error);
    return [asText(error), asText(members?.message), asText(members?.code)];
  });
  const texts = [asText(json?.message), ...errors].filter((text) => text !== undefined);
  return problems.find(([sign]) => texts.some((text) => sign.test(text)))?.[1];
}

/** Known messages of refusals, in our own words: a response to a request with a token is not quoted. */
const reasons: readonly (readonly [RegExp, string])[] = [
  [/SAML|single sign-on|SSO/i, 'the token is not authorized for the single sign-on of the organization'],
  [/IP allow list/i, 'the address of this machine is not on the allow list of the organization'],
  [/archived/i, 'the repository is archived'],
];

function reasonOf(response: HttpResponse): string {
  const message = messageOf(response);
  return reasons.find(([sign]) => sign.test(message))?.[1] ?? 'the token lacks a permission';
}

function permissionRemedy(permission: string, hasToken: boolean): string {
  return hasToken
    ? `Add \`${permission}\` to the permissions of the job, or use a token that has it. In jobs of pull requests from forks, tokens can only read.`
    : `Provide a token (GITHUB_TOKEN) with \`${permission}\`.`;
}

function messageOf({ body }: HttpResponse): string {
  const json = attempt(() => parseJson(body, { maxLength: 64 * 1024, maxDepth: 16 }));
  return asText(asObject(json)?.message) ?? '';
}
