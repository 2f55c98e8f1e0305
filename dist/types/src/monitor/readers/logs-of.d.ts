/** Lists the logs of a trusted root, with the protocol of each. */
import { CountersignError } from '../../core/errors/index.ts';
import type { SigningConfig } from '../../core/trust/signing-config.ts';
import type { TrustedRoot } from '../../core/trust/trusted-root.ts';
import type { ValidityWindow } from '../../core/trust/validity-window.ts';
import type { Http } from '../../services/http/http.ts';
import { type MonitoredLog } from '../log/monitored-log.ts';
export interface LogsOptions {
    readonly http: Http;
    /** States the API version of each log of Rekor that it lists. Other logs are asked. */
    readonly signingConfig?: SigningConfig;
}
/** A log of which it is unknown how it can be read. */
export interface UnreadableLog {
    readonly baseUrl: string;
    readonly keyId: Uint8Array;
    readonly validFor: ValidityWindow;
    readonly error: CountersignError;
}
export interface FoundLogs {
    readonly logs: readonly MonitoredLog[];
    readonly unreadable: readonly UnreadableLog[];
}
/**
 * Lists the logs of a trusted root. Each shard of Rekor v1 is a log of its own. The keys are those of the trusted root; the services tell
 * only their protocols and their shards.
 */
export declare function logsOf(trust: TrustedRoot, options: LogsOptions): Promise<FoundLogs>;
