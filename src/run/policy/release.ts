/** Reads the policy for a release of GitHub, whose attestations GitHub signs itself. Loaded only for one. */

import { fail } from '../../core/errors/index.ts';
import { exactly, type Policy, type ReleaseExpectation, type SignerPolicy } from '../../core/policy/index.ts';
import { type PolicyRequest, policyRows } from '../../options/index.ts';
import type { InstanceRequest } from '../world/index.ts';
import { commitDigest, id } from './claims.ts';
import { given, policyOptions } from './request.ts';

interface ExpectedRelease {
  readonly signer: SignerPolicy;
  readonly content: { readonly release: ReleaseExpectation };
}

/** The name in the certificates of github.com's release service. */
const publicSigner = 'https://dotcom.releases.github.com';

/**
 * Returns the policy for the release that `release` names: its signer is GitHub's release service, whose certificates state no issuer.
 *
 * @param repeated the options that a policy file has too; both must be met
 * @throws CountersignError `POLICY_INVALID`, also for options that name another signer, or that nothing would enforce
 */
export function expectedRelease(request: PolicyRequest, repeated: PolicyRequest): ExpectedRelease {
  const others = given(request, ...policyOptions.filter((option) => !('withRelease' in policyRows[option])));
  if (others.length > 0)
    fail(
      'POLICY_INVALID',
      `${others.join(' and ')} cannot be combined with \`release\`: GitHub signs the attestations of releases`,
      {
        remedy: 'Remove what cannot be combined. To require provenance as well, verify it in a second run.',
      },
    );
  const { release = '' } = request;
  const [, repository = '', tag = ''] =
    /^([A-Za-z0-9_.-]+\/[A-Za-z0-9_.-]+)@([^*]+)$/.exec(release) ??
    fail('POLICY_INVALID', `\`release\` is ${JSON.stringify(release)}, which is not a release`, {
      remedy: 'Use the form `owner/name@tag`. The tag is compared exactly.',
    });
  const commits = inBoth('source-digest', request.sourceDigest, repeated.sourceDigest, commitDigest);
  const repositoryIds = inBoth('source-repository-id', request.sourceRepositoryId, repeated.sourceRepositoryId, id);
  const ownerIds = inBoth('source-owner-id', request.sourceOwnerId, repeated.sourceOwnerId, id);
  return {
    signer: { kind: 'identity', identity: exactly(signerAt(request.hostname)), issuer: 'none', claims: [] },
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

/** Returns the values that are in both lists, of those that are given; `undefined` if none is. */
function inBoth(
  option: string,
  values: readonly string[] = [],
  repeated: readonly string[] = [],
  read: (option: string, value: string) => { readonly value: string },
): readonly string[] | undefined {
  const [own, others] = [values, repeated].map((list) => list.map((value) => read(option, value).value));
  if (own === undefined || own.length === 0) return undefined;
  const common = others === undefined || others.length === 0 ? own : own.filter((value) => others.includes(value));
  if (common.length > 0) return common;
  return fail('POLICY_INVALID', `no value of \`${option}\` is both in the policy file and outside of it`, {
    remedy: 'Omit one of them.',
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
