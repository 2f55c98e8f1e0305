/** The join of deliveries: each independent of the others, each reported. */

import { encodeHex } from '../core/encoding/index.ts';
import { CountersignError } from '../core/errors/index.ts';
import {
  artifactName,
  type Collection,
  collectionPaths,
  type DeliveredSubject,
  type Places,
  type UploadedArtifact,
  uploadArtifact,
  type WorkflowRun,
  writeCollection,
} from '../deliver/index.ts';
import type { Receipt } from './sign-run.ts';
import { signedBy } from './signed-by.ts';
import type { SignedSubject } from './signed-subject.ts';
import { untilCancelled } from './until-cancelled.ts';
import type { World } from './world.ts';

export interface DeliveryRequest {
  readonly places: Places;
  /** The workflow artifact, if there is to be one. */
  readonly artifact: ArtifactDelivery | undefined;
}

export interface ArtifactDelivery extends WorkflowRun {
  readonly name: string | undefined;
  readonly job: string;
}

/** What was delivered beyond the bundles themselves, and what was not. */
export interface Deliveries {
  readonly collection: Collection | undefined;
  readonly artifact: UploadedArtifact | undefined;
  readonly failures: readonly CountersignError[];
}

/** Writes the files that are about all bundles, and uploads the lot. What fails does not undo what was done before it. */
export async function deliverRun(receipt: Receipt, request: DeliveryRequest, world: World): Promise<Deliveries> {
  const failures: CountersignError[] = [];
  const attempt = async <T>(deliver: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await deliver();
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      failures.push(error);
      return undefined;
    }
  };
  const [first] = receipt.signed;
  if (first === undefined) return { collection: undefined, artifact: undefined, failures };
  const { subjectAlternativeName, issuer } = signedBy(first.verdict).identity;
  const subjects = receipt.signed.map(delivered);
  const collection = await attempt(() =>
    writeCollection(world.files, world.random, {
      paths: collectionPaths(
        receipt.signed.map(({ subject }) => subject),
        request.places,
      ),
      identity: subjectAlternativeName,
      issuer,
      subjects,
    }),
  );
  const { artifact: wanted } = request;
  if (collection === undefined || wanted === undefined) return { collection, artifact: undefined, failures };
  const rootDirectory = request.places.bundleDirectory ?? request.places.workspace;
  const upload = () =>
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
  const artifact = await attempt(() =>
    untilCancelled(upload, 'uploading the workflow artifact', remedy, world.cancellation),
  );
  return { collection, artifact, failures };
}

/** A signed subject as deliveries and reports see it. */
export function delivered({ subject, digest, bundlePath, verdict }: SignedSubject): DeliveredSubject {
  const times = verdict.times.map(({ time }) => time.getTime());
  return {
    name: subject.name,
    digest,
    bundlePath,
    logs: verdict.logEntries.map(({ log, logIndex }) => ({
      url: log.baseUrl,
      id: encodeHex(log.keyId),
      index: logIndex,
    })),
    signedAt: new Date(Math.min(...times)),
  };
}
