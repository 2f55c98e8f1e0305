/** The identity provider as a client of OpenID Connect sees it. The library does the protocol; requests go through our own client. */

import * as oauth from 'oauth4webapi';
import { fail } from '../../core/errors/index.ts';
import { isSafeUrl, shownUrl } from '../../core/trust/index.ts';
import { Secret } from '../../node/index.ts';
import { expectStatus, type HttpRequest } from '../../services/http/index.ts';
import type { LoginWorld } from './settings.ts';

/** The redirect URI of a login whose code the person copies: the page of the provider shows it. */
export const outOfBand = 'urn:ietf:wg:oauth:2.0:oob';

const scope = 'openid email';
/** In seconds, for the difference between the clocks of this machine and of the provider. */
const tolerance = 60;

/** A login that the person can finish in a browser, at `url`. */
export interface AuthorizationRequest {
  readonly url: URL;
  readonly redirectUri: string;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: Secret;
}

/** A login that the person can finish on another device, by opening `url` and comparing or entering `userCode`. */
export interface DeviceRequest {
  readonly url: URL;
  readonly userCode: string;
  readonly deviceCode: Secret;
  readonly verifier: Secret;
  readonly intervalSeconds: number;
}

type RequestWorld = Pick<LoginWorld, 'http' | 'clock' | 'random'>;

export class IdentityProvider {
  readonly #server: oauth.AuthorizationServer;
  readonly #client: oauth.Client;
  readonly #world: RequestWorld;

  private constructor(server: oauth.AuthorizationServer, client: oauth.Client, world: RequestWorld) {
    this.#server = server;
    this.#client = client;
    this.#world = world;
  }

