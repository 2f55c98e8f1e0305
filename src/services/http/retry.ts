/** Sends again what a service could not answer, within one budget of outage that the whole run shares. */

import type { RandomBytes } from '../../core/crypto/index.ts';
import { CountersignError, fail, systemCode } from '../../core/errors/index.ts';
import { describeAnswer } from './answer.ts';
import { backOff, retryAfter } from './back-off.ts';
import { outage } from './explain-failure.ts';
import type { Http, HttpRequest, HttpResponse } from './http.ts';
import { OutageClock } from './outage-clock.ts';
import { ServiceOutage } from './service-outage.ts';
import type { Sleep } from './sleep.ts';
import { ProxyFailure } from './tunnel.ts';
import { checkName } from './unknown-name.ts';

export interface RetryOptions {
  /** Milliseconds that the run may spend in outage, all services and requests together; 0: nothing is sent again. */
  readonly budget: number;
  readonly clock: () => Date;
  readonly random: RandomBytes;
  readonly sleep: Sleep;
  /** Ends every wait at once. */
  readonly cancellation?: AbortSignal;
  /** Counts the time in outage. Shared between several clients, they share the budget. */
  readonly outages?: OutageClock;
  /** Told before each wait, for the log. */
  readonly onRetry?: (notice: RetryNotice) => void;
}

/** The announcement that a request will be sent again. Contains no secret. */
export interface RetryNotice {
  /** The name of the service: "the certificate authority". */
  readonly service: string;
  readonly origin: string;
  /** The number of attempts so far. */
  readonly attempt: number;
  /** Milliseconds until it is asked again. */
  readonly wait: number;
  /** The response, or why there was none. */
  readonly reason: string;
}

/** Statuses that mean "try again later". Any other status is final. */
const transientStatuses: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

/** The number of times that a request is sent whose answers have a status that may pass. */
const maxPassing = 5;

/** An answer that is not HTTP, a certificate that is not believed: coming back changes nothing. */
const permanentCode = /^(?:HPE_|ERR_(?!STREAM_)|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_)/;

/**
 * Retries network failures, deadlines and statuses 408, 425, 429, 500, 502, 503 and 504. Make one for a run: what it
 * returns shares one budget.
 *
 * The answer it resolves with has none of these statuses. It fails with `SERVICE_UNAVAILABLE` once another attempt
 * would exceed the budget or come too late for the request, and with `CANCELLED`. If the service is down and the budget is used up, the
 * error is a {@link ServiceOutage}.
 */
export function withRetries(http: Http, options: RetryOptions): Http {
  const { outages = new OutageClock(options.clock) } = options;
  return async (request) => {
    const self = Symbol(request.service);
    try {
      return await sendUntilAnswered(http, request, options, outages, self);
    } finally {
      outages.gaveUp(request.url.origin, self);
    }
  };
}

async function sendUntilAnswered(
  http: Http,
  request: HttpRequest,
  options: RetryOptions,
  outages: OutageClock,
  self: symbol,
): Promise<HttpResponse> {
  const { clock } = options;
  const { service, url } = request;
  let firstFailure: Date | undefined;
  for (let attempts = 1; ; attempts++) {
    const outcome = await attempt(http, request);
    if ('response' in outcome) {
      outages.recovered(url.origin);
      return outcome.response;
    }
    const { answer } = outcome;
    if (outcome.isOutage) request.onOutage?.(outcome.askedToWait(clock()));
    if (answer !== undefined && attempts >= maxPassing) return answer;
    outages.failed(url.origin, self);
    const now = clock();
    firstFailure ??= now;
    // What may pass does so sooner than an outage.
    const pause = backOff(attempts, options.random) / (answer === undefined ? 1 : 4);
    const wait = Math.max(outcome.askedToWait(now), Math.floor(pause));
    const stop = request.once
      ? sentOnce
      : isTooLate(request, new Date(now.getTime() + wait))
        ? tooLate(request)
        : overBudget(options.budget, outages.spent, wait);
    if (stop !== undefined && answer !== undefined) return answer;
    if (stop !== undefined) giveUp(request, outcome, attempts, now.getTime() - firstFailure.getTime(), stop);
    options.onRetry?.({ service, origin: url.origin, attempt: attempts, wait, reason: outcome.reason });
    await waitFor(wait, request, options);
    // The clock of a suspended machine may have moved much further than was waited.
    if (isTooLate(request, clock())) {
      giveUp(request, outcome, attempts, clock().getTime() - firstFailure.getTime(), tooLate(request));
    }
  }
}

