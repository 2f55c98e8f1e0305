/** Loads the trusted roots of a verification, and the thresholds under each. */

import { parseJson } from '../../core/encoding/index.ts';
import { defaultThresholds, type Policy, type Thresholds } from '../../core/policy/index.ts';
import { readTrustedRoots, splitTrustedRoots, type TrustedRoot } from '../../core/trust/index.ts';
import {
  type InstanceName,
  type InstanceRequest,
  loadInstance,
  parseInput,
  publishedTrustedRoot,
  type World,
} from '../world/index.ts';

/** A trusted root, and the proof that is required under it. */
export interface TrustChoice {
  /** The name of the instance that was chosen. */
  readonly instance: InstanceName;
  readonly trust: TrustedRoot;
  readonly thresholds: Thresholds;
  readonly sandbox: Policy['sandbox'];
}

export interface VerifyTrust {
  /** The roots under which a bundle is examined, one after another, until it passes. They are never mixed. */
  readonly roots: readonly TrustChoice[];
  readonly warnings: readonly string[];
}

/**
 * Loads the trusted roots: from the given file, without a network, or from the instance's TUF repository, whose root is built in.
 *
 * @param policy the policy that holds under them: for a release, the instance is GitHub's own
 * @throws CountersignError `USAGE`, `TRUSTED_ROOT_INVALID`, and those of the repository: `TRUSTED_ROOT_EXPIRED` for a cache that has expired
 */
export async function loadTrust(
  asked: InstanceRequest,
  world: World,
  policy?: Pick<Policy, 'signer' | 'content'>,
): Promise<VerifyTrust> {
  const isRelease = policy?.content.release !== undefined;
  const request = await requestUnder(asked, policy);
  const { name, trustedRoot: path } = request;
  const sandbox = name === 'sandbox' ? 'accept' : 'refuse';
  if (path === undefined) {
    const { trust, thresholds, warnings } = await loadInstance(request, world);
    return { roots: [{ instance: name, trust, thresholds, sandbox }], warnings };
  }
  const roots = await parseInput(path, 'trusted root', world, readTrustedRoots);
  const mayHaveNoLog = name === 'github' || isRelease || roots.length > 1;
  return {
    roots: roots.map((trust) => ({
      instance: name,
      trust,
      thresholds: thresholdsUnder(trust, mayHaveNoLog),
      sandbox,
    })),
    warnings: [],
  };
}

/**
 * Returns the texts of the roots that {@link loadTrust} loads, one line each. What it has just fetched is not fetched again, if it is cached.
 *
 * @throws CountersignError those of {@link loadTrust}
 */
export async function trustedRootTexts(
  asked: InstanceRequest,
  world: World,
  policy?: Pick<Policy, 'signer' | 'content'>,
): Promise<readonly string[]> {
  const request = await requestUnder(asked, policy);
  const { trustedRoot: path, cacheDirectory, mode = 'online' } = request;
  const onOneLine = (text: string): string => JSON.stringify(parseJson(text));
  if (path !== undefined)
    return parseInput(path, 'trusted root', world, (bytes) => splitTrustedRoots(bytes).map(onOneLine));
  const isFetched = cacheDirectory !== undefined && mode === 'online';
  return [(await publishedTrustedRoot({ ...request, mode: isFetched ? 'offline' : mode }, world)).json];
}

async function requestUnder(
  asked: InstanceRequest,
  policy: Pick<Policy, 'signer' | 'content'> | undefined,
): Promise<InstanceRequest> {
  if (policy?.content.release === undefined) return asked;
  const { releaseInstance } = await import('./release.ts');
  return releaseInstance(asked, policy);
}

/** Returns the source of trusted roots, for people. @param path of a trusted root that replaces that of the instance */
export function trustSource(instance: InstanceName, path: string | undefined): string {
  return path === undefined ? `the trusted root of the instance ${instance}` : `the trusted root ${path}`;
}

/**
 * Returns the thresholds under a root. GitHub's own instance has no log; that is accepted only where it was asked for, by name or with the
 * file of roots that gh writes. Otherwise a root that has lost its logs would make proofs unnecessary.
 */
export function thresholdsUnder(trust: TrustedRoot, mayHaveNoLog: boolean): Thresholds {
  const hasNoLog = trust.transparencyLogs.length === 0 && trust.certificateTransparencyLogs.length === 0;
  return mayHaveNoLog && hasNoLog
    ? { signedCertificateTimestamps: 0, logEntries: 0, timestamps: 1 }
    : defaultThresholds;
}
