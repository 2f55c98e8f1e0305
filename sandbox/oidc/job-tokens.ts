/** Tokens of CI jobs, and the endpoint where a job asks for its own. */

import { encodeHex, type JsonObject } from '../../src/core/encoding/index.ts';
import { type HttpRequest, type HttpResponse, jsonResponse, type Route } from '../http/index.ts';
import type { Sources } from '../sources.ts';
import { github } from './github.ts';
import type { Claims, JobProvider, SubjectForm } from './job-provider.ts';
import { discoveryRoutes, type TokenIssuer, tokenTimes } from './token-issuer.ts';
import { readTokenQuery } from './token-query.ts';

/** What the following tokens say. */
export interface JobTokenSettings {
  /**
   * Claims in place of those of the provider's example and of those that are computed (`sub`, `aud`, `exp`, …), or
   * besides them. `undefined` leaves a claim out.
   */
  readonly claims?: Claims;
  /** Seconds from now to the end of the token; negative for one that has ended. 300 for GitHub, as it documents. */
  readonly lifetimeSeconds?: number;
  /** Of GitHub's subjects. */
  readonly subjectForm?: SubjectForm;
}

export interface JobTokensOptions {
  readonly provider?: JobProvider;
  /** One of another issuer, to be accepted here too; by default a fresh one. */
  readonly requestToken?: string;
}

/**
 * The token service of a CI system, for one job: GitHub's unless another is named.
 *
 * @example
 * tokens.configure({ claims: { event_name: 'pull_request', ref: 'refs/pull/27/merge' }, lifetimeSeconds: -10 });
 * const expired = await tokens.token('sigstore');
 * tokens.configure(); // as at the start
 */
export class JobTokens {
  readonly issuer: TokenIssuer;
  readonly provider: JobProvider;
  /** The bearer token that a job presents: `ACTIONS_ID_TOKEN_REQUEST_TOKEN`. */
  readonly requestToken: string;
  /** `ACTIONS_ID_TOKEN_REQUEST_URL`. It has a query already, as GitHub's has. */
  readonly requestUrl: string;
  readonly #sources: Sources;
  #settings: JobTokenSettings = {};

  constructor(issuer: TokenIssuer, sources: Sources, { provider = github, requestToken }: JobTokensOptions = {}) {
    this.issuer = issuer;
    this.provider = provider;
    this.requestToken = requestToken ?? encodeHex(sources.random(32));
    this.requestUrl = `${issuer.url}/token?job=1`;
    this.#sources = sources;
  }

  /** Replaces the settings for all following tokens; with none, returns to the defaults. */
  configure(settings: JobTokenSettings = {}): void {
    this.#settings = settings;
  }

  /** A token for one audience; without one, for whom the provider makes it out, which is never Fulcio. */
  async token(audience?: string, settings: JobTokenSettings = this.#settings): Promise<string> {
    const { provider, issuer } = this;
    const job: Claims = { ...provider.example, ...settings.claims };
    const lifetimeSeconds = settings.lifetimeSeconds ?? provider.lifetimeSeconds;
    const claims = {
      ...(provider.numbered ? { jti: this.#freshId() } : {}),
      sub: provider.subject(job, settings.subjectForm ?? 'classic'),
      aud: audience ?? provider.audience(job, issuer.url),
      iss: issuer.url,
      ...tokenTimes(this.#sources.clock(), lifetimeSeconds, provider.leewaySeconds),
      ...job,
    };
    return issuer.sign(withoutUndefined(claims));
  }

  /** Discovery, the key set, and the endpoint, which takes {@link readTokenQuery} too. */
  routes(): readonly Route[] {
    const { example, occasional, keySetPath } = this.provider;
    const claims = ['sub', 'aud', 'exp', 'iat', 'iss', 'jti', 'nbf', ...Object.keys(example), ...occasional];
    const { pathname } = new URL(this.requestUrl);
    return [
      ...discoveryRoutes(this.issuer, claims, { keySetPath }),
      { method: 'GET', path: pathname, handle: (request) => this.#answer(request) },
    ];
  }

  async #answer({ headers, url }: HttpRequest): Promise<HttpResponse> {
    const [scheme = '', token] = String(headers.authorization ?? '').split(' ');
    if (scheme.toLowerCase() !== 'bearer' || token !== this.requestToken) {
      return jsonResponse(
        401,
        { message: 'The request token is missing or not valid.' },
        { 'www-authenticate': 'Bearer' },
      );
    }
    const { audience, claims, ...lifetime } = readTokenQuery(url, this.provider.example);
    const settings = { ...this.#settings, ...lifetime, claims: { ...this.#settings.claims, ...claims } };
    return jsonResponse(200, { count: 1, value: await this.token(audience, settings) });
  }

  #freshId(): string {
    return encodeHex(this.#sources.random(16)).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }
}

function withoutUndefined(claims: Claims): JsonObject {
  return Object.fromEntries(
    Object.entries(claims).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
