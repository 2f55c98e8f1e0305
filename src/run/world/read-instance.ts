/** Loads an instance from files or from its TUF repository. */

import { join } from 'node:path';
import { parseJson } from '../../core/encoding/index.ts';
import { fail } from '../../core/errors/index.ts';
import { defaultThresholds } from '../../core/policy/index.ts';
import { readSigningConfig, readTrustedRoot, type SigningConfig } from '../../core/trust/index.ts';
import {
  gitHubSigningConfig,
  instances,
  loadFromTuf,
  loadTufInstance,
  type TufFiles,
  type TufOptions,
} from '../../services/tuf/index.ts';
import type { Instance, InstanceRequest } from './instance.ts';
import { parseInput, readInput } from './read-input.ts';
import type { World } from './world.ts';

const withoutCertificateLog = 'certificate transparency is not required, so misissued certificates may go unnoticed';

const withoutLog = 'transparency log entries are not required, so signatures may go unnoticed';

type Sources = Pick<Instance, 'trust' | 'signingConfig' | 'warnings'>;

/**
 * Loads an instance: from files if they are given, otherwise from its TUF repository, starting with a built-in or given root. Trust
 * never comes from the services themselves.
 *
 * @throws CountersignError `USAGE` if what is needed is not given; those of the repository and of the files
 */
export async function readInstance(request: InstanceRequest, world: World): Promise<Instance> {
  const { name, trustedRoot, insecureIgnoreSct, insecureIgnoreTlog } = request;
  const known = name === 'custom' || name === 'sandbox' ? undefined : instances[name];
  const thresholds = known?.thresholds ?? defaultThresholds;
  const sources = await loadSources(request, world);
  return {
    name,
    thresholds: {
      ...thresholds,
      ...(insecureIgnoreSct && { signedCertificateTimestamps: 0 }),
      ...(insecureIgnoreTlog && { logEntries: 0 }),
    },
    sandbox: name === 'sandbox' ? 'accept' : 'refuse',
    publicLog: name === 'public-good' || name === 'staging',
    trustedRootPath: trustedRoot,
    ...sources,
    warnings: [
      ...sources.warnings,
      ...(insecureIgnoreSct ? [withoutCertificateLog] : []),
      ...(insecureIgnoreTlog ? [withoutLog] : []),
    ],
  };
}

async function loadSources(request: InstanceRequest, world: World): Promise<Sources> {
  const { trustedRoot, signingConfig } = request;
  const trust =
    trustedRoot === undefined ? undefined : await parseInput(trustedRoot, 'trusted root', world, readTrustedRoot);
  const config =
    signingConfig === undefined
      ? tenantConfig(request)
      : await parseInput(signingConfig, 'signing config', world, readSigningConfig);
  // With a trusted root given, verifying needs no network.
  const enough = config ?? (request.purpose === 'verify' ? nothing : undefined);
  if (trust !== undefined && enough !== undefined) return { trust, signingConfig: enough, warnings: [] };
  demandTenantRoot(request);
  const loaded = await loadRepository(request, world);
  return { trust: trust ?? loaded.trust, signingConfig: config ?? loaded.signingConfig, warnings: loaded.warnings };
}

/** Returns the services of a tenant, whose addresses follow from its host. */
function tenantConfig({ name, tenant, purpose }: InstanceRequest): SigningConfig | undefined {
  return name === 'github' && tenant !== undefined && purpose === 'sign'
    ? readSigningConfig(gitHubSigningConfig(tenant))
    : undefined;
}

/** The repository of GitHub's instance has the trusted root of github.com. That of a tenant is another. */
function demandTenantRoot({ name, tenant }: InstanceRequest): void {
  if (name !== 'github' || tenant === undefined) return;
  fail('USAGE', `the Sigstore instance of ${tenant} has a trusted root of its own, which is not built in`, {
    remedy: `Set \`trusted-root\` to a file with the output of \`gh attestation trusted-root --hostname ${tenant}\`.`,
  });
}

/** Enough for verifying, but not for signing. */
const nothing: SigningConfig = {
  certificateAuthorities: [],
  identityProviders: [],
  transparencyLogs: [],
  transparencyLogSelector: undefined,
  timestampAuthorities: [],
  timestampAuthoritySelector: undefined,
};

async function loadRepository(request: InstanceRequest, world: World): Promise<Sources> {
  const { trustedRoot, signingConfig, ...loaded } = await loadTufInstance(
    await repositoryOf(request, world),
    request.logVersion,
    tufOptions(request, world),
  );
  return { trust: trustedRoot, signingConfig, warnings: warningsOf(loaded) };
}

/** Loads the trusted root that an instance publishes, as one line of JSON. */
export async function readPublishedTrustedRoot(
  request: InstanceRequest,
  world: World,
): Promise<{ readonly json: string; readonly warnings: readonly string[] }> {
  const { repository } = await repositoryOf(request, world);
  const name = 'trusted_root.json';
  const { files, ...loaded } = await loadFromTuf(repository, [name], tufOptions(request, world));
  const bytes = files.get(name) ?? new Uint8Array();
  readTrustedRoot(bytes);
  return { json: JSON.stringify(parseJson(bytes)), warnings: warningsOf(loaded) };
}

function tufOptions({ name, cacheDirectory, mode }: InstanceRequest, world: World): TufOptions {
  return {
    ...world,
    ...(cacheDirectory !== undefined && { cacheDirectory: join(cacheDirectory, name) }),
    ...(mode !== undefined && { mode }),
  };
}

function warningsOf({ warnings, expired, refreshedAt }: Omit<TufFiles, 'files'>): readonly string[] {
  const stale = `the cached trust root, fetched at ${refreshedAt.toISOString()}, has expired; it is used because of \`offline-stale\``;
  return expired ? [...warnings, stale] : warnings;
}

type Repository = Parameters<typeof loadTufInstance>[0];

async function repositoryOf(request: InstanceRequest, world: World): Promise<Repository> {
  const { tufUrl, tufRoot } = request;
  return tufUrl === undefined ? knownInstance(request) : customInstance(tufUrl, tufRoot, world);
}

function knownInstance({ name, purpose }: InstanceRequest): Repository {
  if (name === 'custom' || name === 'sandbox') {
    if (purpose === 'trusted-root')
      fail('USAGE', `\`instance: ${name}\` requires a TUF repository`, { remedy: 'Set `tuf-url` and `tuf-root`.' });
    fail('USAGE', `\`instance: ${name}\` requires a trusted root or a TUF repository`, {
      remedy: 'Set `trusted-root` (and `signing-config` to sign), or `tuf-url` and `tuf-root`.',
    });
  }
  return instances[name];
}

async function customInstance(metadataUrl: string, root: string | undefined, world: World): Promise<Repository> {
  if (root === undefined) {
    fail('USAGE', '`tuf-url` requires the initial root metadata of the repository', {
      remedy: 'Set `tuf-root` to the path of a root.json that you obtained from a source other than the repository.',
    });
  }
  return {
    repository: { metadataUrl, rootJson: await readInput(root, 'TUF root', world) },
    signingConfig: 'repository',
  };
}
