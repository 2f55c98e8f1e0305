/** The one client there is, a public one, as on the public instance: Sigstore's own programs. */

import type { HttpRequest } from '../http/index.ts';
import { formOf, type Parameters } from './parameters.ts';
import { refuseClient } from './refusal.ts';

export const clientId = 'sigstore';

/**
 * Reads a form that a client posts, and who the client says it is: in the header with an empty secret (sigstore-python,
 * and Go's oauth2 first), or in the form (cosign's device flow). RFC 6749, section 2.3.1.
 */
export function formOfClient(request: HttpRequest): Parameters {
  const form = formOf(request) ?? refuseClient('invalid_request', 'The request is not a form.');
  const [repeated] = form.repeated;
  if (repeated !== undefined) refuseClient('invalid_request', 'A parameter is there more than once.');
  const named = basicCredentials(request) ?? { id: form.get('client_id'), secret: form.get('client_secret') ?? '' };
  if (named.id !== clientId || named.secret !== '') refuseClient('invalid_client', 'There is no such client.');
  if ((form.get('client_id') ?? clientId) !== clientId) {
    refuseClient('invalid_request', 'The client calls itself two names.');
  }
  return form;
}

interface Credentials {
  readonly id: string | undefined;
  readonly secret: string;
}

function basicCredentials({ headers }: HttpRequest): Credentials | undefined {
  const { authorization } = headers;
  if (authorization === undefined) return undefined;
  const [, encoded = ''] = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(String(authorization)) ?? [];
  const [, id, secret = ''] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
  return { id, secret };
}
