/** The Sigstore instance of a run: its trusted root, its services and the thresholds it requires. */
import type { Policy } from '../../core/policy/index.ts';
import type { LogVersion, SigningConfig, TrustedRoot } from '../../core/trust/index.ts';
import type { TufOptions } from '../../services/tuf/index.ts';
export type InstanceName = 'public-good' | 'github' | 'staging' | 'custom' | 'sandbox';
/** The options that choose an instance. Paths are absolute. */
export interface InstanceRequest {
    readonly name: InstanceName;
    /** Verifying needs no services. Printing the trusted root needs its repository. */
    readonly purpose: 'sign' | 'verify' | 'trusted-root';
    /** The host of a tenant of GitHub Enterprise Cloud (`octo.ghe.com`), whose services the instance `github` has there. */
    readonly tenant?: string | undefined;
    readonly trustedRoot?: string | undefined;
    readonly signingConfig?: string | undefined;
    readonly tufUrl?: string | undefined;
    readonly tufRoot?: string | undefined;
    readonly logVersion?: LogVersion | undefined;
    /** Accepts certificates that are in no certificate transparency log, for authorities that have none. */
    readonly insecureIgnoreSct?: boolean;
    /** Accepts signatures that are in no transparency log, for instances that have timestamps and no log. */
    readonly insecureIgnoreTlog?: boolean;
    /** The folder of the cache; without it, nothing is cached. */
    readonly cacheDirectory?: string | undefined;
    /** `online` by default; `offline` uses what was fetched before, `offline-stale` even where that has expired. */
    readonly mode?: TufOptions['mode'] | undefined;
}
export interface Instance {
    readonly name: InstanceName;
    readonly trust: TrustedRoot;
    readonly signingConfig: SigningConfig;
    readonly thresholds: Policy['thresholds'];
    readonly sandbox: Policy['sandbox'];
    /** True if the instance's log is public. */
    readonly publicLog: boolean;
    /** The path of the trusted root, if it is not the instance's own. */
    readonly trustedRootPath: string | undefined;
    readonly warnings: readonly string[];
}
