/** The instances of Sigstore that Countersign knows: where their trust roots are, and how much proof each of them offers. */

import { defaultThresholds, type Thresholds } from '../../core/policy/index.ts';
import {
  type LogVersion,
  readSigningConfig,
  readTrustedRoot,
  type SigningConfig,
  type TrustedRoot,
} from '../../core/trust/index.ts';
import { loadFromTuf, type TufFiles, type TufOptions } from './load.ts';
import type { TufRepository } from './repository.ts';
// The root metadata is as it was published: version 9 of GitHub's, 15 of the public-good instance's, 14 of the staging instance's.
import githubRoot from './roots/github.json' with { type: 'json' };
import publicGoodRoot from './roots/public-good.json' with { type: 'json' };
import stagingRoot from './roots/staging.json' with { type: 'json' };
import type { TargetName } from './target-names.ts';

export type KnownInstanceName = 'public-good' | 'staging' | 'github';

export interface TufInstance {
  readonly repository: TufRepository;
  /** In the repository, or, where it has none, the text that is built in. */
  readonly signingConfig: 'repository' | { readonly builtIn: string };
  readonly thresholds: Thresholds;
}

/**
 * Returns the signing config of GitHub's instance for private repositories, which has no log, and so nothing public. Its repository has none;
 * these are the services that actions/toolkit uses (packages/attest), the path that of the timestamp authority's API.
 *
 * @param host `github.com`, or that of a tenant of GitHub Enterprise Cloud, which has services of its own
 */
export function gitHubSigningConfig(host: string): string {
  const domain = host === 'github.com' ? 'githubapp.com' : host;
  const service = (url: string) => ({
    url,
    majorApiVersion: 1,
    validFor: { start: '2023-10-27T16:30:00Z' },
    operator: host,
  });
  return JSON.stringify({
    mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.2+json',
    caUrls: [service(`https://fulcio.${domain}`)],
    tsaUrls: [service(`https://timestamp.${domain}/api/v1/timestamp`)],
    tsaConfig: { selector: 'ANY' },
  });
}

export const instances: Readonly<Record<KnownInstanceName, TufInstance>> = {
  'public-good': {
    repository: { metadataUrl: 'https://tuf-repo-cdn.sigstore.dev/', rootJson: JSON.stringify(publicGoodRoot) },
    signingConfig: 'repository',
    thresholds: defaultThresholds,
  },
  staging: {
    repository: { metadataUrl: 'https://tuf-repo-cdn.sigstage.dev/', rootJson: JSON.stringify(stagingRoot) },
    signingConfig: 'repository',
    thresholds: defaultThresholds,
  },
  github: {
    repository: { metadataUrl: 'https://tuf-repo.github.com/', rootJson: JSON.stringify(githubRoot) },
    signingConfig: { builtIn: gitHubSigningConfig('github.com') },
    thresholds: { signedCertificateTimestamps: 0, logEntries: 0, timestamps: 1 },
  },
};

export interface LoadedInstance extends Omit<TufFiles, 'files'> {
  readonly trustedRoot: TrustedRoot;
  readonly signingConfig: SigningConfig;
}

/**
 * Loads what an instance publishes, or a repository laid out like one.
 *
 * @param logVersion 2 for the signing config with logs of version 2, which is a file of its own
 * @throws CountersignError those of `loadFromTuf`; `TRUSTED_ROOT_INVALID`, `SIGNING_CONFIG_INVALID`
 */
export async function loadTufInstance(
  { repository, signingConfig }: Pick<TufInstance, 'repository' | 'signingConfig'>,
  logVersion: LogVersion | undefined,
  options: TufOptions,
): Promise<LoadedInstance> {
  const configName = logVersion === 2 ? 'signing_config_rekor_v2.v0.2.json' : 'signing_config.v0.2.json';
  const builtIn = signingConfig === 'repository' ? undefined : signingConfig.builtIn;
  const names: readonly TargetName[] =
    builtIn === undefined ? ['trusted_root.json', configName] : ['trusted_root.json'];
  const { files, ...loaded } = await loadFromTuf(repository, names, options);
  return {
    ...loaded,
    trustedRoot: readTrustedRoot(files.get('trusted_root.json') ?? ''),
    signingConfig: readSigningConfig(builtIn ?? files.get(configName) ?? ''),
  };
}
