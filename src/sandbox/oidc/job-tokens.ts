/** Tokens of GitHub Actions jobs, and the endpoint where a job asks for its own. */

import { encodeHex, type JsonObject } from '../../core/encoding/index.ts';
import { type HttpRequest, type HttpResponse, jsonResponse, type Route } from '../http/index.ts';
import { keep, MemoryStorage, type Storage } from '../storage/index.ts';
import type { World } from '../world.ts';
import { exampleJob, type JobClaims, jobSubject, type SubjectForm } from './claims.ts';
import { discoveryRoutes, type TokenIssuer, tokenTimes } from './token-issuer.ts';

/** What the following tokens say. */
export interface JobTokenSettings {
  /**
   * Claims in place of those of {@link exampleJob} and of those that are computed (`sub`, `aud`, `exp`, …), or besides
   * them. `undefined` leaves a claim out.
   */
  readonly claims?: Readonly<Record<string, JsonObject[string] | undefined>>;
  /** Seconds from now to the end of the token; negative for one that has ended. 300, as GitHub documents. */
  readonly lifetimeSeconds?: number;
  readonly subjectForm?: SubjectForm;
}

/**
 * GitHub's token service for one job.
 *
 * @example
 * tokens.configure({ claims: { event_name: 'pull_request', ref: 'refs/pull/27/merge' }, lifetimeSeconds: -10 });
 * const expired = await tokens.token('sigstore');
 * tokens.configure(); // as at the start
 */
export class JobTokens {
  readonly issuer: TokenIssuer;
  /** The bearer token that a job presents: `ACTIONS_ID_TOKEN_REQUEST_TOKEN`. */
  readonly requestToken: string;
  /** `ACTIONS_ID_TOKEN_REQUEST_URL`. It has a query already, as GitHub's has. */
  readonly requestUrl: string;
  readonly #world: World;
  #settings: JobTokenSettings = {};

  /** The request token is kept too; by default in memory. */
  constructor(issuer: TokenIssuer, world: World, storage: Storage = new MemoryStorage()) {
    this.issuer = issuer;
    this.requestToken = encodeHex(keep(storage, 'request-token', () => world.random(32)));
    this.requestUrl = `${issuer.url}/token?job=1`;
    this.#world = world;
  }

  /** Replaces the settings for all following tokens; with none, returns to the defaults. */
  configure(settings: JobTokenSettings = {}): void {
    this.#settings = settings;
  }

  /** A token for one audience; without one, for the owner's page, as GitHub does it. */
  async token(audience?: string, settings: JobTokenSettings = this.#settings): Promise<string> {
    const job = { ...exampleJob, ...settings.claims } as JobClaims;
    const claims = {
      jti: this.#freshId(),
      sub: jobSubject(job, settings.subjectForm ?? 'classic'),
      aud: audience ?? `https://github.com/${job.repository_owner}`,
      iss: this.issuer.url,
      ...tokenTimes(this.#world.clock(), settings.lifetimeSeconds ?? 300),
      ...job,
    };
    return this.issuer.sign(withoutUndefined(claims));
  }

  routes(): readonly Route[] {
    const claims = [
      'sub',
      'aud',
      'exp',
      'iat',
      'iss',
      'jti',
      'nbf',
      ...Object.keys(exampleJob),
      'environment',
      'enterprise',
    ];
    const { pathname } = new URL(this.requestUrl);
    return [
      ...discoveryRoutes(this.issuer, claims),
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
    return jsonResponse(200, { count: 1, value: await this.token(url.searchParams.get('audience') ?? undefined) });
  }

  #freshId(): string {
    return encodeHex(this.#world.random(16)).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }
}

function withoutUndefined(claims: Readonly<Record<string, JsonObject[string] | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(claims).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
