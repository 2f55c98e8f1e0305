/** Upgrades the signatures of an image: attaches them as bundles, where clients look for them now. */

import { type Bundle, differentPart } from '../../core/bundle/index.ts';
import { equalBytes, utf8 } from '../../core/encoding/index.ts';
import { CountersignError, fail } from '../../core/errors/index.ts';
import { type Artifact, artifactOfDigest, examineSimpleSigning, examineUnderRoots } from '../../core/verify/index.ts';
import { attachBundle, attachOlderSignature } from '../../deliver/index.ts';
import { type AttachedBundle, fetchAttached, placeOfTag } from '../../fetch/index.ts';
import type { UpgradeOutcome } from '../../report/index.ts';
import type { Registries, RepositoryClient } from '../../services/registry/index.ts';
import { collectImages, formatImage, type ImageSubject, type StoredImage } from '../../subject/index.ts';
import { signedAt } from '../sign/index.ts';
import type { RootPolicy } from '../verify/index.ts';
import type { World } from '../world/index.ts';
import { type UpgradeWorld, upgradeSignature } from './upgrade-signature.ts';

export interface ImageUpgrade {
  /** The name that was given. */
  readonly name: string;
  readonly registries: Registries;
  /** Upgrades the signatures of each manifest of an index too. */
  readonly recursive: boolean;
  readonly dryRun: boolean;
}

export type ImageWorld = UpgradeWorld & Pick<World, 'files'>;

/** An image in a registry, with the repository that holds what is attached to it. */
interface Target {
  readonly name: string;
  readonly image: ImageSubject & { readonly stored: StoredImage };
  readonly client: RepositoryClient;
  readonly attached: readonly AttachedBundle[];
  readonly dryRun: boolean;
}

/**
 * Upgrades each signature that is attached to an image in a registry, independently of the others. Nothing that is attached is removed.
 *
 * - A bundle of an earlier version, and an attestation under cosign's older tag, is attached as a bundle of version 0.3.
 * - A signature under cosign's older tag is over a document that names the image. A bundle about the image cannot contain it, so it is
 *   attached with its document, in the layout that cosign uses for such referrers.
 *
 * @returns an outcome for each signature
 * @throws CountersignError `BUNDLE_MISSING` if nothing is attached; those of the registry's client
 */
export async function upgradeImage(
  { name, registries, recursive, dryRun }: ImageUpgrade,
  roots: readonly RootPolicy[],
  world: ImageWorld,
): Promise<readonly UpgradeOutcome[]> {
  const images = await collectImages([name], { recursive }, '.', registries, world.files);
  const outcomes: UpgradeOutcome[] = [];
  for (const { stored, ...image } of images) {
    if (stored === undefined)
      fail('USAGE', `${name} is an image on disk; only signatures in registries are upgraded`, {
        remedy: 'Push the image and its signatures to a registry (`cosign load`), and specify it there.',
      });
    const client = registries.attachmentsOf(stored.repository);
    const found = await fetchAttached(client, { name: client.name, digest: image.digest });
    const target = { name, image: { ...image, stored }, client, attached: found.bundles, dryRun };
    for (const { place, failure } of found.unread) outcomes.push({ name, from: place, kind: 'failed', failure });
    for (const one of found.bundles) outcomes.push(await upgradeAttached(one, target, roots, world));
  }
  if (outcomes.length === 0)
    fail('BUNDLE_MISSING', `no bundle or cosign signature is attached to ${name}`, {
      remedy: 'Check the name. `countersign tree --recursive` lists the attachments.',
    });
  return outcomes;
}

async function upgradeAttached(
  one: AttachedBundle,
  target: Target,
  roots: readonly RootPolicy[],
  world: ImageWorld,
): Promise<UpgradeOutcome> {
  const { name } = target;
  const from = one.place;
  try {
    const to =
      one.document === undefined
        ? await upgradeBundleOf(one, target, roots, world)
        : await attachSignature(one, one.document, target, roots, world);
    return to === undefined ? { name, from, kind: 'current' } : { name, from, kind: 'upgraded', to };
  } catch (failure) {
    if (!(failure instanceof CountersignError) || failure.code === 'CANCELLED') throw failure;
    return { name, from, kind: 'failed', failure };
  }
}

/** Attaches a bundle or an attestation as a bundle of version 0.3. Returns its place; `undefined` if there is nothing to do. */
async function upgradeBundleOf(
  { bundle }: AttachedBundle,
  { image, client, attached, dryRun }: Target,
  roots: readonly RootPolicy[],
  world: ImageWorld,
): Promise<string | undefined> {
  const artifact = artifactOfDigest(image.digest);
  const newer = bundle.version === '0.3' ? [] : attached.filter((other) => isUpgradeOf(bundle, other));
  for (const other of newer) if (await isAccepted(other.bundle, artifact, roots, world)) return undefined;
  const upgraded = await upgradeSignature(bundle, artifact, roots, world);
  if (upgraded.kind === 'current') return undefined;
  if (dryRun) return referrerOf(client, image);
  const { content } = upgraded.verdict;
  const { manifest } = await attachBundle(client, {
    image,
    stored: image.stored,
    bundle: utf8(upgraded.text),
    predicateType: content.kind === 'dsse-envelope' ? content.statement.predicateType : undefined,
    signedAt: signedAt(upgraded.verdict),
  });
  return formatImage({ name: client.name, digest: manifest });
}

function isUpgradeOf(older: Bundle, { bundle, document }: AttachedBundle): boolean {
  return document === undefined && bundle.version === '0.3' && differentPart(older, bundle) === undefined;
}

/** Reports whether the policy accepts a bundle of version 0.3. Anyone who may push can attach a broken one. */
async function isAccepted(
  bundle: Bundle,
  artifact: Artifact,
  roots: readonly RootPolicy[],
  world: ImageWorld,
): Promise<boolean> {
  try {
    return (await upgradeSignature(bundle, artifact, roots, world)).kind === 'current';
  } catch (failure) {
    if (failure instanceof CountersignError) return false;
    throw failure;
  }
}

/** Attaches a signature with its document as a referrer. Returns its place; `undefined` if there is nothing to do. */
async function attachSignature(
  one: AttachedBundle,
  document: Uint8Array,
  { image, client, attached, dryRun }: Target,
  roots: readonly RootPolicy[],
  { clock }: ImageWorld,
): Promise<string | undefined> {
  const { failure } = await examineUnderRoots(roots, ({ choice, policy }) =>
    examineSimpleSigning(one.bundle, document, image.digest, choice.trust, policy, clock()),
  );
  if (failure !== undefined) throw failure;
  const tag = placeOfTag({ name: client.name, digest: image.digest }, 'sig');
  const isTagged = ({ place }: AttachedBundle): boolean => place.startsWith(`${tag},`);
  if (!isTagged(one) || attached.some((other) => !isTagged(other) && isSameSignature(one, other))) return undefined;
  if (dryRun) return referrerOf(client, image);
  const { annotations = {} } = one;
  const manifest = await attachOlderSignature(client, { image, stored: image.stored, document, annotations });
  return formatImage({ name: client.name, digest: manifest });
}

function isSameSignature(one: AttachedBundle, other: AttachedBundle): boolean {
  if (one.document === undefined || other.document === undefined) return false;
  return equalBytes(one.document, other.document) && differentPart(one.bundle, other.bundle) === undefined;
}

function referrerOf({ name }: RepositoryClient, { digest }: ImageSubject): string {
  return `a referrer of ${formatImage({ name, digest })}`;
}
