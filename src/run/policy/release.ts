/** Reads the policy for a release of GitHub, whose attestations GitHub signs itself. Loaded only for one. */

import type { FulcioClaim } from '../../core/certificate/index.ts';
import { fail } from '../../core/errors/index.ts';
import {
  type ClaimExpectation,
  exactly,
  type Policy,
  type ReleaseExpectation,
  type SignerPolicy,
} from '../../core/policy/index.ts';
import type { PolicyRequest } from '../../options/index.ts';
import type { InstanceRequest } from '../world/index.ts';

interface ExpectedRelease {
  readonly signer: SignerPolicy;
  readonly content: { readonly release: ReleaseExpectation };
}

/** The name in the certificates of github.com's release service. */
const publicSigner = 'https://dotcom.releases.github.com';

/**
 * Returns the policy for the release that `release` names: its signer is GitHub's release service, whose certificates state no issuer.
 *
 * @param others the options of the request that have no meaning for a release, and are refused
 * @param readClaims returns the expected commit and IDs, which the statement has in place of a certificate
 * @throws CountersignError `POLICY_INVALID`
 */
export function expectedRelease(
  { release = '', hostname }: PolicyRequest,
  others: readonly string[],
  readClaims: () => readonly ClaimExpectation[],
): ExpectedRelease {
  if (others.length > 0)
    fail('POLICY_INVALID', `${others.join(' and ')} cannot be combined with \`release\`, which GitHub itself signs`, {
      remedy: 'Remove what cannot be combined. To require provenance as well, verify it in a second run.',
    });
  const [, repository = '', tag = ''] =
    /^([A-Za-z0-9_.-]+\/[A-Za-z0-9_.-]+)@([^*]+)$/.exec(release) ??
    fail('POLICY_INVALID', `\`release\` is ${JSON.stringify(release)}, which is not a release`, {
      remedy: 'Use the form `owner/name@tag`. The tag is compared exactly.',
    });
  const claims = readClaims();
  const commits = allowed(claims, 'sourceRepositoryDigest');
  const repositoryIds = allowed(claims, 'sourceRepositoryIdentifier');
  const ownerIds = allowed(claims, 'sourceRepositoryOwnerIdentifier');
  return {
    signer: { kind: 'identity', identity: exactly(signerAt(hostname)), issuer: 'none', claims: [] },
    content: {
      release: {
        repository,
        tag,
        ...(commits && { commits }),
        ...(repositoryIds && { repositoryIds }),
        ...(ownerIds && { ownerIds }),
      },
    },
  };
}

/** Returns the values of a claim that each expectation of it allows; `undefined` if there is none. */
function allowed(claims: readonly ClaimExpectation[], name: FulcioClaim): readonly string[] | undefined {
  const lists = claims.flatMap(({ claim, expected }) => (claim === name ? [expected.map(({ value }) => value)] : []));
  const [first, ...others] = lists;
  const common = first?.filter((value) => others.every((values) => values.includes(value)));
  if (common?.length !== 0) return common;
  return fail('POLICY_INVALID', 'the policy file and the options allow no common commit or ID', {
    remedy: 'Specify them in one place only.',
  });
}

/** Returns the name of the release service of a host. That of a tenant has the tenant's name. */
function signerAt(hostname = 'github.com'): string {
  if (hostname === 'github.com') return publicSigner;
  const [, tenant] =
    // Of the name that github.com itself has, nothing could tell which of the two is meant.
    /^(?!dotcom\.)([a-z0-9-]+)\.ghe\.com$/.exec(hostname) ??
    fail('POLICY_INVALID', `\`hostname\` is ${JSON.stringify(hostname)}, which has no attested releases`, {
      remedy: 'Use `github.com`, or the host of your enterprise, `name.ghe.com`.',
    });
  return `https://${tenant}.releases.github.com`;
}

/**
 * Returns the instance for a release: GitHub's own, unless a sandbox was chosen.
 *
 * @throws CountersignError `USAGE` for another instance, or a tenant, whose trusted root is not built in
 */
export function releaseInstance(request: InstanceRequest, { signer }: Pick<Policy, 'signer'>): InstanceRequest {
  const { name, tufUrl, trustedRoot } = request;
  if (name === 'staging' || name === 'custom' || tufUrl !== undefined)
    fail(
      'USAGE',
      `${tufUrl === undefined ? `\`instance: ${name}\`` : '`tuf-url`'} cannot be combined with \`release\``,
      {
        remedy:
          "Omit it: the attestations of releases are issued by GitHub's own instance. To use a file, set `trusted-root`.",
      },
    );
  const isPublic = signer.kind === 'identity' && signer.identity !== 'any' && signer.identity.value === publicSigner;
  if (!isPublic && trustedRoot === undefined)
    fail('USAGE', 'the trusted root of this host is not built in', {
      remedy: 'Save the output of `gh attestation trusted-root --hostname HOST`, and set `trusted-root` to its path.',
    });
  return name === 'public-good' ? { ...request, name: 'github' } : request;
}
