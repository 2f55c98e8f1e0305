/** Makes the deliveries that a run is asked for. */

import type { Places } from '../../../deliver/index.ts';
import type { World } from '../../world/index.ts';
import type { EarlierBundles } from '../earlier-bundles.ts';
import type { ImageDelivery } from '../images.ts';
import type { Delivery } from './delivery.ts';
import type { GitHubAccess } from './github-access.ts';
import { registry } from './registry.ts';
import type { ReleaseDelivery } from './release.ts';
import { type ArtifactDelivery, workflowArtifact } from './workflow-artifact.ts';

/** The destinations besides the disk. */
export interface Destinations {
  readonly places: Places;
  /** The workflow artifact with all bundles, if one is to be uploaded. */
  readonly artifact?: ArtifactDelivery | undefined;
  /** The registries, if there are images in any. */
  readonly images?: ImageDelivery | undefined;
  readonly github?: GitHubDestinations | undefined;
}

/** The destinations at GitHub that are reached by its API. */
export interface GitHubDestinations {
  readonly access: GitHubAccess;
  readonly release?: ReleaseDelivery | undefined;
  readonly storeAttestations: boolean;
  readonly storageRecords: boolean;
}

/** Returns the deliveries, in the order of reports. What few runs use is loaded only for them. */
export async function deliveriesTo({ places, artifact, images, github }: Destinations): Promise<readonly Delivery[]> {
  const deliveries: Delivery[] = [];
  if (artifact !== undefined) deliveries.push(workflowArtifact(artifact, places));
  if (images !== undefined) deliveries.push(registry(images));
  if (github !== undefined) deliveries.push(...(await atGitHub(github)));
  return deliveries;
}

async function atGitHub({ access, ...wanted }: GitHubDestinations): Promise<readonly Delivery[]> {
  const deliveries: Delivery[] = [];
  if (wanted.release !== undefined) deliveries.push((await import('./release.ts')).release(access, wanted.release));
  const attestations = wanted.storeAttestations
    ? (await import('./github-attestations.ts')).gitHubAttestations(access)
    : undefined;
  if (attestations !== undefined) deliveries.push(attestations);
  if (wanted.storageRecords) {
    const { storageRecords } = await import('./storage-records.ts');
    deliveries.push(storageRecords(access, attestations));
  }
  return deliveries;
}

/** Returns the destinations from which a run can restore what an earlier attempt of it delivered. */
export async function earlierAt(
  { places, artifact, images, github }: Destinations,
  world: World,
): Promise<readonly EarlierBundles[]> {
  const earlier: EarlierBundles[] = [];
  if (images?.push) {
    const { attachedEarlier } = await import('./attached-earlier.ts');
    earlier.push(attachedEarlier(images.registries));
  }
  if (github?.release !== undefined) {
    const { releasedEarlier } = await import('./released-earlier.ts');
    earlier.push(releasedEarlier(github.access, github.release.target, world));
  }
  if (github?.storeAttestations) {
    const { storedEarlier } = await import('./stored-earlier.ts');
    earlier.push(storedEarlier(github.access, world));
  }
  // Last, since whole artifacts are downloaded.
  if (artifact !== undefined) {
    const { uploadedEarlier } = await import('./uploaded-earlier.ts');
    earlier.push(uploadedEarlier(artifact, places, world));
  }
  return earlier;
}
