/** Opens the logs of a trusted root. */
import type { TrustedRoot } from '../core/trust/trusted-root.ts';
import type { MonitoredLog } from './log/monitored-log.ts';
import { LogEntries, type Start } from './log-entries.ts';
import { type FoundLogs } from './readers/logs-of.ts';
export interface MonitorOptions {
    /** The name of the program, as the logs see it. Operators ask for an email address in it. */
    readonly userAgent?: string;
    /** Cancels all requests. */
    readonly signal?: AbortSignal;
    /** The milliseconds that all requests together may wait for services that are down: 60,000 by default. */
    readonly retryBudget?: number;
}
/** The logs of a trusted root. */
export interface Monitor extends Disposable {
    /** Returns the logs: each shard of Rekor, and each certificate transparency log. Those that do not answer are `unreadable`. */
    logs(): Promise<FoundLogs>;
    /**
     * Returns the entries of a log. Nothing is requested before they are iterated.
     *
     * @param from by default, the entries that are added from now on
     */
    entries(log: MonitoredLog, options?: {
        readonly from?: Start | undefined;
    }): LogEntries;
    /** Closes all connections, so that the process can end. */
    close(): void;
}
/**
 * Opens a monitor. It trusts the keys of the trusted root, and nothing that the logs serve.
 *
 * @example
 * const monitor = openMonitor(readTrustedRoot(await readFile('trusted_root.json')));
 */
export declare function openMonitor(trust: TrustedRoot, options?: MonitorOptions): Monitor;
