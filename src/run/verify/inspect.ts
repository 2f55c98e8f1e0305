/** Inspects the bundles in a file, or those attached to an image: reads their claims, and examines them if there is a policy. */

import { type Digest, formatDigest } from '../../core/crypto/index.ts';
import { CountersignError } from '../../core/errors/index.ts';
import { bundleClaims, claimedDigest, type InspectedBundle, type Inspection } from '../../report/index.ts';
import type { Registries } from '../../services/registry/index.ts';
import { policyUnder, type VerifyPolicy, type VerifyTrust } from '../policy/index.ts';
import type { World } from '../world/index.ts';
import type { BundlePool, FoundBundle } from './bundle-pool.ts';
import { examineOne } from './examine-one.ts';
import { namedBundles } from './find-bundles.ts';
import type { RootPolicy } from './pool-examination.ts';
import { verifiableImage } from './verify-image.ts';

export interface InspectRequest {
  /** A file with bundles: its path, and its name in the report. Or an image. */
  readonly place:
    | { readonly kind: 'file'; readonly name: string; readonly path: string; readonly workspace: string }
    | { readonly kind: 'image'; readonly name: string; readonly registries: Registries };
  /** The policy that the signatures must satisfy; `undefined` if nothing is verified. */
  readonly policy: { readonly policy: VerifyPolicy; readonly trust: VerifyTrust } | undefined;
}

/**
 * Inspects each bundle. With a policy, a signature is verified for the digest that its bundle names: of the artifact itself, nothing is
 * known, except for an image, whose digest is the one in its registry.
 *
 * @throws CountersignError `BUNDLE_MISSING`, and those of reading a file or an image
 */
export async function inspect({ place, policy }: InspectRequest, world: World): Promise<Inspection> {
  const { pool, image } = await findBundles(place, world);
  const roots = policy?.trust.roots.map((choice) => ({ choice, policy: policyUnder(policy.policy, choice) }));
  const bundles: InspectedBundle[] = [];
  for (const found of pool.bundles) bundles.push(await inspectOne(found, image, roots, world.clock()));
  const unread = pool.unread.map(({ path, failure }) => ({
    place: path,
    claims: undefined,
    verifiedDigest: undefined,
    failure,
  }));
  return {
    place: place.name,
    digest: image && formatDigest(image),
    hasPolicy: policy !== undefined,
    bundles: [...bundles, ...unread],
    warnings: policy === undefined ? [] : [...policy.trust.warnings, ...policy.policy.warnings],
  };
}

async function findBundles(
  place: InspectRequest['place'],
  { files }: World,
): Promise<{ readonly pool: BundlePool; readonly image?: Digest }> {
  if (place.kind === 'image') {
    const { digest, attached } = await verifiableImage(place.name, place.registries, files).resolve();
    return { pool: await attached(), image: digest };
  }
  const places = { workspace: place.workspace, paths: [place.path], directory: undefined };
  return { pool: (await namedBundles(places, files)) ?? { bundles: [], unread: [] } };
}

async function inspectOne(
  found: FoundBundle,
  image: Digest | undefined,
  roots: readonly RootPolicy[] | undefined,
  now: Date,
): Promise<InspectedBundle> {
  const claims = bundleClaims(found.bundle, found.document);
  const inspected = { place: found.path, claims, verifiedDigest: undefined, failure: undefined };
  if (roots === undefined) return inspected;
  const digest = image ?? claimedDigest(claims);
  if (digest === undefined) return { ...inspected, failure: withoutDigest() };
  const { verdict, failure } = await examineOne(found, digest, roots, now);
  return verdict === undefined ? { ...inspected, failure } : { ...inspected, verifiedDigest: verdict.content.digest };
}

function withoutDigest(): CountersignError {
  return new CountersignError(
    'DIGEST_UNAVAILABLE',
    'the bundle names no digest, so it can only be verified with its artifact',
    {
      remedy: 'Run `countersign verify` with the artifact and the bundle.',
    },
  );
}
