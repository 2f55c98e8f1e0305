/** Describes the endpoints of the API by their paths after a repository, and reads and writes the parts that they share. */

import { asObject, asText, type JsonObject, type JsonValue, parseJson } from '../../src/core/encoding/index.ts';
import { attempt } from '../../src/core/errors/index.ts';
import { type HttpRequest, type HttpResponse, jsonResponse, refuseGitHub } from '../http/index.ts';
import type { SandboxRepository } from './repository.ts';
import type { Caller, Permissions } from './tokens.ts';

/** A request, with the repository and the parts of the path that it is about. */
export interface Call {
  readonly request: HttpRequest;
  readonly caller: Caller | undefined;
  readonly repository: SandboxRepository;
  /** The parts of the path after the repository, decoded. */
  readonly path: readonly string[];
}

export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** The host: that of uploads, or by default the API. */
  readonly host?: 'uploads';
  /** The path after the repository. `*` stands for one part. */
  readonly path: string;
  readonly scope: keyof Permissions;
  readonly level: 'read' | 'write';
  readonly answer: (call: Call) => HttpResponse;
}

/** The longest text of an issue or a comment. */
const maxText = 65_536;

/** Reports whether a path matches the pattern of an endpoint. */
export function isAt(pattern: string, path: readonly string[]): boolean {
  const parts = pattern === '' ? [] : pattern.split('/');
  return parts.length === path.length && parts.every((part, at) => part === '*' || part === path[at]);
}

export function json(status: number, value: JsonValue, headers: Readonly<Record<string, string>> = {}): HttpResponse {
  return jsonResponse(status, value, { 'content-type': 'application/json; charset=utf-8', ...headers });
}

export function notFound(): never {
  return refuseGitHub(404, 'Not Found');
}

/** Returns the JSON object that a request has as its body. */
export function bodyOf({ body }: HttpRequest): JsonObject {
  return asObject(attempt(() => parseJson(body))) ?? refuseGitHub(400, 'Problems parsing JSON');
}

/** Returns a text in the body of a request; `undefined` if there is none. */
export function textOf(body: JsonObject, member: string, resource: string, maxLength = maxText): string | undefined {
  const value = body[member];
  if (value === undefined || value === null) return undefined;
  const text = asText(value) ?? invalid(resource, member, 'invalid');
  return text.length > maxLength ? invalid(resource, member, 'invalid') : text;
}

/** Refuses a request as invalid. */
export function invalid(resource: string, field: string, code: string): never {
  return refuseGitHub(422, 'Validation Failed', {}, [{ resource, field, code }]);
}
