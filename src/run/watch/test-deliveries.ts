/** Sends a test through deliveries. */

import { CountersignError } from '../../core/errors/index.ts';
import type { WatchReport } from '../../monitor/watch/index.ts';
import { type Delivery, testReport } from '../../notify/index.ts';

/**
 * Sends a report that is marked as a test through each delivery.
 *
 * @param policy the path of the policy file
 * @returns the report; a delivery that failed is a reason why it is incomplete
 */
export async function testDeliveries(deliveries: readonly Delivery[], policy: string, now: Date): Promise<WatchReport> {
  const report = testReport(policy, now);
  const incomplete: string[] = [];
  for (const { name, deliver } of deliveries) {
    try {
      await deliver(report);
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      incomplete.push(`the delivery to ${name} failed: ${error.message}`);
    }
  }
  return { ...report, incomplete };
}
