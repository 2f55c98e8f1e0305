/** Fetches JSON from a registry. */

import { type JsonObject, parseJsonObject } from '../../core/encoding/index.ts';
import { fail, reading } from '../../core/errors/index.ts';
import { acceptGzip, expectStatus, type Http, type HttpRequest, uncompressed } from '../http/index.ts';

const timeoutMilliseconds = 60_000;

export interface JsonQuery {
  readonly url: URL;
  readonly accept: string;
  /** The name of the service in errors. */
  readonly service: string;
  readonly maxLength: number;
}

/**
 * Returns the object at a URL; undefined if there is none.
 *
 * @throws CountersignError `SERVICE_UNAVAILABLE`, `SERVICE_REFUSED`, `SERVICE_RESPONSE_INVALID`
 */
export async function fetchJson(
  http: Http,
  { url, accept, service, maxLength }: JsonQuery,
): Promise<JsonObject | undefined> {
  const accepted = acceptGzip(maxLength);
  const request: HttpRequest = {
    ...accepted,
    method: 'GET',
    url,
    headers: { ...accepted.headers, accept },
    service,
    quotes: 'message',
    timeoutMilliseconds,
  };
  const response = await http(request);
  if (response.status === 404) return undefined;
  const body = await uncompressed(request, expectStatus(request, response, 200));
  const what = `the response of ${service} (${url.origin})`;
  const limits = { maxLength, maxValues: 5_000_000 };
  const object = reading('SERVICE_RESPONSE_INVALID', what, () => parseJsonObject(body, limits));
  return object ?? fail('SERVICE_RESPONSE_INVALID', `${what} is not an object`);
}

/** Returns the URL of a path below a base, whose own path may end with a slash. */
export function below(base: URL, path: string): URL {
  return new URL(`${base.href.replace(/\/+$/, '')}/${path}`);
}

/** Returns a time; undefined for a text that is none. */
export function timeIn(text: string | undefined): Date | undefined {
  const time = new Date(text ?? Number.NaN);
  return Number.isNaN(time.getTime()) ? undefined : time;
}
