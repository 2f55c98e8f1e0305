/** Adds signatures to the transparency logs of a session, or does what the caller declared for their outage. */
import type { LogEntry } from '../core/bundle/index.ts';
import { type Service } from '../core/trust/index.ts';
import { type Http } from '../services/http/index.ts';
import { type Submission } from '../services/rekor/index.ts';
/** What is done if a transparency log is down until the retry budget is used up. */
export type LogFallback = 
/** The bundle has a timestamp and no entry of the log. */
{
    readonly kind: 'timestamp-only';
}
/** The bundle has an entry of this log instead. */
 | {
    readonly kind: 'second-log';
    readonly log: Service;
};
/** An outage of a transparency log, and what was done. */
export interface LogOutage {
    /** The URL of the log. */
    readonly log: string;
    /** The failure of the last request to it, without a full stop. */
    readonly reason: string;
    readonly fallback: LogFallback['kind'];
    /** The URL of the log that has the entry instead. */
    readonly instead?: string;
}
export interface LoggedSignature {
    readonly logEntries: readonly LogEntry[];
    /** The outages because of which entries are missing, or in another log. */
    readonly outages: readonly LogOutage[];
}
/**
 * Adds entries to each log of a session. A log whose outage has used up the retry budget gets no further requests: the next signatures do
 * not wait for it.
 */
export declare class Logging {
    #private;
    /** @param fallback if absent, an outage is a failure */
    constructor(logs: readonly Service[], fallback: LogFallback | undefined);
    /**
     * Adds a signature to the logs.
     *
     * @throws CountersignError those of the logs; an outage only if there is no fallback, or if the second log is down too
     */
    add(http: Http, submission: Submission): Promise<LoggedSignature>;
}
