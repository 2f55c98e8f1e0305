/** Refusals: to a client in the JSON of OAuth 2.0 (RFC 6749, section 5.2), to a person as a page. */

import { type HttpResponse, jsonResponse, Refusal } from '../http/index.ts';
import { errorPage } from './pages.ts';

/** RFC 6749, sections 4.1.2.1 and 5.2; RFC 8628, section 3.5; OpenID Connect Core 1.0, section 3.1.2.6. */
export type OAuthErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'invalid_scope'
  | 'unsupported_grant_type'
  | 'unsupported_response_type'
  | 'login_required'
  | 'access_denied'
  | 'authorization_pending'
  | 'slow_down'
  | 'expired_token';

/** What no cache may keep: RFC 6749, section 5.1. */
export const noStore = { 'cache-control': 'no-store', pragma: 'no-cache' } as const;

export class OAuthFailure extends Refusal {
  override readonly name = 'OAuthFailure';
  readonly code: OAuthErrorCode;

  constructor(code: OAuthErrorCode, description: string) {
    super(description);
    this.code = code;
  }

  override toResponse(): HttpResponse {
    const unauthorized = this.code === 'invalid_client';
    return jsonResponse(
      unauthorized ? 401 : 400,
      { error: this.code, error_description: this.message },
      { ...noStore, ...(unauthorized ? { 'www-authenticate': 'Basic realm="sandbox"' } : {}) },
    );
  }
}

/** For a person whose request cannot be answered anywhere else: the address to send them back to is not to be trusted. */
export class PageFailure extends Refusal {
  override readonly name = 'PageFailure';
  readonly status: number;

  constructor(message: string, status = 400) {
    super(message);
    this.status = status;
  }

  override toResponse(): HttpResponse {
    return errorPage(this.status, this.message);
  }
}

export function refuseClient(code: OAuthErrorCode, description: string): never {
  throw new OAuthFailure(code, description);
}

export function refusePerson(message: string, status?: number): never {
  throw new PageFailure(message, status);
}