  /**
   * Fetches the discovery document of an issuer.
   *
   * @throws CountersignError `USAGE` for an unsafe URL; `SERVICE_RESPONSE_INVALID`; those of the provider
   */
  static async discover(issuer: string, clientId: string, world: RequestWorld): Promise<IdentityProvider> {
    const url = URL.canParse(issuer) ? new URL(issuer) : undefined;
    if (url === undefined || !isSafeUrl(url))
      fail(
        'USAGE',
        `the OIDC issuer ${JSON.stringify(shownUrl(issuer))} is not an https URL, or an http URL of this machine`,
        {
          remedy: 'Correct `oidc-issuer`.',
        },
      );
    const server = await checked('the discovery document', 'SERVICE_RESPONSE_INVALID', url, async () =>
      oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, { ...options(world), algorithm: 'oidc' })),
    );
    // The library reads its clock from the system.
    const client = {
      client_id: clientId,
      [oauth.clockSkew]: Math.round((world.clock().getTime() - Date.now()) / 1000),
      [oauth.clockTolerance]: tolerance,
    };
    return new IdentityProvider(server, client, world);
  }

  get issuer(): string {
    return this.#server.issuer;
  }

  /** Begins the authorization code flow, with PKCE. */
  async authorize(redirectUri: string): Promise<AuthorizationRequest> {
    const url = this.#endpoint('authorization_endpoint', this.#server.authorization_endpoint);
    const [state, nonce, verifier] = [this.#token(), this.#token(), this.#token()];
    const parameters = {
      response_type: 'code',
      client_id: this.#client.client_id,
      redirect_uri: redirectUri,
      scope,
      state,
      nonce,
      ...(await challengeOf(verifier)),
    };
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    return { url, redirectUri, state, nonce, verifier: new Secret(verifier) };
  }

  /**
   * Checks the answer of the redirect, and redeems its code.
   *
   * @returns the identity token
   * @throws CountersignError `LOGIN_INVALID`, `LOGIN_REFUSED`; those of the provider
   */
  redeem(request: AuthorizationRequest, answer: URLSearchParams): Promise<Secret> {
    return this.#checked('the answer', async () =>
      this.#exchange(request, oauth.validateAuthResponse(this.#server, this.#client, answer, request.state)),
    );
  }

  /** Redeems a code that the person has copied. The page shows only the code, so there is no state to compare; the nonce is checked. */
  redeemCopied(request: AuthorizationRequest, code: string): Promise<Secret> {
    const answer = new URLSearchParams({ code, iss: this.issuer });
    return this.#checked('the answer', async () =>
      this.#exchange(request, oauth.validateAuthResponse(this.#server, this.#client, answer, oauth.expectNoState)),
    );
  }

  async #exchange(request: AuthorizationRequest, answer: URLSearchParams): Promise<Secret> {
    const { redirectUri, nonce, verifier } = request;
    const response = await oauth.authorizationCodeGrantRequest(
      this.#server,
      this.#client,
      oauth.None(),
      answer,
      redirectUri,
      verifier.reveal(),
      options(this.#world),
    );
    const expected = { expectedNonce: nonce, requireIdToken: true };
    return this.#identityToken(
      await oauth.processAuthorizationCodeResponse(this.#server, this.#client, response, expected),
    );
  }

  /**
   * Begins the device flow (RFC 8628). With PKCE, which Sigstore's provider supports here too; others ignore it.
   *
   * @throws CountersignError `LOGIN_UNAVAILABLE` if the provider does not offer it; `LOGIN_INVALID`, `LOGIN_REFUSED`
   */
  async authorizeDevice(): Promise<DeviceRequest> {
    this.#endpoint('device_authorization_endpoint', this.#server.device_authorization_endpoint);
    const verifier = this.#token();
    const parameters = { scope, ...(await challengeOf(verifier)) };
    const response = await this.#checked('the answer', async () =>
      oauth.processDeviceAuthorizationResponse(
        this.#server,
        this.#client,
        await oauth.deviceAuthorizationRequest(
          this.#server,
          this.#client,
          oauth.None(),
          parameters,
          options(this.#world),
        ),
      ),
    );
    return {
      url: this.#endpoint('verification_uri', response.verification_uri_complete ?? response.verification_uri),
      userCode: response.user_code,
      deviceCode: new Secret(response.device_code),
      verifier: new Secret(verifier),
      intervalSeconds: Math.min(Math.max(response.interval ?? defaultIntervalSeconds, 1), maxIntervalSeconds),
    };
  }

  /**
   * Asks once whether the person has finished the login.
   *
   * @returns the identity token, or the time after which to ask again
   * @throws CountersignError `LOGIN_INVALID`, `LOGIN_REFUSED`, `LOGIN_TIMEOUT`; those of the provider
   */
  redeemDevice({ deviceCode, verifier }: DeviceRequest): Promise<Secret | 'pending' | 'slow down'> {
    return this.#checked('the answer', async () => {
      const additionalParameters = { code_verifier: verifier.reveal() };
      const response = await oauth.deviceCodeGrantRequest(
        this.#server,
        this.#client,
        oauth.None(),
        deviceCode.reveal(),
        { ...options(this.#world), additionalParameters },
      );
      try {
        return this.#identityToken(await oauth.processDeviceCodeResponse(this.#server, this.#client, response));
      } catch (error) {
        const code = error instanceof oauth.ResponseBodyError ? error.error : undefined;
        if (code === 'authorization_pending') return 'pending';
        if (code === 'slow_down') return 'slow down';
        if (code === 'expired_token')
          fail('LOGIN_TIMEOUT', 'the login was not finished before its code expired', {
            remedy: 'Run the command again.',
          });
        throw error;
      }
    });
  }

  /** Returns the token of a response that the library has checked, if it names a person. */
  #identityToken(response: oauth.TokenEndpointResponse): Secret {
    const { id_token: token } = response;
    if (token === undefined)
      return fail('LOGIN_INVALID', `the response of ${shownUrl(this.issuer)} has no identity token`, {
        remedy: 'Check that `oidc-issuer` is an OpenID provider.',
      });
    const claims = oauth.getValidatedIdTokenClaims(response);
    const [email, isVerified] = [claims?.email, claims?.email_verified];
    if (typeof email !== 'string' || email === '')
      fail('TOKEN_INVALID', `${shownUrl(this.issuer)} did not provide an email address for this account`, {
        remedy: 'Add an email address to the account, make it visible to applications, or use a different account.',
      });
    // Some providers write it as a text.
    if (isVerified !== true && String(isVerified) !== 'true')
      fail('TOKEN_INVALID', `${shownUrl(this.issuer)} has not verified the email address of this account`, {
        remedy: 'Verify the email address in the settings of the account, or use a different account.',
      });
    return new Secret(token);
  }

  #token(): string {
    return Buffer.from(this.#world.random(32)).toString('base64url');
  }

  /** Returns the URL of an endpoint. It is opened in a browser, which would also execute `javascript:`. */
  #endpoint(name: string, address: string | undefined): URL {
    if (address === undefined && name === 'device_authorization_endpoint')
      fail('LOGIN_UNAVAILABLE', `${shownUrl(this.issuer)} does not offer the device flow`, {
        remedy: 'Omit `device`. To log in without a browser on this machine, use `browser`.',
      });
    const url = address !== undefined && URL.canParse(address) ? new URL(address) : undefined;
    if (url !== undefined && isSafeUrl(url)) return url;
    return fail('SERVICE_RESPONSE_INVALID', `the ${name} of ${shownUrl(this.issuer)} is not an https URL`);
  }

  #checked<T>(what: string, work: () => Promise<T>): Promise<T> {
    return checked(what, 'LOGIN_INVALID', this.issuer, work);
  }
}

