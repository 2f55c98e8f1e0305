/** What a verification may believe: one trusted root or several, and how much proof each of them can give. */

import { defaultThresholds, type Policy, type Thresholds } from '../../core/policy/index.ts';
import { readTrustedRoots, type TrustedRoot } from '../../core/trust/index.ts';
import { type InstanceRequest, loadInstance, readInput, type World } from '../world/index.ts';

/** A trusted root, and what is asked for under it. */
export interface TrustChoice {
  readonly trust: TrustedRoot;
  readonly thresholds: Thresholds;
  readonly sandbox: Policy['sandbox'];
}

export interface VerifyTrust {
  /** A bundle is examined under each until one passes. They are never mixed. */
  readonly roots: readonly TrustChoice[];
  readonly warnings: readonly string[];
}

/**
 * Loads what is to be believed. With a trusted root given, it is read from that file and nobody is asked for anything; else it
 * comes from the instance's repository, whose root is built in.
 *
 * @throws CountersignError `USAGE`, `TRUSTED_ROOT_INVALID`, and those of the repository: `TRUSTED_ROOT_EXPIRED` for a cache that has expired
 */
export async function loadTrust(request: InstanceRequest, world: World): Promise<VerifyTrust> {
  const { name, trustedRoot: path } = request;
  const sandbox = name === 'sandbox' ? 'accept' : 'refuse';
  if (path === undefined) {
    const { trust, thresholds, warnings } = await loadInstance(request, world);
    return { roots: [{ trust, thresholds, sandbox }], warnings };
  }
  const roots = readTrustedRoots(await readInput(path, 'trusted root', world));
  const mayHaveNoLog = name === 'github' || roots.length > 1;
  return {
    roots: roots.map((trust) => ({ trust, thresholds: thresholdsUnder(trust, mayHaveNoLog), sandbox })),
    warnings: [],
  };
}

/**
 * GitHub's own instance has no log, and its root names none. That counts only for who asked for it, by its name or with the file of
 * roots that gh writes: a root that has lost its logs must not make proofs unnecessary.
 */
function thresholdsUnder(trust: TrustedRoot, mayHaveNoLog: boolean): Thresholds {
  const hasNoLog = trust.transparencyLogs.length === 0 && trust.certificateTransparencyLogs.length === 0;
  return mayHaveNoLog && hasNoLog
    ? { signedCertificateTimestamps: 0, logEntries: 0, timestamps: 1 }
    : defaultThresholds;
}
