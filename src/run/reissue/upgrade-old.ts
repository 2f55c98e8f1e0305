/** Converts old signatures without signing, as the way in which a re-issue makes new bundles. */

import { fail } from '../../core/errors/index.ts';
import { artifactOfDigest } from '../../core/verify/index.ts';
import { bundleClaims, claimedDigest } from '../../report/index.ts';
import { policyUnder } from '../policy/index.ts';
import { type UpgradeWorld, upgradeSignature } from '../upgrade/index.ts';
import type { OldPolicy } from './examine-old.ts';
import type { Upgrade } from './outcome.ts';

/**
 * Returns the function that upgrades old signatures to bundles of version 0.3. It verifies the old and the new bundle with the policy for old
 * signatures.
 */
export function upgradeOld({ policy, trust }: Pick<OldPolicy, 'policy' | 'trust'>, world: UpgradeWorld): Upgrade {
  const roots = trust.roots.map((choice) => ({ choice, policy: policyUnder(policy, choice) }));
  return async ({ bundle, document, digests: found = [] }, { digests: named }) => {
    if (document !== undefined)
      return {
        kind: 'skipped',
        reason: 'is over a document that names the image, which a bundle about the image cannot contain; sign it again',
      };
    const digests = named.length > 0 ? named : found;
    const claimed = digests.length > 0 ? undefined : claimedDigest(bundleClaims(bundle, undefined));
    const artifact = artifactOfDigest(...(claimed === undefined ? digests : [claimed]));
    if (artifact.digests.length === 0)
      fail('DIGEST_UNAVAILABLE', 'the bundle does not name the digest of what it signs');
    const upgraded = await upgradeSignature(bundle, artifact, roots, world);
    return upgraded.kind === 'current'
      ? { kind: 'skipped', reason: 'is a bundle of version 0.3 already' }
      : { kind: 'upgraded', text: upgraded.text };
  };
}
