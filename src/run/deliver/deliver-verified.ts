/** Delivers artifacts and their bundles that exist already. Everything is verified first, and nothing is signed. */

import { resolve } from 'node:path';
import { parseDigest } from '../../core/crypto/index.ts';
import type { VerificationReport } from '../../report/index.ts';
import { type DeliveredBatch, type Delivery, deliverBatch, type SignedSubject } from '../sign/index.ts';
import { demandVerified, type VerifyRequest, verifyRun } from '../verify/index.ts';
import type { World } from '../world/index.ts';

export interface DeliverRequest {
  readonly verification: VerifyRequest;
  readonly deliveries: readonly Delivery[];
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
  { verification, deliveries }: DeliverRequest,
  world: World,
): Promise<DeliverResult> {
  const report = await verifyRun(verification, world);
  demandVerified(report);
  const signed = report.results.flatMap(({ artifact, digest, bundle, verdict }): readonly SignedSubject[] => {
    if (verdict === undefined || bundle === undefined || digest === undefined) return [];
    const subject = { kind: 'file', name: artifact, path: resolve(artifact) } as const;
    return [{ subject, digest: parseDigest(digest), bundlePath: resolve(bundle), verdict, outages: [], resumed: true }];
  });
  const batch = { signed, isComplete: true, collection: undefined };
  return { verification: report, ...(await deliverBatch(batch, deliveries, world)) };
}
