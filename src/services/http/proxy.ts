/** The proxy of a request, from the environment: `https_proxy` and `no_proxy`, in lower or upper case. */

import { BlockList, isIP } from 'node:net';
import { fail } from '../../core/errors/index.ts';
import { isLoopbackHost } from './public-address.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface ForwardProxy {
  /** The environment variable that names it. */
  readonly variable: string;
  /** Without user and password, which are never shown. */
  readonly url: URL;
  /** The value of the header `proxy-authorization`, if user and password are given. */
  readonly authorization: string | undefined;
}

/**
 * Returns the proxy for a request; `undefined` if the request goes straight to its host. Plain HTTP is spoken with this machine alone, which
 * needs no proxy.
 *
 * @throws CountersignError `USAGE` for a variable that names no http or https proxy. Its value is not shown: a password can be anywhere in it.
 */
export function proxyFor(url: URL, environment: Environment): ForwardProxy | undefined {
  if (url.protocol !== 'https:') return undefined;
  const variable = ['https_proxy', 'HTTPS_PROXY'].find((name) => environment[name]?.trim());
  if (variable === undefined || goesDirect(url, environment)) return undefined;
  return readProxy(variable, environment[variable]?.trim() ?? '');
}

/** Credentials are everything before the last "@": people write passwords as they are, with any character. */
const proxyForm = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:(.*)@)?([^@/?#\s]+)\/*$/is;

function readProxy(variable: string, text: string): ForwardProxy {
  const [, scheme = 'http', account, host = ''] = proxyForm.exec(text) ?? [];
  const kind = scheme.toLowerCase();
  if (kind !== 'http' && kind !== 'https')
    fail('USAGE', `${variable} specifies a ${kind} proxy, which is not supported`, {
      remedy: 'Only http and https proxies are supported. Set it to http://HOST:PORT.',
    });
  const address = `${kind}://${host}`;
  if (host === '' || !URL.canParse(address))
    fail('USAGE', `${variable} is not a valid proxy URL`, { remedy: 'Set it to http://HOST:PORT, or unset it.' });
  const credentials = account === undefined ? undefined : decodeAccount(account);
  return {
    variable,
    url: new URL(address),
    authorization: credentials && `Basic ${Buffer.from(credentials).toString('base64')}`,
  };
}

/** Decodes user and password, and leaves percent signs that encode nothing. */
function decodeAccount(account: string): string {
  const [user = '', ...password] = account.split(':');
  return [user, password.join(':')].map(decodeLeniently).join(':');
}

function decodeLeniently(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return encoded;
    }
  });
}

/** Reports whether a host is reached without a proxy: this machine, and those that `no_proxy` lists. */
function goesDirect(url: URL, environment: Environment): boolean {
  const host = bare(url.hostname);
  if (host.endsWith('.localhost') || isLoopbackHost({ hostname: host })) return true;
  const listed = (environment.no_proxy || environment.NO_PROXY || '').split(/[\s,]+/).filter((entry) => entry !== '');
  return listed.some((entry) => entry === '*' || matchesEntry(entry.toLowerCase(), host, url.port || '443'));
}

/** Returns a host without the brackets of an IPv6 address and without the dot at the end of a whole name. */
function bare(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
}

function matchesEntry(entry: string, host: string, port: string): boolean {
  if (entry.includes('/')) return isIn(host, entry);
  // An address of IPv6 has a port only in brackets.
  const [, name = entry, entryPort] = isIP(entry) === 6 ? [] : (/^(.*?)(?::(\d+))?$/.exec(entry) ?? []);
  if (entryPort !== undefined && entryPort !== port) return false;
  const listed = bare(name);
  if (isIP(listed) !== 0) return isIn(host, `${listed}/${isIP(listed) === 6 ? 128 : 32}`);
  if (isIP(host) !== 0) return false;
  if (/^\*?\./.test(listed)) return host.endsWith(listed.replace(/^\*/, ''));
  return listed !== '' && (host === listed || host.endsWith(`.${listed}`));
}

/** Reports whether an address is in a network: `10.0.0.0/8`, `[fd00::]/8`. */
function isIn(host: string, network: string): boolean {
  const [, address = '', bits = ''] = /^\[?([0-9a-f.:]+)\]?\/(\d{1,3})$/.exec(network) ?? [];
  const family = isIP(address);
  if (isIP(host) === 0 || family === 0 || Number(bits) > (family === 6 ? 128 : 32)) return false;
  const list = new BlockList();
  list.addSubnet(address, Number(bits), family === 6 ? 'ipv6' : 'ipv4');
  return list.check(host, isIP(host) === 6 ? 'ipv6' : 'ipv4');
}
