/** The join of deliveries: each independent of the others, each reported. */

import { encodeHex } from '../../core/encoding/index.ts';
import { CountersignError } from '../../core/errors/index.ts';
import type { Collection, DeliveredSubject, Places, UploadedArtifact, WorkflowRun } from '../../deliver/index.ts';
import { artifactName, collectionPaths, uploadArtifact, writeCollection } from '../../deliver/index.ts';
import type { World } from '../world/index.ts';
import { untilCancelled } from '../world/index.ts';
import type { AttachedImages, ImageDelivery } from './attach-images.ts';
import type { Receipt } from './sign-run.ts';
import { signedAt, signedBy } from './signed-by.ts';
import type { SignedSubject } from './signed-subject.ts';

export interface DeliveryRequest {
  readonly places: Places;
  /** Whether files about all bundles are written: whoever signs one thing needs none. */
  readonly collect: boolean;
  /** The workflow artifact, if there is to be one; it holds these files. */
  readonly artifact: ArtifactDelivery | undefined;
  /** Where images are, if there are any in registries. */
  readonly images: ImageDelivery | undefined;
}

export interface ArtifactDelivery extends WorkflowRun {
  readonly name: string | undefined;
  readonly job: string;
}

/** What was delivered beyond the bundles themselves, and what was not. */
export interface Deliveries {
  readonly collection: Collection | undefined;
  readonly artifact: UploadedArtifact | undefined;
  readonly attached: AttachedImages['attached'];
  readonly failures: readonly CountersignError[];
}

type Failures = CountersignError[];

/** Everything that is about the bundles, at once. What fails does not undo or hinder anything else. */
export async function deliverRun(receipt: Receipt, request: DeliveryRequest, world: World): Promise<Deliveries> {
  const failures: Failures = [];
  const [{ collection, artifact }, images] = await Promise.all([
    deliverCollection(receipt, request, failures, world),
    deliverImages(receipt, request, world),
  ]);
  return { collection, artifact, attached: images.attached, failures: [...failures, ...images.failures] };
}

async function deliverImages({ signed }: Receipt, { images }: DeliveryRequest, world: World): Promise<AttachedImages> {
  if (images === undefined) return { attached: new Map(), failures: [] };
  // Only who has images pays for registries.
  const { attachImages } = await import('./attach-images.ts');
  return attachImages(signed, images, world);
}

async function attempt<T>(deliver: () => Promise<T>, failures: Failures): Promise<T | undefined> {
  try {
    return await deliver();
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    failures.push(error);
    return undefined;
  }
}

/** Writes the files that are about all bundles, and uploads the lot. */
async function deliverCollection(
  { signed }: Receipt,
  { places, collect, artifact: wanted }: DeliveryRequest,
  failures: Failures,
  world: World,
): Promise<Pick<Deliveries, 'collection' | 'artifact'>> {
  const [first] = signed;
  if (!collect || first === undefined) return { collection: undefined, artifact: undefined };
  const { subjectAlternativeName, issuer } = signedBy(first.verdict).identity;
  const subjects = signed.map(delivered);
  const write = (): Promise<Collection> =>
    writeCollection(world.files, world.random, {
      paths: collectionPaths(
        signed.map(({ subject }) => subject),
        places,
      ),
      places,
      identity: subjectAlternativeName,
      issuer,
      subjects,
    });
  const collection = await attempt(write, failures);
  if (collection === undefined || wanted === undefined) return { collection, artifact: undefined };
  const rootDirectory = places.bundleDirectory ?? places.workspace;
  const upload = (): Promise<UploadedArtifact> =>
    uploadArtifact(
      {
        name: wanted.name ?? artifactName(wanted.job, collection.manifestDigest),
        files: [
          ...new Set(subjects.map(({ bundlePath }) => bundlePath)),
          collection.bundlesPath,
          collection.manifestPath,
        ],
        rootDirectory,
      },
      wanted,
    );
  const remedy = `The bundles are still in ${rootDirectory}.`;
  const uploaded = (): Promise<UploadedArtifact> =>
    untilCancelled(upload, 'uploading the workflow artifact', remedy, world.cancellation);
  return { collection, artifact: await attempt(uploaded, failures) };
}

/** A signed subject as deliveries and reports see it. */
export function delivered({ subject, digest, bundlePath, verdict }: SignedSubject): DeliveredSubject {
  return {
    name: subject.name,
    digest,
    bundlePath,
    logs: verdict.logEntries.map(({ log, logIndex }) => ({
      url: log.baseUrl,
      id: encodeHex(log.keyId),
      index: logIndex,
    })),
    signedAt: signedAt(verdict),
  };
}
