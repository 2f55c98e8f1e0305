/** Refusals of the artifact service, in the JSON of Twirp (its specification, "Error Codes"), and of the blob store, in Azure's XML. */

import { utf8 } from '../../src/core/encoding/index.ts';
import { type HttpResponse, jsonResponse, Refusal, type Stray } from '../http/index.ts';

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

export type TwirpCode = keyof typeof twirpStatuses;

export class TwirpFailure extends Refusal {
  override readonly name = 'TwirpFailure';
  readonly code: TwirpCode;

  constructor(code: TwirpCode, message: string) {
    super(message);
    this.code = code;
  }

  override toResponse(): HttpResponse {
    return jsonResponse(twirpStatuses[this.code], { code: this.code, msg: this.message });
  }
}

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

export type AzureCode = keyof typeof azureStatuses;

export class AzureFailure extends Refusal {
  override readonly name = 'AzureFailure';
  readonly code: AzureCode;

  constructor(code: AzureCode, message: string) {
    super(message);
    this.code = code;
  }

  override toResponse(): HttpResponse {
    const body = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${this.code}</Code><Message>${this.message}</Message></Error>`;
    const headers = { 'content-type': 'application/xml', 'x-ms-error-code': this.code };
    return { status: azureStatuses[this.code], headers, body: utf8(body) };
  }
}

export function refuseTwirp(code: TwirpCode, message: string): never {
  throw new TwirpFailure(code, message);
}

export function refuseBlob(code: AzureCode, message: string): never {
  throw new AzureFailure(code, message);
}

export const twirpStray: Stray = (method, path, methods) =>
  methods.length === 0
    ? new TwirpFailure('bad_route', `no handler for path ${path}`)
    : new TwirpFailure('bad_route', `unsupported method ${method} (only ${methods.join(', ')} is allowed)`);
