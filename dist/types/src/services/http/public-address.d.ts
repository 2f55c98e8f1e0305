/** Keeps requests away from addresses that are not public: a URL that somebody else may choose must not reach the network of this machine. */
import { lookup as systemLookup } from 'node:dns';
import { type LookupFunction } from 'node:net';
/** Reports whether an address of IPv4 or IPv6, without brackets, is public. */
export declare function isPublicAddress(address: string): boolean;
/** Reports whether the host of a URL is this machine: `localhost`, or a loopback address. */
export declare function isLoopbackHost({ hostname }: Pick<URL, 'hostname'>): boolean;
/**
 * Demands that the host of a URL is not an address that is not public. The addresses of a name are checked by {@link publicLookup} when the
 * connection is opened.
 *
 * @throws CountersignError `USAGE`
 */
export declare function demandPublicHost(url: URL, service: string): void;
/**
 * Returns the function by which a connection resolves a name. It refuses a name with an address that is not public. The connection is opened to the
 * addresses that were checked, so that a name server cannot return others later.
 *
 * @param resolve replaces the system's resolver, in tests
 */
export declare function publicLookup(service: string, resolve?: typeof systemLookup): LookupFunction;
