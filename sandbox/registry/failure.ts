/** Refusals in the JSON of the distribution specification ("Error Codes"), and those that it has no code for, in plain text. */

import { type JsonValue, utf8 } from '../../src/core/encoding/index.ts';
import { type HttpResponse, jsonResponse, Refusal, type Stray } from '../http/index.ts';

/** With the statuses that the distribution project's registry gives them. */
const statuses = {
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

export type RegistryCode = keyof typeof statuses;

export interface FailureDetails {
  /** Where it is not the usual one of the code. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly detail?: JsonValue;
}

export class RegistryFailure extends Refusal {
  override readonly name = 'RegistryFailure';
  readonly code: RegistryCode;
  readonly #details: FailureDetails;

  constructor(code: RegistryCode, message: string, details: FailureDetails = {}) {
    super(message);
    this.code = code;
    this.#details = details;
  }

  override toResponse(): HttpResponse {
    const { status = statuses[this.code], headers = {}, detail } = this.#details;
    const error = { code: this.code, message: this.message, ...(detail === undefined ? {} : { detail }) };
    return jsonResponse(status, { errors: [error] }, headers);
  }
}

/** A status for which the specification has no code. */
export class PlainFailure extends Refusal {
  override readonly name = 'PlainFailure';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }

  override toResponse(): HttpResponse {
    return { status: this.status, headers: { 'content-type': 'text/plain' }, body: utf8(`${this.message}\n`) };
  }
}

export function refuseRegistry(code: RegistryCode, message: string, details?: FailureDetails): never {
  throw new RegistryFailure(code, message, details);
}

export function refusePlainly(status: number, message: string): never {
  throw new PlainFailure(status, message);
}

export const registryStray: Stray = (method, _path, methods) =>
  methods.length === 0
    ? new PlainFailure(404, '404 page not found')
    : new RegistryFailure('UNSUPPORTED', `the method ${method} is not supported`);
