/** The misbehaviours that are on in a sandbox. */
import type { Faults, Route, ServiceName } from '../http/index.ts';
import { type MisbehaviourName } from './catalogue.ts';
import type { Parts } from './misbehaviour.ts';
/** The number of wrong answers, perhaps after a number of right ones. Every request to the service counts. */
export type Times = number | {
    readonly skip?: number;
    readonly times?: number;
};
export declare class Misbehaviours {
    #private;
    constructor(faults: Faults, parts: Parts);
    /** The misbehaviours that are on, in the order in which they began. */
    get names(): readonly MisbehaviourName[];
    /** Begins a misbehaviour. If several change the same answer, the latest is applied last. */
    begin(name: MisbehaviourName, times?: Times): void;
    /** Ends all misbehaviours, and all faults. */
    end(): void;
    /** Returns the routes of a service, with the misbehaviours that are on when a request comes. */
    over(service: ServiceName, routes: readonly Route[]): readonly Route[];
}
