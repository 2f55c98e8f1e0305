/** The faults on the way to a service, which all services have. */
import { type Fault, type ServiceName } from '../http/index.ts';
export interface TransportMisbehaviour {
    readonly about: string;
    readonly fault: () => Fault;
}
export declare const transportFaults: {
    readonly slow: {
        readonly about: 'The right answer, 128 bytes at a time: a client must wait, within its deadline.';
        readonly fault: () => Fault;
    };
    readonly truncated: {
        readonly about: 'Half of the right answer, and the end of the connection: a client must notice that it is not whole.';
        readonly fault: () => Fault;
    };
    readonly reset: {
        readonly about: 'The connection is reset: a client must try again within its budget.';
        readonly fault: () => Fault;
    };
    readonly stalled: {
        readonly about: 'There is never an answer: a client must have a deadline.';
        readonly fault: () => Fault;
    };
    readonly 429: {
        readonly about: 'Status 429, with `retry-after: 1`: a client must wait for as long before it tries again.';
        readonly fault: () => Fault;
    };
    readonly 500: TransportMisbehaviour;
    readonly 502: TransportMisbehaviour;
    readonly 503: TransportMisbehaviour;
    readonly 504: TransportMisbehaviour;
    readonly html: {
        readonly about: 'Success, with a page of HTML: a client must notice that it is no answer.';
        readonly fault: () => Fault;
    };
    readonly garbage: {
        readonly about: 'Success, with bytes that are nothing: a client must notice.';
        readonly fault: () => Fault;
    };
    readonly oversized: {
        readonly about: 'Success, with 64 MiB of spaces: a client must stop reading.';
        readonly fault: () => Fault;
    };
    readonly redirect: {
        readonly about: 'Status 307 to another host: a client must not carry a token or a digest there.';
        readonly fault: () => Fault;
    };
};
export type TransportFault = `${keyof typeof transportFaults}`;
export type TransportName = `${ServiceName}:${TransportFault}`;
export declare const transportMisbehaviours: Readonly<Record<TransportName, TransportMisbehaviour>>;
