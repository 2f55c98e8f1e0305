/** Finds the images to sign, and attaches their bundles. */

import { maxBundleLength } from '../../core/bundle/index.ts';
import { equalDigests, formatDigest } from '../../core/crypto/index.ts';
import { CountersignError, fail, inContext } from '../../core/errors/index.ts';
import { attachBundle } from '../../deliver/index.ts';
import { mapConcurrently, readRegularFile } from '../../node/index.ts';
import { formatRepository, type Registries, type Tag } from '../../services/registry/index.ts';
import {
  byName,
  collectImages,
  formatImage,
  type ImageSubject,
  type LocalSubject,
  type StoredImage,
  type Subject,
} from '../../subject/index.ts';
import type { World } from '../world/index.ts';
import { type SignedSubject, signedAt } from './signing-result.ts';

export interface ImageRequest extends ImageDelivery {
  /** Names with a tag or digest, and paths of images on disk. */
  readonly named: readonly string[];
  /** Signs each manifest of an index too. */
  readonly recursive: boolean;
  /** Signs the attestation manifests of the images too. */
  readonly attestations: boolean;
  /** The folder that paths are relative to. */
  readonly workspace: string;
}

/**
 * Finds the images and adds them to the other subjects, in the order of their names. A digest that was also named as an image is an
 * image.
 *
 * @throws CountersignError those of finding images; those of the registry's client, where bundles could not be pushed later
 */
export async function withImages(
  local: readonly LocalSubject[],
  { named, recursive, attestations, workspace, registries, push }: ImageRequest,
  { files }: Pick<World, 'files'>,
): Promise<readonly Subject[]> {
  const collected = await collectImages(named, { recursive }, workspace, registries, files);
  const attested = attestations ? await withAttestations(collected, workspace, registries, files) : [];
  const images = [...collected, ...attested];
  if (push) await demandPush(images, registries);
  const known = new Set(images.map(formatImage));
  const others = local.filter((subject) => subject.kind === 'file' || !known.has(formatImage(subject)));
  return [...others, ...images].sort(byName);
}

/** Returns the attestation manifests of images, each once. */
async function withAttestations(
  images: readonly ImageSubject[],
  workspace: string,
  registries: Registries,
  files: World['files'],
): Promise<readonly ImageSubject[]> {
  const { attestationSubjects } = await import('../images/index.ts');
  const found = new Map<string, ImageSubject>();
  for (const image of images) {
    for (const each of await attestationSubjects(image, workspace, registries, files))
      found.set(formatImage(each), each);
  }
  const attested = new Set([...found.values()].map(({ origin }) => origin));
  const bare = images.find(({ origin }) => !attested.has(origin));
  if (bare !== undefined)
    fail('SUBJECT_MISSING', `the image ${bare.origin} has no attestation manifest`, {
      remedy:
        'Build it with BuildKit and `--provenance` or `--sbom`, and push or save all of the index. Otherwise, do not use `sign-attestations`.',
    });
  return [...found.values()];
}

/** Demands that bundles can be pushed, before anything is signed: log entries are permanent. */
async function demandPush(images: readonly ImageSubject[], registries: Registries): Promise<void> {
  const clients = images.flatMap(({ stored }) =>
    stored === undefined ? [] : registries.attachmentsOf(stored.repository),
  );
  await mapConcurrently([...new Set(clients)], (client) => client.demandPush());
}

/** The registries of the images, and what to do there. */
export interface ImageDelivery {
  readonly registries: Registries;
  /** Pushes bundles. Tags are checked in any case. */
  readonly push: boolean;
}

export interface AttachedImages {
  /** The manifest of each attached bundle: `registry/name@sha256:…`. */
  readonly attached: ReadonlyMap<SignedSubject, string>;
  /** The number of bundles among them that an earlier delivery had attached. */
  readonly present: number;
  readonly failures: readonly CountersignError[];
}

interface SignedImage {
  readonly signed: SignedSubject;
  readonly image: ImageSubject;
  readonly stored: StoredImage;
}