/** In seconds, where the provider states none (RFC 8628, section 3.2). */
const defaultIntervalSeconds = 5;
/** In seconds. A timer cannot wait for much longer intervals, and would not wait at all. */
const maxIntervalSeconds = 60;

async function challengeOf(verifier: string): Promise<Readonly<Record<string, string>>> {
  return { code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' };
}

/** Returns the options with which the library sends requests: through our client, with its proxies, deadlines and limits. */
function options({ http }: RequestWorld) {
  return {
    // Only on loopback: see below.
    [oauth.allowInsecureRequests]: true,
    [oauth.customFetch]: async (
      address: string,
      { method, headers, body }: oauth.CustomFetchOptions<'GET' | 'POST', URLSearchParams | undefined>,
    ): Promise<Response> => {
      const url = new URL(address);
      if (!isSafeUrl(url))
        fail('SERVICE_RESPONSE_INVALID', `the identity provider uses ${url.origin}, which is not https`);
      const request: HttpRequest = {
        method,
        url,
        headers,
        ...(body !== undefined && { body: body.toString() }),
        service: 'the identity provider',
        timeoutMilliseconds: 15_000,
        maxBodyLength: 256 * 1024,
      };
      const response = await http(request);
      // Errors of the protocol have a status of 400 or 401, and are the library's to read.
      if (![400, 401].includes(response.status)) expectStatus(request, response, 200);
      const type = response.headers['content-type'];
      return new Response(new Uint8Array(response.body), {
        status: response.status,
        headers: { 'content-type': typeof type === 'string' ? type : '' },
      });
    },
  };
}

/** The errors that OAuth and OpenID Connect define, which are safe to show. */
const knownErrors: ReadonlySet<string> = new Set([
  'access_denied',
  'account_selection_required',
  'consent_required',
  'expired_token',
  'interaction_required',
  'invalid_client',
  'invalid_grant',
  'invalid_request',
  'invalid_scope',
  'login_required',
  'server_error',
  'temporarily_unavailable',
  'unauthorized_client',
  'unsupported_grant_type',
  'unsupported_response_type',
]);

const remedies: Readonly<Record<string, string>> = {
  access_denied: 'Log in again and accept, or use a different account.',
  invalid_client: 'Check `oidc-client-id`: the provider does not know it, or requires a secret.',
  unauthorized_client: 'Check `oidc-client-id`: the provider does not allow it to log in this way.',
  invalid_grant: 'Log in again. A code can be used only once, and within minutes.',
  invalid_request: 'Check `oidc-client-id` and `oidc-redirect-url`: the provider may require registered values.',
};
const again = 'Log in again.';

/** Has the library do something, and reports what it refuses. Its errors hold responses, so they are not passed on. */
async function checked<T>(
  what: string,
  code: 'LOGIN_INVALID' | 'SERVICE_RESPONSE_INVALID',
  issuer: string | URL,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const provider = shownUrl(issuer);
    if (error instanceof oauth.AuthorizationResponseError || error instanceof oauth.ResponseBodyError) {
      const known = knownErrors.has(error.error);
      return fail('LOGIN_REFUSED', `${provider} refused the login${known ? `: ${error.error}` : ''}`, {
        remedy: remedies[error.error] ?? again,
      });
    }
    if (error instanceof oauth.OperationProcessingError || error instanceof oauth.UnsupportedOperationError)
      return fail(code, `${what} of ${provider} is invalid: ${error.message}`, {
        remedy:
          code === 'LOGIN_INVALID'
            ? 'Log in again. If it happens again, another program on this machine or a web page interferes with the login, or the provider is misconfigured.'
            : 'Check the URL of the issuer (`oidc-issuer`).',
      });
    throw error;
  }
}
