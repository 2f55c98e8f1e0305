/** Refusals: the answers to requests that are not served, in the format of the service that each part of the sandbox stands for. */

import { type JsonObject, type JsonValue, utf8 } from '../../src/core/encoding/index.ts';
import { type HttpResponse, jsonResponse } from './message.ts';

type Headers = HttpResponse['headers'];

/** An error that a service throws to answer with something other than what was asked for. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly response: HttpResponse;

  constructor(message: string, response: HttpResponse) {
    super(message);
    this.response = response;
  }
}

/** Refuses, as each function here, by throwing: an expression of type `never`, which can stand on the right of `??`. */
function refuseJson(message: string, status: number, body: JsonObject, headers?: Headers): never {
  throw new Refusal(message, jsonResponse(status, body, headers));
}

/** Refuses in plain text. */
export function refusePlainly(status: number, message: string): never {
  throw new Refusal(message, { status, headers: { 'content-type': 'text/plain' }, body: utf8(`${message}\n`) });
}

/** Refuses a request that no route of an origin takes. `methods` are those that its path takes, if any. */
export type Stray = (method: string, path: string, methods: readonly string[]) => never;

/** The gRPC statuses in use, with the HTTP status that grpc-gateway gives them. */
const grpcStatuses = {
  invalidArgument: { code: 3, http: 400 },
  notFound: { code: 5, http: 404 },
  alreadyExists: { code: 6, http: 409 },
  unimplemented: { code: 12, http: 501 },
  internal: { code: 13, http: 500 },
  unavailable: { code: 14, http: 503 },
} as const;

/** Returns the JSON of a gRPC status (grpc-gateway), in which Fulcio and Rekor v2 refuse. */
export function grpcError(status: keyof typeof grpcStatuses, message: string, headers?: Headers): HttpResponse {
  const { code, http } = grpcStatuses[status];
  return jsonResponse(http, { code, message, details: [] }, headers);
}

/** Refuses as Fulcio and Rekor v2 do. */
export function refuse(status: keyof typeof grpcStatuses, message: string, headers?: Headers): never {
  throw new Refusal(message, grpcError(status, message, headers));
}

export const grpcStray: Stray = (_method, _path, methods) =>
  methods.length === 0 ? refuse('notFound', 'Not Found') : refuse('unimplemented', 'Method Not Allowed');

/** Refuses as Rekor v1 does: `{code, message}` (rekor, pkg/api/error.go). */
export function refuseRekor(status: number, message: string, headers?: Headers, code = status): never {
  refuseJson(message, status, { code, message }, headers);
}

/** Refuses an entry that is invalid in itself. */
export function refuseEntry(reason: string): never {
  refuseRekor(400, `error processing entry: ${reason}`);
}

/** Refuses a parameter of the wrong type (601), a missing one (602) or one of the wrong form (605), with go-openapi's own codes. */
export function refuseParameter(code: 601 | 602 | 605, message: string): never {
  refuseRekor(422, message, undefined, code);
}

export const rekorStray: Stray = (method, path, methods) =>
  methods.length === 0
    ? refuseRekor(404, `path ${path} was not found`)
    : refuseRekor(405, `method ${method} is not allowed, but [${methods.join(',')}] are`);

const twirpStatuses = {
  invalid_argument: 400,
  malformed: 400,
  unauthenticated: 401,
  permission_denied: 403,
  not_found: 404,
  bad_route: 404,
  already_exists: 409,
  failed_precondition: 412,
} as const;

/** Refuses in the JSON of Twirp (its specification, "Error Codes"), as GitHub's artifact service does. */
export function refuseTwirp(code: keyof typeof twirpStatuses, message: string): never {
  refuseJson(message, twirpStatuses[code], { code, msg: message });
}

export const twirpStray: Stray = (method, path, methods) =>
  methods.length === 0
    ? refuseTwirp('bad_route', `no handler for path ${path}`)
    : refuseTwirp('bad_route', `unsupported method ${method} (only ${methods.join(', ')} is allowed)`);

const azureStatuses = {
  AuthenticationFailed: 403,
  AuthorizationPermissionMismatch: 403,
  BlobImmutableDueToPolicy: 409,
  BlobNotFound: 404,
  InvalidBlobOrBlock: 400,
  InvalidBlockList: 400,
  InvalidQueryParameterValue: 400,
  InvalidXmlDocument: 400,
} as const;

/** Refuses in the XML of Azure's blob storage. */
export function refuseBlob(code: keyof typeof azureStatuses, message: string): never {
  const body = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  const headers = { 'content-type': 'application/xml', 'x-ms-error-code': code };
  throw new Refusal(message, { status: azureStatuses[code], headers, body: utf8(body) });
}

/** The error codes of the distribution specification, with the statuses that the distribution project's registry gives them. */
const registryStatuses = {
  BLOB_UNKNOWN: 404,
  BLOB_UPLOAD_INVALID: 400,
  BLOB_UPLOAD_UNKNOWN: 404,
  DENIED: 403,
  DIGEST_INVALID: 400,
  MANIFEST_BLOB_UNKNOWN: 400,
  MANIFEST_INVALID: 400,
  MANIFEST_UNKNOWN: 404,
  NAME_INVALID: 400,
  NAME_UNKNOWN: 404,
  SIZE_INVALID: 413,
  UNAUTHORIZED: 401,
  UNSUPPORTED: 405,
} as const;

export interface RegistryRefusal {
  /** A status other than the usual one of the code. */
  readonly status?: number;
  readonly headers?: Headers;
  readonly detail?: JsonValue;
}

/** Returns the JSON in which registries refuse (the distribution specification, "Error Codes"). */
export function registryError(
  code: keyof typeof registryStatuses,
  message: string,
  { status = registryStatuses[code], headers, detail }: RegistryRefusal = {},
): HttpResponse {
  const error = { code, message, ...(detail === undefined ? {} : { detail }) };
  return jsonResponse(status, { errors: [error] }, headers);
}

/** Refuses as a registry does. */
export function refuseRegistry(...refusal: Parameters<typeof registryError>): never {
  throw new Refusal(refusal[1], registryError(...refusal));
}

export const registryStray: Stray = (method, _path, methods) =>
  methods.length === 0
    ? refusePlainly(404, '404 page not found')
    : refuseRegistry('UNSUPPORTED', `the method ${method} is not supported`);

/** Refuses as GitHub's REST API does. */
export function refuseGitHub(
  status: number,
  message: string,
  headers?: Headers,
  errors?: readonly JsonObject[],
): never {
  const documentation = 'https://docs.github.com/rest';
  const body = { message, ...(errors && { errors }), documentation_url: documentation, status: String(status) };
  refuseJson(message, status, body, headers);
}

export const gitHubStray: Stray = () => refuseGitHub(404, 'Not Found');
