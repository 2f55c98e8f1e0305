/** The tokens of Google Cloud service accounts, from the metadata server of the machine. */

import { decodeUtf8, ProtoField } from '../../core/encoding/index.ts';
import { fail } from '../../core/errors/index.ts';
import { Secret } from '../../node/index.ts';
import { expectStatus, type Http, type HttpRequest, readSecretAnswer } from '../../services/http/index.ts';
import { sigstoreAudience } from '../audience.ts';
import type { Environment, ProviderWorld, TokenProvider } from './provider.ts';

/** The file in which the firmware of a machine states its product: a virtual machine of Google Cloud, or a container of Cloud Run. */
const productFile = '/sys/class/dmi/id/product_name';
const products: readonly string[] = ['Google', 'Google Compute Engine'];

/** Provides the token of the service account of this machine, or of the one that `GOOGLE_SERVICE_ACCOUNT_NAME` names. */
export const googleTokens: TokenProvider = {
  name: 'google',
  title: 'Google Cloud',
  kinds: ['email'],
  async detect({ environment }, world) {
    if (environment.NO_GCE_CHECK === 'true') return 'absent';
    const { GCE_METADATA_HOST: host, GOOGLE_SERVICE_ACCOUNT_NAME: account } = environment;
    return host || account || (await isGoogleMachine(world)) ? 'ready' : 'absent';
  },
  open({ environment }, { http }) {
    const account = environment.GOOGLE_SERVICE_ACCOUNT_NAME;
    return () => (account ? tokenOfAccount(http, environment, account) : tokenOfMachine(http, environment));
  },
};

async function isGoogleMachine({ files }: Pick<ProviderWorld, 'files'>): Promise<boolean> {
  const product = await files.readFile(productFile, 'utf8').catch(() => '');
  return products.includes(product.trim());
}

async function tokenOfMachine(http: Http, environment: Environment): Promise<Secret> {
  const request = metadataRequest(environment, 'identity', { audience: sigstoreAudience, format: 'full' });
  const { body } = expectStatus(request, await http(request), 200);
  return new Secret(
    decodeUtf8(body)?.trim() || fail('SERVICE_RESPONSE_INVALID', `${serviceOf(request)} sent no identity token`),
  );
}

/** Requests the token of another service account, on behalf of which this machine's account may act. */
async function tokenOfAccount(http: Http, environment: Environment, account: string): Promise<Secret> {
  if (!/^[\w.-]+@[\w.-]+$/.test(account))
    fail('USAGE', 'GOOGLE_SERVICE_ACCOUNT_NAME is not the email address of a service account', {
      remedy: 'Set it to an address such as `NAME@PROJECT.iam.gserviceaccount.com`, or unset it.',
    });
  const access = metadataRequest(environment, 'token', { scopes: 'https://www.googleapis.com/auth/cloud-platform' });
  const accessToken = member(access, expectStatus(access, await http(access), 200).body, 'access_token');
  const request: HttpRequest = {
    method: 'POST',
    url: new URL(`https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${account}:generateIdToken`),
    headers: {
      authorization: `Bearer ${accessToken.reveal()}`,
      'content-type': 'application/json',
      accept: 'application/json',
    },
    body: JSON.stringify({ audience: sigstoreAudience, includeEmail: true }),
    service: "Google's service account API",
    timeoutMilliseconds: 10_000,
    maxBodyLength: 256 * 1024,
  };
  const response = await http(request);
  if (response.status === 403)
    fail('SERVICE_REFUSED', `${serviceOf(request)} responded with 403`, {
      remedy: `Grant the service account of this machine the role \`roles/iam.serviceAccountOpenIdTokenCreator\` on ${account}.`,
    });
  return member(request, expectStatus(request, response, 200).body, 'token');
}

/** The address that `metadata.google.internal` has on every machine of Google Cloud. No name server can change it. */
const metadataHost = '169.254.169.254';

function metadataRequest(
  { GCE_METADATA_HOST: host }: Environment,
  what: 'identity' | 'token',
  query: Readonly<Record<string, string>>,
): HttpRequest {
  const address = `http://${host || metadataHost}/computeMetadata/v1/instance/service-accounts/default/${what}`;
  if (!URL.canParse(address))
    fail('USAGE', 'GCE_METADATA_HOST is not a host', { remedy: 'Unset it, or set it to HOST or HOST:PORT.' });
  const url = new URL(address);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return {
    method: 'GET',
    url,
    headers: { 'metadata-flavor': 'Google' },
    service: "Google's metadata server",
    timeoutMilliseconds: 5_000,
    maxBodyLength: 256 * 1024,
  };
}

function member(request: HttpRequest, body: Uint8Array, name: string): Secret {
  const what = `the response of ${serviceOf(request)}`;
  const answer = readSecretAnswer(what, () => ProtoField.parse(body, 'SERVICE_RESPONSE_INVALID', what));
  return new Secret(answer.field(name).text());
}

function serviceOf({ service, url }: HttpRequest): string {
  return `${service} (${url.origin})`;
}
