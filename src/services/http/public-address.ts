/** Keeps requests away from addresses that are not public: a URL that somebody else may choose must not reach the network of this machine. */

import { lookup as systemLookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { CountersignError } from '../../core/errors/index.ts';

/** The networks that are not public (the special-purpose registries of IANA), and those for several hosts. */
const special: readonly (readonly [network: string, bits: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];
const specialNetworks = listOf(special);
/** Every public address of IPv6 is in this network. */
const globalUnicast = listOf([['2000::', 3]]);
/** Networks whose last 32 bits are an address of IPv4: mapped addresses, and those of NAT64 (RFC 6052). */
const embedding = listOf([
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
]);
const loopback = listOf([
  ['127.0.0.0', 8],
  ['::1', 128],
]);

function listOf(networks: readonly (readonly [network: string, bits: number])[]): BlockList {
  const list = new BlockList();
  for (const [network, bits] of networks) list.addSubnet(network, bits, isIP(network) === 6 ? 'ipv6' : 'ipv4');
  return list;
}

/** Reports whether an address of IPv4 or IPv6, without brackets, is public. */
export function isPublicAddress(address: string): boolean {
  // A zone belongs to an address of this link.
  if (isIP(address) === 4) return !specialNetworks.check(address);
  if (isIP(address) !== 6 || address.includes('%')) return false;
  if (embedding.check(address, 'ipv6')) return isPublicAddress(embeddedAddress(address));
  return globalUnicast.check(address, 'ipv6') && !specialNetworks.check(address, 'ipv6');
}

/** Returns the last 32 bits of an address of IPv6 as one of IPv4. */
function embeddedAddress(address: string): string {
  // The URL parser writes every address in one form, with hexadecimal digits alone.
  const groups = new URL(`http://[${address}]/`).hostname.slice(1, -1).split(':');
  return groups
    .slice(-2)
    .map((group) => Number.parseInt(group === '' ? '0' : group, 16))
    .flatMap((group) => [group >> 8, group & 0xff])
    .join('.');
}

/** Reports whether the host of a URL is this machine: `localhost`, or a loopback address. */
export function isLoopbackHost({ hostname }: Pick<URL, 'hostname'>): boolean {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(host) === 0) return host === 'localhost';
  return loopback.check(host, isIP(host) === 6 ? 'ipv6' : 'ipv4');
}

/**
 * Demands that the host of a URL is not an address that is not public. The addresses of a name are checked by {@link publicLookup} when the
 * connection is opened.
 *
 * @throws CountersignError `USAGE`
 */
export function demandPublicHost(url: URL, service: string): void {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw notPublic(service, url.host, host);
}

function notPublic(service: string, name: string, address: string): CountersignError {
  const remedy = 'Use a host with a public address.';
  return new CountersignError('USAGE', `${service} (${name}) is at ${address}, which is not a public address`, {
    remedy,
  });
}

/**
 * Returns the function by which a connection resolves a name. It refuses a name with an address that is not public. The connection is opened to the
 * addresses that were checked, so that a name server cannot return others later.
 *
 * @param resolve replaces the system's resolver, in tests
 */
export function publicLookup(service: string, resolve: typeof systemLookup = systemLookup): LookupFunction {
  return (name, options, callback) => {
    resolve(name, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, [], 0);
      const refused = addresses.find(({ address }) => !isPublicAddress(address));
      const [first] = addresses;
      if (refused !== undefined) return callback(notPublic(service, name, refused.address), [], 0);
      if (options.all === true) return callback(null, addresses);
      return first === undefined
        ? callback(new Error(`no address of ${name}`), [], 0)
        : callback(null, first.address, first.family);
    });
  };
}
