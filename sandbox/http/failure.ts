/** Refusals. Each service words its own; Fulcio and Rekor v2 answer with the JSON of a gRPC status (grpc-gateway). */

import type { JsonObject } from '../../src/core/encoding/index.ts';
import { type HttpResponse, jsonResponse } from './message.ts';

/** What a service throws to answer with something other than what was asked for. */
export abstract class Refusal extends Error {
  abstract toResponse(): HttpResponse;
}

/** The status codes of gRPC that the sandbox's services use, with the HTTP status grpc-gateway gives them. */
export const grpcStatuses = {
  invalidArgument: { code: 3, http: 400 },
  notFound: { code: 5, http: 404 },
  alreadyExists: { code: 6, http: 409 },
  unimplemented: { code: 12, http: 501 },
  internal: { code: 13, http: 500 },
  unavailable: { code: 14, http: 503 },
} as const;

export type GrpcStatus = keyof typeof grpcStatuses;

export class ServiceFailure extends Refusal {
  override readonly name = 'ServiceFailure';
  readonly status: GrpcStatus;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: GrpcStatus, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }

  get httpStatus(): number {
    return grpcStatuses[this.status].http;
  }

  toJson(): JsonObject {
    return { code: grpcStatuses[this.status].code, message: this.message, details: [] };
  }

  override toResponse(): HttpResponse {
    return jsonResponse(this.httpStatus, this.toJson(), this.headers);
  }
}

/** Throws; an expression, so that it can stand on the right of `??`. */
export function refuse(status: GrpcStatus, message: string, headers?: Readonly<Record<string, string>>): never {
  throw new ServiceFailure(status, message, headers);
}
