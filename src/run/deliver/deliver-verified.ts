/** Delivers artifacts and their bundles that exist already. Everything is verified first, and nothing is signed. */

import { join, resolve } from 'node:path';
import { parseDigest } from '../../core/crypto/index.ts';
import { fail } from '../../core/errors/index.ts';
import type { VerificationReport } from '../../report/index.ts';
import { formatImage, type ImageSubject } from '../../subject/index.ts';
import { type DeliveredBatch, type Delivery, deliverBatch, type SignedSubject } from '../sign/index.ts';
import { demandVerified, type VerifyRequest, verifyRun } from '../verify/index.ts';
import type { World } from '../world/index.ts';
import { bundleFiles } from './bundle-files.ts';

export interface DeliverRequest {
  readonly verification: VerifyRequest;
  /** Images, which are verified by their digests with the bundles that are named. */
  readonly images: readonly ImageSubject[];
  readonly deliveries: readonly Delivery[];
  /** A folder for files that are needed only while delivering. */
  readonly temporaryDirectory: string;
}

export interface DeliverResult extends DeliveredBatch {
  readonly verification: VerificationReport;
}

/**
 * Verifies artifacts with their bundles, and delivers those bundles that verify. If an artifact does not verify, nothing is delivered.
 *
 * @throws CountersignError as verifying does; the failures of deliveries are in the result
 */
export async function deliverVerified(
  { verification, images, deliveries, temporaryDirectory }: DeliverRequest,
  world: World,
): Promise<DeliverResult> {
  const { paths: named, directory } = verification.bundles;
  if (images.length > 0 && named.length === 0 && directory === undefined)
    fail('USAGE', 'the bundles of the images are not specified', { remedy: 'Specify `bundle` or `bundle-dir`.' });
  // No file has such a name.
  const known = new Map(images.map((image) => [`oci://${formatImage(image)}`, image]));
  const digests = [...known].map(([name, { digest }]) => ({ kind: 'digest', name, digest }) as const);
  const artifacts = [...verification.artifacts, ...digests];
  const report = await verifyRun({ ...verification, artifacts }, world);
  demandVerified(report);
  const verified = report.results.flatMap(({ artifact, digest, bundle, bundleDigest, verdict }) =>
    verdict === undefined || bundle === undefined || digest === undefined
      ? []
      : [{ artifact, digest, bundle, bundleDigest, verdict }],
  );
  const folder = await world.files.mkdtemp(join(temporaryDirectory, 'countersign-deliver-'));
  try {
    const paths = await bundleFiles(verified, folder, world);
    const signed = verified.map((one): SignedSubject => {
      const { artifact, digest, bundle, verdict } = one;
      const subject = known.get(artifact) ?? ({ kind: 'file', name: artifact, path: resolve(artifact) } as const);
      const bundlePath = paths.get(one) ?? resolve(bundle);
      return { subject, digest: parseDigest(digest), bundlePath, verdict, outages: [], resumed: true };
    });
    const { policy, trust } = verification;
    const batch = { signed, isComplete: true, collection: undefined, verification: async () => ({ policy, trust }) };
    return { verification: report, ...(await deliverBatch(batch, deliveries, world)) };
  } finally {
    await world.files.rm(folder, { recursive: true, force: true });
  }
}
