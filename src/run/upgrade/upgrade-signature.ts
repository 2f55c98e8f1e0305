/** Upgrades an old signature to a bundle of version 0.3, without signing. */

import { type Bundle, differentPart, readBundle, upgradeBundle, writeBundle } from '../../core/bundle/index.ts';
import { isHash } from '../../core/crypto/index.ts';
import { fail } from '../../core/errors/index.ts';
import { type Artifact, type Examination, examine, type Verdict } from '../../core/verify/index.ts';
import type { RootPolicy } from '../verify/index.ts';
import type { World } from '../world/index.ts';
import { withProofs } from './fetch-proofs.ts';

/** The world that an upgrade needs: the network is for inclusion proofs that bundles lack. */
export type UpgradeWorld = Pick<World, 'http' | 'clock'>;

/** The result of an upgrade. */
export type Upgraded =
  | {
      readonly kind: 'upgraded';
      /** The new bundle, on one line. It has been read back and verified. */
      readonly text: string;
      readonly bundle: Bundle;
      readonly verdict: Verdict;
    }
  /** The signature is in a bundle of version 0.3 already, which the policy accepts. */
  | { readonly kind: 'current' };

/**
 * Verifies an old signature, converts it to a bundle of version 0.3, and verifies that bundle as a stranger would: read from its text,
 * under the same trusted root and policy. The new bundle must prove the same as the old one. Nothing is signed or logged.
 *
 * @param roots the trusted roots with their policies, one of which must accept the old signature
 * @throws CountersignError the verifier's; `TRUSTED_ROOT_MISSING`; those of {@link withProofs}
 */
export async function upgradeSignature(
  old: Bundle,
  artifact: Artifact,
  roots: readonly RootPolicy[],
  { http, clock }: UpgradeWorld,
): Promise<Upgraded> {
  const { root, verdict } = await verifyUnderOne(old, artifact, roots, clock());
  if (old.version === '0.3') return { kind: 'current' };
  const logEntries = await withProofs(old.logEntries, root.choice.trust, http);
  const { digest } = verdict.content;
  const text = writeBundle(
    upgradeBundle({ ...old, logEntries }, digest !== undefined && isHash(digest) ? digest : undefined),
  );
  const bundle = readBundle(text);
  const verified = await verifyUnderOne(bundle, artifact, [root], clock());
  const difference = differentPart(old, bundle);
  if (difference !== undefined) fail('BUNDLE_INVALID', `the new bundle would not have ${difference} of the old one`);
  return { kind: 'upgraded', text, bundle, verdict: verified.verdict };
}

/** Verifies a bundle under one of the roots. Roots are never mixed. */
async function verifyUnderOne(
  bundle: Bundle,
  artifact: Artifact,
  roots: readonly RootPolicy[],
  now: Date,
): Promise<{ readonly root: RootPolicy; readonly verdict: Verdict }> {
  let best: Extract<Examination, { verdict: undefined }> | undefined;
  for (const root of roots) {
    const examination = await examine(bundle, artifact, root.choice.trust, root.policy, now);
    if (examination.verdict !== undefined) return { root, verdict: examination.verdict };
    if (best === undefined || passes(examination) > passes(best)) best = examination;
  }
  throw best?.failure ?? fail('TRUSTED_ROOT_MISSING', 'no trusted root specified');
}

function passes({ criteria }: Examination): number {
  return criteria.filter(({ outcome }) => outcome === 'pass').length;
}
