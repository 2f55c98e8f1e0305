/** The device authorization grant (RFC 8628): a program here, a browser anywhere. */

import { type HttpRequest, type HttpResponse, jsonResponse, type Route } from '../http/index.ts';
import { type Sources, secondsAfter } from '../sources.ts';
import { devicePage, type FormState, messagePage } from './pages.ts';
import { noStore, refuseClient } from './refusal.ts';
import {
  type Answer,
  clientId,
  demandVerifier,
  formOfClient,
  formOfPerson,
  isChallenge,
  missingScopes,
  type Parameters,
  personDenied,
  readAnswer,
} from './request.ts';

export const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

interface DeviceAuthorization {
  readonly deviceCode: string;
  readonly userCode: string;
  /** cosign sends one here too, beyond RFC 8628. */
  readonly challenge: string | undefined;
  readonly expires: Date;
  nextPoll: Date;
  intervalSeconds: number;
  /** Absent until the person has decided. */
  answer: Exclude<Answer, { kind: 'invalid' }> | undefined;
}

const lifetimeSeconds = 600;
const intervalSeconds = 1;
const slowDownSeconds = 5;
const maxHeld = 100;

/** The letters of user codes: no vowels, which could make words, and none that looks like another (RFC 8628, section 6.1). */
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
    const path = new URL(this.verificationUri).pathname;
    const page = ({ searchParams }: URL): HttpResponse =>
      this.#page(searchParams.get('user_code') ?? '', { email: '' });
    return [
      { method: 'POST', path: new URL(this.endpoint).pathname, handle: (request) => this.#begin(request) },
      { method: 'GET', path, handle: ({ url }) => page(url) },
      { method: 'POST', path, handle: (request) => this.#decide(request) },
    ];
  }

  /** Returns whose token the program gets, once the person has decided (RFC 8628, sections 3.4 and 3.5). */
  redeem(form: Parameters): { readonly email: string } {
    const code = form.get('device_code') ?? refuseClient('invalid_request', 'The parameter device_code is missing.');
    const held = this.#held.get(code) ?? refuseClient('invalid_grant', 'The device_code is not known.');
    const now = this.#sources.clock();
    if (held.challenge !== undefined) demandVerifier(form, held.challenge);
    if (now >= held.expires) refuseClient('expired_token', 'Nobody signed in in time.');
    const early = now < held.nextPoll;
    if (early) held.intervalSeconds += slowDownSeconds;
    held.nextPoll = secondsAfter(now, held.intervalSeconds);
    if (early) refuseClient('slow_down', `Ask every ${held.intervalSeconds} seconds.`);
    if (held.answer === undefined) return refuseClient('authorization_pending', 'Nobody has signed in yet.');
    this.#held.delete(code);
    if (held.answer.kind === 'denied') refuseClient('access_denied', personDenied);
    return held.answer;
  }

  #begin(request: HttpRequest): HttpResponse {
    const form = formOfClient(request);
    const missing = missingScopes(form);
    if (missing !== undefined) refuseClient('invalid_scope', missing);
    const challenge = form.get('code_challenge');
    if (challenge !== undefined && (!isChallenge(challenge) || form.get('code_challenge_method') !== 'S256')) {
      refuseClient('invalid_request', 'The code_challenge_method must be S256.');
    }
    const now = this.#sources.clock();
    const deviceCode = Buffer.from(this.#sources.random(32)).toString('base64url');
    const userCode = this.#freshUserCode();
    const expires = secondsAfter(now, lifetimeSeconds);
    const held = { deviceCode, userCode, challenge, expires, nextPoll: now, intervalSeconds, answer: undefined };
    this.#held.set(deviceCode, held);
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= maxHeld) break;
      this.#held.delete(oldest);
    }
    const body = {
      device_code: deviceCode,
      user_code: userCode,
      verification_uri: this.verificationUri,
      verification_uri_complete: `${this.verificationUri}?user_code=${userCode}`,
      expires_in: lifetimeSeconds,
      interval: intervalSeconds,
    };
    return jsonResponse(200, body, noStore);
  }

  #decide(request: HttpRequest): HttpResponse {
    const form = formOfPerson(request, this.#issuerUrl);
    const userCode = form.get('user_code') ?? '';
    const held = this.#waitingFor(userCode);
    if (held === undefined) {
      const email = form.get('email') ?? '';
      return this.#page(userCode, { email, error: 'No program is waiting for this code.' });
    }
    const answer = readAnswer(form);
    if (answer.kind === 'invalid') return this.#page(userCode, answer);
    held.answer = answer;
    const [title, message] =
      answer.kind === 'denied'
        ? ['Not signed in', 'The program was told that you declined. You can close this page.']
        : ['Signed in', 'The waiting program continues by itself. You can close this page.'];
    return messagePage(title, message);
  }

  #page(userCode: string, { email, error }: FormState): HttpResponse {
    return devicePage({ action: new URL(this.verificationUri).pathname, clientId, userCode, email, error });
  }

  /** Finds the program that waits for a code, which may be typed in small letters or without the hyphen (RFC 8628, section 6.1). */
  #waitingFor(typed: string): DeviceAuthorization | undefined {
    const plain = (code: string): string => code.toUpperCase().replace(/[^A-Z]/g, '');
    const now = this.#sources.clock();
    return [...this.#held.values()].find(
      ({ userCode, answer, expires }) => plain(userCode) === plain(typed) && answer === undefined && now < expires,
    );
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
