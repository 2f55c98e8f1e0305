/** Ways to change an answer. */

import { decodeBase64, decodeUtf8, encodeBase64, type JsonValue, utf8 } from '../../src/core/encoding/index.ts';
import { type HttpRequest, type HttpResponse, matches, type Route } from '../http/index.ts';
import type { Answer } from './misbehaviour.ts';

/** In seconds. */
export const oneDay = 24 * 3600;

/** Answers with other routes, if the request is meant. */
export function asWith(routes: () => readonly Route[], meant: (request: HttpRequest) => boolean = () => true): Answer {
  return (request, right) => {
    if (!meant(request)) return right();
    const { method, url } = request;
    const route = routes().find((one) => one.method === method && matches(one.path, url.pathname));
    return route?.handle(request) ?? right();
  };
}

/** Changes the body of successful answers. */
export function withBody(change: (body: Uint8Array) => Uint8Array, path = /^/): Answer {
  return async ({ url }, right) => {
    const answer = await right();
    return isSuccess(answer) && path.test(url.pathname) ? { ...answer, body: change(answer.body) } : answer;
  };
}

/** Changes the JSON of successful answers. */
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

/** Changes all members of these names, at any depth, or removes them where the change returns `undefined`. */
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

/** Returns a copy with one bit of the byte at an index flipped. A negative index counts from the end. */
export function flipped(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.with(at, (bytes.at(at) ?? 0) ^ 1);
}

export function flippedBase64(text: JsonValue, at: number): string {
  return encodeBase64(flipped(decodeBase64(String(text)), at));
}

/** Replaces one character of the first digest or signature in JSON by the next of its kind, so that it is still hexadecimal or base64. */
export function withOtherCharacter(json: Uint8Array): Uint8Array {
  const text = decodeUtf8(json) ?? '';
  const { 0: run = '', index = 0 } = /[0-9A-Za-z+/]{40,}/.exec(text) ?? {};
  const at = index + run.search(/^[0-9a-f]+$/.test(run) ? /[0-8a-e]/ : /[0-8A-Ya-y]/);
  return utf8(text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) + 1) + text.slice(at + 1));
}

/** Repeats the first answer of each path. */
export function remembering(paths: RegExp): Answer {
  const remembered = new Map<string, Promise<HttpResponse>>();
  return ({ url: { pathname } }, right) => {
    if (!paths.test(pathname)) return right();
    const answer = remembered.get(pathname) ?? right();
    remembered.set(pathname, answer);
    return answer;
  };
}
