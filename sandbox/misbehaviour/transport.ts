/** Transport faults, which all services have. */

import { type Fault, fault, type ServiceName, serviceNames } from '../http/index.ts';

export interface TransportMisbehaviour {
  readonly about: string;
  readonly fault: () => Fault;
}

const html = (status: number): TransportMisbehaviour => ({
  about: `HTTP status ${status} with an HTML page. Clients must retry within their budget and name the service.`,
  fault: () => fault.status(status),
});

export const transportFaults = {
  slow: {
    about: 'The correct response, 128 bytes at a time. Clients must wait within their deadline.',
    fault: () => fault.slow({ bytes: 128, everyMilliseconds: 20 }),
  },
  trickling: {
    about:
      'One byte of the correct response each second. Clients must have a deadline for the whole response, not for each part of it.',
    fault: () => fault.slow({ bytes: 1, everyMilliseconds: 1000 }),
  },
  truncated: {
    about: 'The connection ends after half of the correct response. Clients must detect that it is incomplete.',
    fault: fault.truncated,
  },
  reset: { about: 'The connection is reset. Clients must retry within their budget.', fault: fault.refuse },
  stalled: { about: 'There is no response. Clients must have a deadline.', fault: fault.stall },
  429: {
    about: 'HTTP status 429 with `retry-after: 1`. Clients must wait that long before they retry.',
    fault: () => fault.status(429, { headers: { 'retry-after': '1' } }),
  },
  500: html(500),
  502: html(502),
  503: html(503),
  504: html(504),
  html: {
    about: 'Success with an HTML page. Clients must detect that it is not a valid response.',
    fault: () => fault.status(200),
  },
  garbage: {
    about: 'Success with meaningless bytes. Clients must detect that it is not a valid response.',
    fault: () => fault.garbage(),
  },
  oversized: {
    about: 'Success with 64 MiB of spaces. Clients must stop reading.',
    fault: () => fault.oversized(),
  },
  'gzip-bomb': {
    about: 'Success with 64 MiB of spaces that gzip has compressed to 64 KiB. Clients must limit what they decompress.',
    fault: () => fault.gzipBomb(),
  },
  redirect: {
    about: 'HTTP status 307 to another host. Clients must not send a token or digest there.',
    fault: () => fault.status(307, { headers: { location: 'http://another-host.invalid/' }, body: '' }),
  },
} as const satisfies Readonly<Record<string, TransportMisbehaviour>>;

export type TransportFault = `${keyof typeof transportFaults}`;
export type TransportName = `${ServiceName}:${TransportFault}`;

export const transportMisbehaviours = Object.fromEntries(
  serviceNames.flatMap((service) =>
    Object.entries(transportFaults).map(([name, misbehaviour]) => [`${service}:${name}`, misbehaviour]),
  ),
) as Readonly<Record<TransportName, TransportMisbehaviour>>;
