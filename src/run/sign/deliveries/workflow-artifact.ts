/** Delivers the bundles and the files about them as a workflow artifact. */

import { artifactName, type Places, uploadArtifact, type WorkflowRun } from '../../../deliver/index.ts';
import { untilCancelled } from '../../../node/index.ts';
import { delivered } from '../delivered-subject.ts';
import { type DeliveryTo, deliveryTo } from './delivery.ts';

export interface ArtifactDelivery extends WorkflowRun {
  readonly name: string | undefined;
  readonly job: string;
  /** A folder in which an artifact of an earlier attempt is looked at. */
  readonly temporaryDirectory: string;
}

export function workflowArtifact(wanted: ArtifactDelivery, places: Places): DeliveryTo<'workflow-artifact'> {
  return deliveryTo('workflow-artifact', async ({ signed, collection, receipts = [] }, { files, cancellation }) => {
    if (collection === undefined) return { reason: 'the file with all bundles could not be written' };
    const rootDirectory = places.bundleDirectory ?? places.workspace;
    const subjects = signed.map(delivered);
    const upload = () =>
      uploadArtifact(
        {
          name: wanted.name ?? artifactName(wanted.job, collection.manifestDigest),
          isNameFree: wanted.name === undefined,
          earlier: { subjects, files, temporaryDirectory: wanted.temporaryDirectory },
          files: [
            ...new Set(subjects.map(({ bundlePath }) => bundlePath)),
            collection.bundlesPath,
            collection.manifestPath,
            ...receipts,
          ],
          rootDirectory,
        },
        wanted,
      );
    const remedy = `The bundles are still in ${rootDirectory}.`;
    const value = await untilCancelled(upload, 'uploading the workflow artifact', remedy, cancellation);
    const { name: place, id, url, isNew } = value;
    const counts = { delivered: isNew ? 1 : 0, present: isNew ? 0 : 1 };
    return { place, ids: [id.toString()], urls: [url], ...counts, value };
  });
}
