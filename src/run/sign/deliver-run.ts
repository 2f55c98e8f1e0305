/** Delivers the results of a signing run: each delivery independent of the others, each reported. */

import { encodeHex } from '../../core/encoding/index.ts';
import { CountersignError } from '../../core/errors/index.ts';
import type { Verdict } from '../../core/verify/index.ts';
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
} from '../../deliver/index.ts';
import { untilCancelled } from '../../node/index.ts';
import { outageWarnings, type ReportedSubject, type SigningReport } from '../../report/index.ts';
import { subjectName } from '../../subject/index.ts';
import type { World } from '../world/index.ts';
import type { AttachedImages, ImageDelivery } from './images.ts';
import { type Receipt, type SignedSubject, signedAt, signedBy } from './receipt.ts';

export interface DeliveryRequest {
  readonly places: Places;
  /** Writes the files that cover all bundles. They are of no use for a single subject. */
  readonly collect: boolean;
  /** The workflow artifact with these files, if one is to be uploaded. */
  readonly artifact: ArtifactDelivery | undefined;
  /** The registries, if there are images in any. */
  readonly images: ImageDelivery | undefined;
}

export interface ArtifactDelivery extends WorkflowRun {
  readonly name: string | undefined;
  readonly job: string;
  /** A folder in which an artifact of an earlier attempt is looked at. */
  readonly temporaryDirectory: string;
}

/** The deliveries besides the bundles themselves, and the failures. */
export interface Deliveries {
  readonly collection: Collection | undefined;
  readonly artifact: UploadedArtifact | undefined;
  readonly attached: AttachedImages['attached'];
  readonly failures: readonly CountersignError[];
}

type Failures = CountersignError[];

/** Makes all deliveries concurrently. A failure does not affect the others. */
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
  // Loaded only if there are images.
  const { attachImages } = await import('./images.ts');
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

/** Writes the files that cover all bundles, and uploads them with the bundles. */
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
      candidates: collectionPaths(
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
        isNameFree: wanted.name === undefined,
        earlier: { subjects, files: world.files, temporaryDirectory: wanted.temporaryDirectory },
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

/** Returns a signed subject in the form that deliveries and reports use. */
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

function predicateTypeOf({ content }: Verdict): string | undefined {
  return content.kind === 'dsse-envelope' ? content.statement.predicateType : undefined;
}

export function signingReport(receipt: Receipt, deliveries: Deliveries, workspace: string): SigningReport {
  const { instance } = receipt;
  const first = receipt.signed[0]?.verdict;
  const { artifact, collection, attached, failures } = deliveries;
  const reported = receipt.signed.map(
    (signed): ReportedSubject => ({
      ...delivered(signed),
      kind: signed.subject.kind,
      predicateType: predicateTypeOf(signed.verdict),
      platform: signed.subject.kind === 'image' ? signed.subject.platform : undefined,
      certificateValidity: signedBy(signed.verdict).certificateValidity,
      attachedAs: attached.get(signed),
      attests: signed.subject.kind === 'image' ? signed.subject.attests : undefined,
      inRegistry: signed.subject.kind === 'image' && signed.subject.stored !== undefined,
      outages: signed.outages,
      resumed: signed.resumed,
    }),
  );
  return {
    identity: first && signedBy(first).identity,
    instance: instance.name,
    format: receipt.format,
    certificateLogged: first === undefined || first.signedCertificateTimestamps.length > 0,
    signed: reported,
    unsigned: receipt.unsigned.map(({ subject, error }) => ({
      name: subjectName(subject),
      code: error.code,
      message: error.message,
      remedy: error.remedy,
    })),
    artifact,
    trustedRoot: instance.trustedRootPath,
    manifestPath: collection?.manifestPath,
    warnings: [
      ...instance.warnings,
      ...outageWarnings(reported, workspace),
      ...failures.map(({ message, remedy }) => (remedy === undefined ? message : `${message}. ${remedy}`)),
      ...(artifact?.leftOut ?? []).map(
        (path) => `${path} was not uploaded: GitHub artifacts do not allow a character in its name`,
      ),
    ],
    notices: receipt.packageNotices ?? adviceOn(receipt),
    workspace,
  };
}

/** The number of entries in a public log that a run makes without advice. */
const fewEntries = 50;

/** Advises a job that makes many entries in a public log, which are permanent, to make one. Only a job whose token states source and commit has provenance. */
function adviceOn({ instance, format, signed }: Receipt): readonly string[] {
  const fresh = signed.filter(({ resumed }) => !resumed);
  const [first] = fresh;
  const { sourceRepositoryUri: source, sourceRepositoryDigest: commit } =
    first === undefined ? {} : signedBy(first.verdict).identity.claims;
  const hasProvenance = source !== undefined && commit !== undefined;
  if (!hasProvenance || !instance.publicLog || format === 'attestation' || fresh.length <= fewEntries) return [];
  return [
    `this run created ${fresh.length} entries in a public log. To create a single entry for all subjects, set \`bundle-format: attestation\``,
  ];
}