interface Setback {
  /** A sentence without its full stop. */
  readonly reason: string;
  readonly cause: unknown;
  /** True if the service is down or busy, rather than this machine, its proxy or what was asked. */
  readonly isOutage: boolean;
  /** True if the service is down. One that answers 408, 425 or 429 is not: it may refuse this client alone. */
  readonly isDown: boolean;
  readonly remedy?: string | undefined;
  /** The response, if it is an answer once it was given several times. */
  readonly answer?: HttpResponse;
  readonly askedToWait: (now: Date) => number;
}

async function attempt(http: Http, request: HttpRequest): Promise<{ readonly response: HttpResponse } | Setback> {
  try {
    const response = await http(request);
    const isOutage = transientStatuses.has(response.status) && !request.final?.includes(response.status);
    const mayPass = request.mayPass?.includes(response.status) === true;
    if (!isOutage && !mayPass && !request.notYet?.includes(response.status)) return { response };
    return {
      reason: describeAnswer(request, response),
      cause: undefined,
      isOutage,
      isDown: isOutage && response.status >= 500,
      ...(mayPass && { answer: response }),
      askedToWait: (now) => retryAfter(response, now),
    };
  } catch (error) {
    if (!isTransient(error)) throw error;
    const name = checkName(error.cause);
    const isOutage =
      error.code === 'SERVICE_UNAVAILABLE' && !(error.cause instanceof ProxyFailure) && name === undefined;
    return {
      reason: error.message,
      cause: error,
      isOutage,
      isDown: isOutage,
      remedy: name ?? (error.remedy === outage ? undefined : error.remedy),
      askedToWait: () => 0,
    };
  }
}

function isTransient(error: unknown): error is CountersignError {
  if (!(error instanceof CountersignError)) return false;
  if (error.code !== 'SERVICE_UNAVAILABLE' && error.code !== 'NETWORK_UNAVAILABLE') return false;
  const code = systemCode(error.cause);
  return !(code !== undefined && permanentCode.test(code));
}

interface ReasonToStop {
  readonly why: string;
  readonly remedy: string;
  /** True if the run may not wait any longer, for any request. */
  readonly isBudget?: true;
}

const sentOnce: ReasonToStop = { why: 'this request is not repeated', remedy: 'Run again later.' };

function overBudget(budget: number, spent: number, wait: number): ReasonToStop | undefined {
  const left = budget - spent;
  // Once the budget is spent, a wait of no time at all must not go on for ever.
  if (left > 0 && wait <= left) return undefined;
  return {
    why: budget === 0 ? 'retries are disabled' : `the retry budget of ${inSeconds(budget)} allows no further attempt`,
    remedy: 'To wait longer, increase `retry-budget`.',
    isBudget: true,
  };
}

function isTooLate({ usefulUntil: end }: HttpRequest, time: Date): boolean {
  return end !== undefined && time > end;
}

function tooLate({ usefulUntil: end }: HttpRequest): ReasonToStop {
  return {
    why: `a response would only be usable until ${end?.toISOString()}`,
    remedy: 'Try again later.',
  };
}

async function waitFor(wait: number, { service }: HttpRequest, { sleep, cancellation }: RetryOptions): Promise<void> {
  const cancelled = (cause: unknown) => fail('CANCELLED', `cancelled while waiting to retry ${service}`, { cause });
  if (cancellation?.aborted) cancelled(cancellation.reason);
  try {
    await sleep(wait, cancellation);
  } catch (cause) {
    if (cancellation?.aborted) cancelled(cause);
    throw cause;
  }
}

function giveUp({ url }: HttpRequest, last: Setback, attempts: number, elapsed: number, stop: ReasonToStop): never {
  const tried = attempts === 1 ? 'once' : `${attempts} times in ${inSeconds(elapsed)}`;
  const status =
    last.isOutage && isPublicGood(url)
      ? 'https://status.sigstore.dev shows the state of the public-good instance.'
      : undefined;
  const remedy = [last.remedy, last.remedy?.includes(stop.remedy) ? undefined : stop.remedy, status]
    .filter((sentence) => sentence !== undefined)
    .join(' ');
  const code = last.cause instanceof CountersignError ? last.cause.code : 'SERVICE_UNAVAILABLE';
  const message = `${last.reason}${last.isOutage ? '. This is an outage' : ''} (tried ${tried}; ${stop.why})`;
  const details = { remedy, ...(last.cause !== undefined && { cause: last.cause }) };
  if (last.isDown && stop.isBudget) throw new ServiceOutage(code, message, details);
  fail(code, message, details);
}

function isPublicGood({ hostname }: URL): boolean {
  return hostname.endsWith('.sigstore.dev');
}

function inSeconds(milliseconds: number): string {
  return `${Math.round(milliseconds / 100) / 10} s`;
}

/** The same way to the network for requests whose answers are of use only until then. */
export function usefulUntil(http: Http, end: Date): Http {
  return (request) => http({ ...request, usefulUntil: end });
}
