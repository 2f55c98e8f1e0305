/** The Sigstore that a run is about: what it trusts, where it signs, how much proof it asks for. */

import type { Policy } from '../../core/policy/index.ts';
import type { LogVersion, SigningConfig, TrustedRoot } from '../../core/trust/index.ts';
import type { TufOptions } from '../../services/tuf/index.ts';
import type { World } from './world.ts';

export type InstanceName = 'public-good' | 'github' | 'staging' | 'custom' | 'sandbox';

/** What a caller says of an instance. Paths are absolute. */
export interface InstanceRequest {
  readonly name: InstanceName;
  /** Verifying needs no services. */
  readonly purpose: 'sign' | 'verify';
  readonly trustedRoot?: string | undefined;
  readonly signingConfig?: string | undefined;
  readonly tufUrl?: string | undefined;
  readonly tufRoot?: string | undefined;
  readonly logVersion?: LogVersion | undefined;
  /** Whether certificates that no certificate log has seen will do: of an authority that has none. */
  readonly insecureIgnoreSct?: boolean;
  /** Where what was fetched is kept; if absent, nowhere. */
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
  /** Whether what is signed is in a log that everybody can read. */
  readonly publicLog: boolean;
  /** The path of the trusted root, where it is not the instance's own. */
  readonly trustedRootPath: string | undefined;
  readonly warnings: readonly string[];
}

/**
 * Loads an instance. The client of TUF repositories is loaded with it, and not before.
 *
 * @throws CountersignError those of {@link readInstance}
 */
export async function loadInstance(request: InstanceRequest, world: World): Promise<Instance> {
  const { readInstance } = await import('./read-instance.ts');
  return readInstance(request, world);
}
