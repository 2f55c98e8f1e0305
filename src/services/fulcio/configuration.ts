/** The configuration that a certificate authority publishes: the issuers whose tokens it accepts. */

import { ProtoField } from '../../core/encoding/index.ts';
import { expectStatus, type Http, type HttpRequest } from '../http/index.ts';

/** An issuer, as the certificate authority is configured. */
export interface ConfiguredIssuer {
  /** The kind of identity, in Fulcio's words: `email`, `username`, `ci-provider` and others. */
  readonly type: string;
  /** The domain of user names. */
  readonly subjectDomain: string;
}

const maxIssuers = 1024;

/**
 * Returns the configuration for an issuer; `undefined` if the authority does not list it. It is a hint on what certificates will contain,
 * and never a reason to trust one.
 *
 * @throws CountersignError `SERVICE_UNAVAILABLE`, `SERVICE_REFUSED`, `SERVICE_RESPONSE_INVALID`
 */
export async function findIssuer(http: Http, baseUrl: string, issuer: string): Promise<ConfiguredIssuer | undefined> {
  const request: HttpRequest = {
    method: 'GET',
    url: new URL(`${baseUrl.replace(/\/$/, '')}/api/v2/configuration`),
    headers: { accept: 'application/json' },
    service: 'the certificate authority',
    quotes: 'code',
    timeoutMilliseconds: 10_000,
    maxBodyLength: 1024 * 1024,
  };
  const { body } = expectStatus(request, await http(request), 200);
  const what = `the configuration of the certificate authority (${request.url.origin})`;
  const issuers = ProtoField.parse(body, 'SERVICE_RESPONSE_INVALID', what).field('issuers').list(maxIssuers);
  const found = issuers.find((one) => one.field('issuerUrl').string() === issuer);
  return found && { type: found.field('issuerType').string(), subjectDomain: found.field('subjectDomain').string() };
}
