/** The misbehaviours that are on in a sandbox. */
import type { Faults } from '../http/traffic.ts';
import type { Route } from '../http/route.ts';
import type { ServiceName } from '../http/route.ts';
import { type MisbehaviourName } from './catalogue.ts';
import type { Parts, Place } from './misbehaviour.ts';
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
    /** Begins the misbehaviours of a service again, whose parts have changed. */
    renew(service: ServiceName): void;
    /** Ends all misbehaviours, and all faults. */
    end(): void;
    /** Returns the routes of a service, or of another place, with the misbehaviours that are on when a request comes. */
    over(place: Place, routes: readonly Route[]): readonly Route[];
}
