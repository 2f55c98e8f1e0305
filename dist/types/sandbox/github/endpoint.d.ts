/** Describes the endpoints of the API by their paths after a repository, and reads and writes the parts that they share. */
import { type JsonObject } from '../../src/core/encoding/json.ts';
import { type JsonValue } from '../../src/core/encoding/json.ts';
import { type HttpRequest } from '../http/message.ts';
import { type HttpResponse } from '../http/message.ts';
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
/** Reports whether a path matches the pattern of an endpoint. */
export declare function isAt(pattern: string, path: readonly string[]): boolean;
export declare function json(status: number, value: JsonValue, headers?: Readonly<Record<string, string>>): HttpResponse;
export declare function notFound(): never;
/** Returns the JSON object that a request has as its body. */
export declare function bodyOf({ body }: HttpRequest): JsonObject;
/** Returns a text in the body of a request; `undefined` if there is none. */
export declare function textOf(body: JsonObject, member: string, resource: string, maxLength?: number): string | undefined;
/** Refuses a request as invalid. */
export declare function invalid(resource: string, field: string, code: string): never;
