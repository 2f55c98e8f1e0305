/** The device authorization grant (RFC 8628): a program here, a browser anywhere. */

import { type HttpRequest, type HttpResponse, jsonResponse, type Route } from '../http/index.ts';
import { isEmailAddress } from '../oidc/index.ts';
import { type Sources, secondsAfter } from '../sources.ts';
import { clientId, formOfClient } from './client.ts';
import { formOfPerson } from './form-origin.ts';
import { devicePage, messagePage } from './pages.ts';
import type { Parameters } from './parameters.ts';
import { answers, isChallenge } from './pkce.ts';
import { noStore, refuseClient } from './refusal.ts';
import { missingScopes } from './scopes.ts';

export const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

type Decision =
  | { readonly kind: 'pending' }
  | { readonly kind: 'approved'; readonly email: string }
  | { readonly kind: 'denied' };

interface DeviceAuthorization {
  readonly deviceCode: string;
  readonly userCode: string;
  /** cosign sends one here too, beyond RFC 8628. */
  readonly challenge: string | undefined;
  readonly expires: Date;
  readonly nextPoll: Date;
  readonly intervalSeconds: number;
  readonly decision: Decision;
}

const lifetimeSeconds = 600;
const intervalSeconds = 1;
const slowDownSeconds = 5;
const maxHeld = 100;

/** No vowels, so that no words come out, and nothing that looks like something else (RFC 8628, section 6.1). */
const letters = 'BCDFGHJKLMNPQRSTVWXZ';

export class DeviceFlow {
  readonly endpoint: string;
  readonly verificationUri: string;
  readonly #issuerUrl: string;
  readonly #sources: Sources;
  readonly #held = new Map<string, DeviceAuthorization>();

  constructor(issuerUrl: string, sources: Sources) {
    this.endpoint = `${issuerUrl}/device/code`;
    this.verificationUri = `${issuerUrl}/device`;
    this.#issuerUrl = issuerUrl;
    this.#sources = sources;
  }

  routes(): readonly Route[] {
    const page = new URL(this.verificationUri).pathname;
    return [
      { method: 'POST', path: new URL(this.endpoint).pathname, handle: (request) => this.#begin(request) },
      {
        method: 'GET',
        path: page,
        handle: ({ url }) => this.#page({ userCode: url.searchParams.get('user_code') ?? '', email: '' }),
      },
      { method: 'POST', path: page, handle: (request) => this.#decide(request) },
    ];
  }

  /** Whose token the program gets, if the person has decided (RFC 8628, sections 3.4 and 3.5). */
  redeem(form: Parameters): { readonly email: string } {
    const code = form.get('device_code') ?? refuseClient('invalid_request', 'The parameter device_code is missing.');
    const held = this.#held.get(code) ?? refuseClient('invalid_grant', 'The device_code is not known.');
    const now = this.#sources.clock();
    if (held.challenge !== undefined && !answers(held.challenge, form.get('code_verifier') ?? '')) {
      refuseClient('invalid_grant', 'The code_verifier does not belong to the code_challenge.');
    }
    if (now >= held.expires) refuseClient('expired_token', 'Nobody signed in in time.');
    const early = now < held.nextPoll;
    const interval = held.intervalSeconds + (early ? slowDownSeconds : 0);
    this.#held.set(code, { ...held, intervalSeconds: interval, nextPoll: secondsAfter(now, interval) });
    if (early) refuseClient('slow_down', `Ask every ${interval} seconds.`);
    if (held.decision.kind === 'pending') refuseClient('authorization_pending', 'Nobody has signed in yet.');
    this.#held.delete(code);
    if (held.decision.kind === 'denied') refuseClient('access_denied', 'The person did not want to sign in.');
    return held.decision;
  }

  #begin(request: HttpRequest): HttpResponse {
    const form = formOfClient(request);
    const missing = missingScopes(form);
    if (missing !== undefined) refuseClient('invalid_scope', missing);
    const challenge = form.get('code_challenge');
    const method = form.get('code_challenge_method');
    if (challenge !== undefined && (!isChallenge(challenge) || method !== 'S256')) {
      refuseClient('invalid_request', 'The code_challenge_method must be S256.');
    }
    const now = this.#sources.clock();
    const held: DeviceAuthorization = {
      deviceCode: Buffer.from(this.#sources.random(32)).toString('base64url'),
      userCode: this.#freshUserCode(),
      challenge,
      expires: secondsAfter(now, lifetimeSeconds),
      nextPoll: now,
      intervalSeconds,
      decision: { kind: 'pending' },
    };
    this.#hold(held);
    return jsonResponse(
      200,
      {
        device_code: held.deviceCode,
        user_code: held.userCode,
        verification_uri: this.verificationUri,
        verification_uri_complete: `${this.verificationUri}?user_code=${held.userCode}`,
        expires_in: lifetimeSeconds,
        interval: intervalSeconds,
      },
      noStore,
    );
  }

  #decide(request: HttpRequest): HttpResponse {
    const form = formOfPerson(request, this.#issuerUrl);
    const userCode = form.get('user_code') ?? '';
    const email = form.get('email') ?? '';
    const held = this.#waitingFor(userCode);
    if (held === undefined) return this.#page({ userCode, email, error: 'No program waits for this code any more.' });
    if (form.get('decision') === 'deny') {
      this.#hold({ ...held, decision: { kind: 'denied' } });
      return messagePage(
        'Not signed in',
        'The program has been told that you did not want to. You can close this page.',
      );
    }
    if (!isEmailAddress(email)) {
      return this.#page({ userCode, email, error: 'This is not an e-mail address that a certificate can name.' });
    }
    this.#hold({ ...held, decision: { kind: 'approved', email } });
    return messagePage('Signed in', 'The program that was waiting goes on by itself. You can close this page.');
  }

  #page(state: { readonly userCode: string; readonly email: string; readonly error?: string }): HttpResponse {
    return devicePage({ action: new URL(this.verificationUri).pathname, clientId, ...state });
  }

  /** However it was typed: small letters, no hyphen (RFC 8628, section 6.1). */
  #waitingFor(typed: string): DeviceAuthorization | undefined {
    const plain = (code: string): string => code.toUpperCase().replace(/[^A-Z]/g, '');
    const now = this.#sources.clock();
    return [...this.#held.values()].find(
      ({ userCode, decision, expires }) =>
        plain(userCode) === plain(typed) && decision.kind === 'pending' && now < expires,
    );
  }

  #hold(held: DeviceAuthorization): void {
    this.#held.set(held.deviceCode, held);
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= maxHeld) break;
      this.#held.delete(oldest);
    }
  }

  #freshUserCode(): string {
    let code = '';
    while (code.length < 8) {
      // 240 is a multiple of 20: no letter is likelier than another.
      for (const byte of this.#sources.random(16)) if (byte < 240) code += letters[byte % letters.length];
    }
    return `${code.slice(0, 4)}-${code.slice(4, 8)}`;
  }
}
