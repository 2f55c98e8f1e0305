/** Refusals of Rekor v1: `{code, message}` (rekor, pkg/api/error.go), or those of go-openapi, which has codes of its own. */

import { type HttpResponse, jsonResponse, Refusal, type Stray } from '../http/index.ts';

export class RekorFailure extends Refusal {
  override readonly name = 'RekorFailure';
  readonly httpStatus: number;
  readonly code: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    httpStatus: number,
    message: string,
    { code = httpStatus, headers = {} }: { code?: number; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message);
    this.httpStatus = httpStatus;
    this.code = code;
    this.headers = headers;
  }

  override toResponse(): HttpResponse {
    return jsonResponse(this.httpStatus, { code: this.code, message: this.message }, this.headers);
  }
}

/** An entry that is not there: the one refusal without a body. */
export class EntryNotFound extends Refusal {
  override readonly name = 'EntryNotFound';

  override toResponse(): HttpResponse {
    return { status: 404, headers: {}, body: new Uint8Array() };
  }
}

/** Throws what is said of an entry that is wrong in itself. */
export function refuseEntry(reason: string): never {
  throw new RekorFailure(400, `error processing entry: ${reason}`);
}

/** Throws what go-openapi says of a parameter that is missing (602) or has the wrong form (605). */
export function refuseParameter(code: 602 | 605 | 601, message: string): never {
  throw new RekorFailure(422, message, { code });
}

/** go-openapi's words for a path that it does not have, or not with this method. */
export const rekorStray: Stray = (method, path, methods) =>
  methods.length === 0
    ? new RekorFailure(404, `path ${path} was not found`)
    : new RekorFailure(405, `method ${method} is not allowed, but [${methods.join(',')}] are`);