/** The outcome for one image. Its bundle may be attached even if its tag has moved. */
interface Outcome {
  readonly signed: SignedSubject;
  readonly reference: string | undefined;
  readonly wasThere: boolean;
  readonly failure: CountersignError | undefined;
}

/** Attaches the bundle of each image independently of the others, except that a registry that is down gets no further requests. */
export async function attachImages(
  all: readonly SignedSubject[],
  { registries, push }: ImageDelivery,
  world: Pick<World, 'files'>,
): Promise<AttachedImages> {
  const down = new Map<string, CountersignError>();
  const work = async ({ signed, image, stored }: SignedImage): Promise<Outcome> => {
    const { registry } = stored.repository;
    let [reference, wasThere]: [string | undefined, boolean] = [undefined, false];
    try {
      const outage = down.get(registry);
      if (outage !== undefined) throw outage;
      if (push) ({ reference, wasThere } = await attach(signed, image, stored, registries, world));
      await demandTags(image, stored, registries);
      return { signed, reference, wasThere, failure: undefined };
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      if (error.code === 'SERVICE_UNAVAILABLE') down.set(registry, error);
      const left = push && reference === undefined ? ': the bundle was not attached' : '';
      return { signed, reference, wasThere, failure: inContext(error.code, `${formatImage(image)}${left}`, error) };
    }
  };
  const outcomes = await mapConcurrently(storedImages(all), work);
  return {
    attached: new Map(
      outcomes.flatMap(({ signed, reference }) => (reference === undefined ? [] : [[signed, reference] as const])),
    ),
    present: outcomes.filter(({ wasThere }) => wasThere).length,
    failures: outcomes.flatMap(({ failure }) => failure ?? []),
  };
}

function storedImages(all: readonly SignedSubject[]): readonly SignedImage[] {
  return all.flatMap((signed) => {
    const { subject: image } = signed;
    return image.kind === 'image' && image.stored !== undefined ? [{ signed, image, stored: image.stored }] : [];
  });
}

async function attach(
  { bundlePath, verdict, resumed }: SignedSubject,
  image: ImageSubject,
  stored: StoredImage,
  registries: Registries,
  { files }: Pick<World, 'files'>,
): Promise<Pick<Outcome, 'wasThere'> & { readonly reference: string }> {
  const { content } = verdict;
  if (content.kind !== 'dsse-envelope') return fail('DELIVERY_FAILED', 'the bundle of an image contains no statement');
  const bundle = await readRegularFile(files, bundlePath, maxBundleLength).catch((cause: unknown) =>
    fail('DELIVERY_FAILED', `the bundle ${bundlePath} cannot be read back`, { cause }),
  );
  const { predicateType } = content.statement;
  const client = registries.attachmentsOf(stored.repository);
  const { manifest, wasThere } = await attachBundle(client, {
    image,
    stored,
    bundle,
    predicateType,
    signedAt: signedAt(verdict),
    asksFirst: resumed,
  });
  return { reference: formatImage({ name: client.name, digest: manifest }), wasThere };
}

/** Demands that the tags have not moved: a deployment by tag uses the manifest that the tag names now. */
async function demandTags(image: ImageSubject, stored: StoredImage, registries: Registries): Promise<void> {
  const where = registries(stored.repository);
  const moved = async (tag: Tag): Promise<void> => {
    const now = await where.headManifest(tag);
    if (now !== undefined && equalDigests(now.digest, image.digest)) return;
    const name = `${formatRepository(stored.repository)}:${tag}`;
    const found = now === undefined ? 'no longer exists' : `now refers to ${formatDigest(now.digest)}`;
    fail('SUBJECT_CHANGED', `the tag ${name} ${found}, which is not the signed image`, {
      remedy: `The signed image is ${formatImage(image)}. Deploy this digest, or sign again while nothing else pushes this tag.`,
    });
  };
  await Promise.all(stored.tags.map(moved));
}
