import type { PublicKey } from '../../core/crypto/public-key.ts';
import type { ValidityWindow } from '../../core/trust/validity-window.ts';
/** The protocol by which a log is read. */
export type LogProtocol = 'rekor-v1' | 'rekor-v2' | 'rfc6962' | 'static-ct';
/** Returns the URL of a log as {@link MonitoredLog} has it: without a slash at its end. */
export declare function logUrl(url: string): string;
/** Reports whether a log of this protocol is a certificate log. */
export declare function isCertificateLog(protocol: LogProtocol): boolean;
/**
 * A log to follow. Its address and key are from the trusted root, so that no service can change them. The ids of the shards of Rekor v1 are
 * from the service; each shard is still verified with the key of the trusted root.
 */
export interface MonitoredLog {
    readonly protocol: LogProtocol;
    /** Without a slash at the end. */
    readonly baseUrl: string;
    readonly publicKey: PublicKey;
    /** The whole id of the key. Rekor's is SHA-256 of the key or, in version 2, of the name and the key. */
    readonly keyId: Uint8Array;
    /** The names that the origin of its checkpoints may have, as in `CheckpointKey`. */
    readonly names: readonly string[];
    readonly validFor: ValidityWindow;
    /** True for a shard of Rekor v1 that was replaced by a later one, and must not change. Other logs end with `validFor`. */
    readonly isEnded?: boolean;
}
