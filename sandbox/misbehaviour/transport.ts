/** The faults on the way to a service, which all services have. */

import { type Fault, fault, type ServiceName, serviceNames } from '../http/index.ts';

export interface TransportMisbehaviour {
  readonly about: string;
  readonly fault: () => Fault;
}

const html = (status: number): TransportMisbehaviour => ({
  about: `Status ${status}, with a page of HTML: a client must try again within its budget, and say which service it was.`,
  fault: () => fault.status(status),
});

export const transportFaults = {
  slow: {
    about: 'The right answer, 128 bytes at a time: a client must wait, within its deadline.',
    fault: () => fault.slow({ bytes: 128, everyMilliseconds: 20 }),
  },
  truncated: {
    about: 'Half of the right answer, and the end of the connection: a client must notice that it is not whole.',
    fault: fault.truncated,
  },
  reset: { about: 'The connection is reset: a client must try again within its budget.', fault: fault.refuse },
  stalled: { about: 'There is never an answer: a client must have a deadline.', fault: fault.stall },
  429: {
    about: 'Status 429, with `retry-after: 1`: a client must wait for as long before it tries again.',
    fault: () => fault.status(429, { headers: { 'retry-after': '1' } }),
  },
  500: html(500),
  502: html(502),
  503: html(503),
  504: html(504),
  html: {
    about: 'Success, with a page of HTML: a client must notice that it is no answer.',
    fault: () => fault.status(200),
  },
  garbage: { about: 'Success, with bytes that are nothing: a client must notice.', fault: () => fault.garbage() },
  oversized: {
    about: 'Success, with 64 MiB of spaces: a client must stop reading.',
    fault: () => fault.oversized(),
  },
  redirect: {
    about: 'Status 307 to another host: a client must not carry a token or a digest there.',
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
