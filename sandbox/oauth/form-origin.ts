/** Forms are taken from the issuer's own pages alone (cross-site request forgery). */

import type { HttpRequest } from '../http/index.ts';
import { formOf, type Parameters } from './parameters.ts';
import { refusePerson } from './refusal.ts';

/** Reads a form that a person sent off. Programs that are no browser send no origin. */
export function formOfPerson(request: HttpRequest, issuerUrl: string): Parameters {
  const { origin } = new URL(issuerUrl);
  if ((request.headers.origin ?? origin) !== origin) {
    refusePerson(`This form does not come from a page of the sandbox. Its pages are at ${origin}.`, 403);
  }
  return formOf(request) ?? refusePerson('This is not a form of the sandbox.');
}
