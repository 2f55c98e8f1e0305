/** Ways to answer otherwise. */

import { decodeBase64, decodeUtf8, encodeBase64, type JsonValue, utf8 } from '../../src/core/encoding/index.ts';
import { type HttpRequest, type HttpResponse, matches, type Route } from '../http/index.ts';
import type { Answer } from './misbehaviour.ts';

/** As a service of other routes would, those requests that are meant. */
export function asWith(routes: () => readonly Route[], meant: (request: HttpRequest) => boolean = () => true): Answer {
  return (request, right) => {
    if (!meant(request)) return right();
    const { method, url } = request;
    const route = routes().find((one) => one.method === method && matches(one.path, url.pathname));
    return route?.handle(request) ?? right();
  };
}

/** As is right, with the body of a success changed. */
export function withBody(change: (body: Uint8Array) => Uint8Array, path = /^/): Answer {
  return async ({ url }, right) => {
    const answer = await right();
    return isSuccess(answer) && path.test(url.pathname) ? { ...answer, body: change(answer.body) } : answer;
  };
}

/** The same of JSON alone. */
export function withJson(change: (json: JsonValue) => JsonValue | Promise<JsonValue>): Answer {
  return async (_, right) => {
    const answer = await right();
    if (!isSuccess(answer) || !answer.headers['content-type']?.startsWith('application/json')) return answer;
    return { ...answer, body: utf8(JSON.stringify(await change(JSON.parse(decodeUtf8(answer.body) ?? '')))) };
  };
}

function isSuccess({ status }: HttpResponse): boolean {
  return status >= 200 && status < 300;
}

/** With the members of these names changed, however deep they are, or left out where nothing comes of the change. */
export function withMembers(names: readonly string[], change: (value: JsonValue) => JsonValue | undefined): Answer {
  const visit = (value: JsonValue): JsonValue => {
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    const members = Object.entries(value).flatMap(([name, member]) => {
      const changed = names.includes(name) ? change(member) : visit(member);
      return changed === undefined ? [] : [[name, changed]];
    });
    return Object.fromEntries(members);
  };
  return withJson(visit);
}

export function isPost({ method }: HttpRequest): boolean {
  return method === 'POST';
}

export const notFound: HttpResponse = { status: 404, headers: {}, body: new Uint8Array() };

/** A copy with one bit of the byte at a place flipped; a place below zero is counted from the end. */
export function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const copy = bytes.slice();
  const index = at < 0 ? copy.length + at : at;
  copy[index] = (copy[index] ?? 0) ^ 1;
  return copy;
}

export function flippedBase64(text: JsonValue, at: number): string {
  return encodeBase64(flipped(decodeBase64(String(text)), at));
}
