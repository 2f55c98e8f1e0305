/** Tokens of CI jobs, and the endpoint at which a job requests them. */

import { encodeHex, type JsonObject } from '../../src/core/encoding/index.ts';
import { type HttpRequest, type HttpResponse, jsonResponse, type Route } from '../http/index.ts';
import type { Sources } from '../sources.ts';
import { github } from './github.ts';
import type { Claims, JobProvider, SubjectForm } from './job-provider.ts';
import { discoveryRoutes, type TokenIssuer, tokenTimes } from './token-issuer.ts';
import { readTokenQuery } from './token-query.ts';

/** The settings of the following tokens. */
export interface JobTokenSettings {
  /** Claims that replace or extend the provider's example and the computed ones (`sub`, `exp`, …). `undefined` omits one. */
  readonly claims?: Claims;
  /** Seconds from now to the end of the token, negative for an expired one; by default the provider's. */
  readonly lifetimeSeconds?: number;
  /** The form of GitHub's subjects. */
  readonly subjectForm?: SubjectForm;
}

export interface JobTokensOptions {
  readonly provider?: JobProvider;
  /** The request token of another issuer, to be accepted here, too; by default a fresh one. */
  readonly requestToken?: string;
}

/**
 * The token service of a CI system, by default GitHub's, for one job.
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
  /** `ACTIONS_ID_TOKEN_REQUEST_URL`. Like GitHub's, it has a query already. */
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

  /** Replaces the settings for all following tokens, by default with the initial ones. */
  configure(settings: JobTokenSettings = {}): void {
    this.#settings = settings;
  }

  /** Returns a token for an audience; by default for the provider's, which is never Fulcio. */
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

  /** Returns discovery, the key set, and the endpoint, which takes the query of `readTokenQuery`. */
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
