/** Transport faults, which all services have. */
import { type Fault } from '../http/fault.ts';
import { type ServiceName } from '../http/route.ts';
export interface TransportMisbehaviour {
    readonly about: string;
    readonly fault: () => Fault;
}
export declare const transportFaults: {
    readonly slow: {
        readonly about: 'The correct response, 128 bytes at a time. Clients must wait within their deadline.';
        readonly fault: () => Fault;
    };
    readonly trickling: {
        readonly about: 'One byte of the correct response each second. Clients must have a deadline for the whole response, not for each part of it.';
        readonly fault: () => Fault;
    };
    readonly truncated: {
        readonly about: 'The connection ends after half of the correct response. Clients must detect that it is incomplete.';
        readonly fault: () => Fault;
    };
    readonly reset: {
        readonly about: 'The connection is reset. Clients must retry within their budget.';
        readonly fault: () => Fault;
    };
    readonly stalled: {
        readonly about: 'There is no response. Clients must have a deadline.';
        readonly fault: () => Fault;
    };
    readonly 429: {
        readonly about: 'HTTP status 429 with `retry-after: 1`. Clients must wait that long before they retry.';
        readonly fault: () => Fault;
    };
    readonly 500: TransportMisbehaviour;
    readonly 502: TransportMisbehaviour;
    readonly 503: TransportMisbehaviour;
    readonly 504: TransportMisbehaviour;
    readonly html: {
        readonly about: 'Success with an HTML page. Clients must detect that it is not a valid response.';
        readonly fault: () => Fault;
    };
    readonly garbage: {
        readonly about: 'Success with meaningless bytes. Clients must detect that it is not a valid response.';
        readonly fault: () => Fault;
    };
    readonly oversized: {
        readonly about: 'Success with 64 MiB of spaces. Clients must stop reading.';
        readonly fault: () => Fault;
    };
    readonly 'gzip-bomb': {
        readonly about: 'Success with 64 MiB of spaces that gzip has compressed to 64 KiB. Clients must limit what they decompress.';
        readonly fault: () => Fault;
    };
    readonly redirect: {
        readonly about: 'HTTP status 307 to another host. Clients must not send a token or digest there.';
        readonly fault: () => Fault;
    };
};
export type TransportFault = `${keyof typeof transportFaults}`;
export type TransportName = `${ServiceName}:${TransportFault}`;
export declare const transportMisbehaviours: Readonly<Record<TransportName, TransportMisbehaviour>>;
