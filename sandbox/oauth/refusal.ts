/** Refusals of the OAuth endpoints: to clients in JSON, to people as pages. */

import { jsonResponse, Refusal } from '../http/index.ts';
import { errorPage } from './pages.ts';

/** The error codes in use: RFC 6749, sections 4.1.2.1 and 5.2; RFC 8628, section 3.5; OpenID Connect Core 1.0, section 3.1.2.6. */
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

/** The headers of answers that no cache may keep (RFC 6749, section 5.1). */
export const noStore = { 'cache-control': 'no-store', pragma: 'no-cache' } as const;

/** Refuses a client in the JSON of OAuth 2.0 (RFC 6749, section 5.2). */
export function refuseClient(code: OAuthErrorCode, description: string): never {
  const unauthorized = code === 'invalid_client';
  const headers = { ...noStore, ...(unauthorized ? { 'www-authenticate': 'Basic realm="sandbox"' } : {}) };
  throw new Refusal(
    description,
    jsonResponse(unauthorized ? 401 : 400, { error: code, error_description: description }, headers),
  );
}

/** Refuses a person with a page, where the address to send them back to cannot be trusted. */
export function refusePerson(message: string, status = 400): never {
  throw new Refusal(message, errorPage(status, message));
}
