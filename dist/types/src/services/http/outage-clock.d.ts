/** Measures how much of its retry budget a run has spent: the time during which any of its services was unavailable. */
/**
 * Counts wall-clock time from the first failure of a service until its next success, or until no request waits for it. Overlapping
 * outages and requests count once.
 */
export declare class OutageClock {
    #private;
    constructor(clock: () => Date);
    /** Milliseconds spent so far. */
    get spent(): number;
    /** A request failed and may be sent again: its service is out. */
    failed(service: string, request: symbol): void;
    /** A service answered: its outage is over for all who wait. */
    recovered(service: string): void;
    /** Records that a request is not sent again. If no other request waits for the service, its time stops counting. */
    gaveUp(service: string, request: symbol): void;
}
