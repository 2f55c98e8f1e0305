/** Explains requests that got no answer: the host, the proxy, the certificate, the clock or this machine's network. */

import { STATUS_CODES } from 'node:http';
import { networkInterfaces } from 'node:os';
import { CountersignError, systemCode } from '../../core/errors/index.ts';
import type { Environment, ForwardProxy } from './proxy.ts';
import { ProxyFailure } from './tunnel.ts';
import { checkName } from './unknown-name.ts';

/** A request that failed. */
interface FailedRequest {
  readonly service: string;
  readonly url: URL;
}

/** The surroundings of a request that failed. */
export interface Surroundings {
  /** The proxy that it went through. */
  readonly proxy: ForwardProxy | undefined;
  readonly environment: Environment;
  readonly now: Date;
}

/** The remedy for a service that does not answer. */
export const outage = 'This is an outage or a network problem, not a problem of your build. Try again later.';

/**
 * Returns the error for a request that failed with a system error; `undefined` for another failure.
 */
export function explainFailure(
  request: FailedRequest,
  cause: unknown,
  surroundings: Surroundings,
): CountersignError | undefined {
  if (cause instanceof ProxyFailure) return explainProxy(request, cause, surroundings);
  const code = systemCode(cause);
  if (code === undefined) return undefined;
  const { service, url } = request;
  const message = `${service} (${url.origin}) cannot be reached${through(surroundings.proxy)}: ${code}`;
  const remedy = tlsRemedy(code, url.hostname, surroundings);
  if (remedy !== undefined) return new CountersignError('SERVICE_UNAVAILABLE', message, { cause, remedy });
  if (isOffline(code))
    return new CountersignError('NETWORK_UNAVAILABLE', message, {
      cause,
      remedy: 'Check the network connection of this machine.',
    });
  return new CountersignError('SERVICE_UNAVAILABLE', message, {
    cause,
    remedy: checkName(cause) ?? (surroundings.proxy === undefined ? outage : behindProxy(surroundings.proxy)),
  });
}

function through(proxy: ForwardProxy | undefined): string {
  return proxy === undefined ? '' : ` through the proxy ${proxy.url.origin}`;
}

function behindProxy({ variable }: ForwardProxy): string {
  return `Check that the proxy (${variable}) allows connections to this host, or add the host to NO_PROXY. If the proxy allows them, try again later.`;
}

/** Statuses of a proxy that may be others later. */
const passing: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

function explainProxy(
  { service, url }: FailedRequest,
  failure: ProxyFailure,
  { environment, now }: Surroundings,
): CountersignError {
  const { proxy, status, code } = failure;
  const { origin, hostname } = proxy.url;
  const target = `${url.hostname}:${url.port || 443}`;
  const named = `${service} (${url.origin}) cannot be reached: the proxy ${origin} (${proxy.variable})`;
  if (status !== undefined) {
    const reason = STATUS_CODES[status] === undefined ? '' : ` (${STATUS_CODES[status]})`;
    const remedy =
      status === 407
        ? authenticate(proxy)
        : passing.has(status)
          ? `The proxy cannot connect to ${target}. Try again later. If the problem persists, ask the operator of the proxy.`
          : `Ask the operator of the proxy to allow connections to ${target}. If the host can be reached directly, add it to NO_PROXY.`;
    return new CountersignError(
      passing.has(status) ? 'SERVICE_UNAVAILABLE' : 'SERVICE_REFUSED',
      `${named} responded with ${status}${reason}`,
      { cause: failure, remedy },
    );
  }
  const message = `${named} cannot be reached: ${code ?? 'unknown error'}`;
  const tls = code === undefined ? undefined : tlsRemedy(code, hostname, { environment, now });
  if (tls !== undefined) return new CountersignError('SERVICE_UNAVAILABLE', message, { cause: failure, remedy: tls });
  // A name that does not exist does not begin to while the run waits.
  if (code === 'ENOTFOUND')
    return new CountersignError('SERVICE_REFUSED', message, {
      cause: failure,
      remedy: `The host name of the proxy could not be resolved. Check the value of ${proxy.variable}.`,
    });
  if (code !== undefined && isOffline(code))
    return new CountersignError('NETWORK_UNAVAILABLE', message, {
      cause: failure,
      remedy: 'Check the network connection of this machine.',
    });
  return new CountersignError('SERVICE_UNAVAILABLE', message, {
    cause: failure,
    remedy: `Check the host and port in ${proxy.variable}, and that the proxy is running.`,
  });
}

function authenticate({ variable, authorization }: ForwardProxy): string {
  const how = 'http://USER:PASSWORD@HOST:PORT, read from a secret';
  return authorization === undefined
    ? `The proxy requires a user name and a password. Set ${variable} to ${how}.`
    : `The proxy rejected the user name and password in ${variable}. Check them; the form is ${how}. Only basic authentication is supported.`;
}

const unknownAuthority =
  /^(?:SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER_CERT(?:_LOCALLY)?|UNABLE_TO_VERIFY_LEAF_SIGNATURE|CERT_UNTRUSTED|INVALID_CA)$/;

/** Variables by which other programs find certificate authorities. Node.js reads none of them by default. */
const foreignVariables = ['SSL_CERT_FILE', 'SSL_CERT_DIR', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'GIT_SSL_CAINFO'];

/** Returns the remedy for a certificate of a server that is not believed; `undefined` for another failure. */
function tlsRemedy(
  code: string,
  host: string,
  { environment, now }: Pick<Surroundings, 'environment' | 'now'>,
): string | undefined {
  if (code === 'CERT_NOT_YET_VALID' || code === 'CERT_HAS_EXPIRED')
    return `Check the clock of this machine; it shows ${now.toISOString()}. If the clock is right, the certificate of ${host} must be renewed.`;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return `The server's certificate is not for ${host}. Another server may be answering, such as a proxy or the login page of the network.`;
  if (!unknownAuthority.test(code)) return undefined;
  const { NODE_EXTRA_CA_CERTS: given } = environment;
  const foreign = foreignVariables.filter((name) => environment[name]);
  return [
    `Node.js does not trust the CA that issued the certificate of ${host}. If a proxy inspects TLS in this network, this is probably the CA of the company.`,
    given
      ? `NODE_EXTRA_CA_CERTS is set to ${given}. Check that this file exists and contains the certificate of the CA (PEM).`
      : 'Set NODE_EXTRA_CA_CERTS to the path of a PEM file with the certificate of the CA, in the environment of the process.',
    ...(foreign.length === 0 ? [] : [`Node.js does not read ${foreign.join(' and ')}.`]),
  ].join(' ');
}

/** Reports whether a failure is one of this machine's own network. */
function isOffline(code: string): boolean {
  if (/^(?:ENETUNREACH|ENETDOWN|EADDRNOTAVAIL|EAI_AGAIN)$/.test(code)) return true;
  const hasNetwork = Object.values(networkInterfaces()).some((addresses) =>
    addresses?.some(({ internal }) => !internal),
  );
  return /^(?:ENOTFOUND|EHOSTUNREACH)$/.test(code) && !hasNetwork;
}
