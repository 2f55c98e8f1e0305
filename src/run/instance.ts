/** Which Sigstore a run is about: what it trusts, where it signs, how much proof it asks for. */

import { join } from 'node:path';
import { fail } from '../core/errors/index.ts';
import { defaultThresholds, type Policy } from '../core/policy/index.ts';
import {
  type LogVersion,
  readSigningConfig,
  readTrustedRoot,
  type SigningConfig,
  type TrustedRoot,
} from '../core/trust/index.ts';
import { instances, loadInstance as loadFromRepository, type TufOptions } from '../services/tuf/index.ts';
import { readInput } from './read-input.ts';
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

const withoutCertificateLog = 'no certificate transparency log is asked for: a certificate could be kept from sight';

type Sources = Pick<Instance, 'trust' | 'signingConfig' | 'warnings'>;

/**
 * Loads an instance: from files where they are given, else from its repository (TUF), beginning with a root that is built in or
 * given. Trust never comes from the services themselves.
 *
 * @throws CountersignError `USAGE` if what is needed is not given; those of the repository and of the files
 */
export async function loadInstance(request: InstanceRequest, world: World): Promise<Instance> {
  const { name, trustedRoot } = request;
  const known = name === 'custom' || name === 'sandbox' ? undefined : instances[name];
  const thresholds = known?.thresholds ?? defaultThresholds;
  const sources = await loadSources(request, world);
  return {
    name,
    thresholds: request.insecureIgnoreSct ? { ...thresholds, signedCertificateTimestamps: 0 } : thresholds,
    sandbox: name === 'sandbox' ? 'accept' : 'refuse',
    publicLog: name === 'public-good' || name === 'staging',
    trustedRootPath: trustedRoot,
    ...sources,
    warnings: [...sources.warnings, ...(request.insecureIgnoreSct ? [withoutCertificateLog] : [])],
  };
}

async function loadSources(request: InstanceRequest, world: World): Promise<Sources> {
  const { trustedRoot, signingConfig } = request;
  const trust =
    trustedRoot === undefined ? undefined : readTrustedRoot(await readInput(trustedRoot, 'trusted root', world));
  const config =
    signingConfig === undefined
      ? undefined
      : readSigningConfig(await readInput(signingConfig, 'signing config', world));
  // With a trusted root given, verifying asks nobody for anything.
  const enough = config ?? (request.purpose === 'verify' ? nothing : undefined);
  if (trust !== undefined && enough !== undefined) return { trust, signingConfig: enough, warnings: [] };
  const loaded = await loadRepository(request, world);
  return { trust: trust ?? loaded.trust, signingConfig: config ?? loaded.signingConfig, warnings: loaded.warnings };
}

/** Enough to verify with, and nothing to sign with. */
const nothing: SigningConfig = {
  certificateAuthorities: [],
  transparencyLogs: [],
  transparencyLogSelector: undefined,
  timestampAuthorities: [],
  timestampAuthoritySelector: undefined,
};

async function loadRepository(request: InstanceRequest, world: World): Promise<Sources> {
  const { name, tufUrl, tufRoot, logVersion, cacheDirectory, mode } = request;
  const options: TufOptions = {
    ...world,
    ...(cacheDirectory !== undefined && { cacheDirectory: join(cacheDirectory, name) }),
    ...(mode !== undefined && { mode }),
  };
  const { trustedRoot, signingConfig, warnings, expired, refreshedAt } = await loadFromRepository(
    tufUrl === undefined ? knownInstance(name) : await customInstance(tufUrl, tufRoot, world),
    logVersion,
    options,
  );
  const stale = `the trust root has expired since it was fetched at ${refreshedAt.toISOString()}, and was used all the same`;
  return { trust: trustedRoot, signingConfig, warnings: expired ? [...warnings, stale] : warnings };
}

function knownInstance(name: InstanceName): Parameters<typeof loadFromRepository>[0] {
  if (name === 'custom' || name === 'sandbox') {
    fail('USAGE', `the instance ${name} is not described`, {
      remedy: 'Give `trusted-root` and `signing-config`, or `tuf-url` and `tuf-root`.',
    });
  }
  return instances[name];
}

async function customInstance(
  metadataUrl: string,
  root: string | undefined,
  world: World,
): Promise<Parameters<typeof loadFromRepository>[0]> {
  if (root === undefined) {
    fail('USAGE', 'a TUF repository was given without the root with which trust in it begins', {
      remedy: 'Give `tuf-root`, the path of a root.json that you have from somewhere else than the repository.',
    });
  }
  return {
    repository: { metadataUrl, rootJson: await readInput(root, 'TUF root', world) },
    signingConfig: 'repository',
  };
}
