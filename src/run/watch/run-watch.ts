/** Watches the logs of trusted roots: joins the audit, the policy, the services and the deliveries. */

import { CountersignError } from '../../core/errors/index.ts';
import type { AuditProgress } from '../../monitor/audit/index.ts';
import { Learned, rules } from '../../monitor/rules/index.ts';
import { indexFolder } from '../../monitor/search-index/index.ts';
import {
  type FactSource,
  type PackageWatch,
  type StateProblem,
  Watch,
  type WatchReport,
} from '../../monitor/watch/index.ts';
import { pathExists } from '../../node/index.ts';
import type { Delivery } from '../../notify/index.ts';
import { type AuditRunRequest, runAudit } from '../audit/index.ts';
import type { TrustChoice } from '../policy/index.ts';
import type { World } from '../world/index.ts';
import { issuedUnder } from './issued.ts';
import type { LoadedPolicy } from './load-watch-policy.ts';
import { tooLargeUnder } from './too-large.ts';

export interface WatchRunRequest extends AuditRunRequest {
  readonly policy: LoadedPolicy;
  readonly deliveries: readonly Delivery[];
  /** Problems with the state that were found before: each becomes a finding. */
  readonly problems?: readonly StateProblem[] | undefined;
}

/** The services of a watch. */
export interface WatchServices {
  readonly facts: FactSource;
  /** Undefined if the policy names no packages. */
  readonly packages: PackageWatch | undefined;
}

/**
 * Audits logs, judges the entries that concern the policy, and delivers what changed. A delivery that fails is a reason why the run is
 * incomplete; the next run delivers it.
 *
 * @throws CountersignError those of the audit; the system's error if the state cannot be written
 */
export async function runWatch(
  request: WatchRunRequest,
  roots: readonly TrustChoice[],
  services: WatchServices,
  world: World,
  onProgress: (progress: AuditProgress) => void = () => undefined,
): Promise<WatchReport> {
  const { state, policy: loaded, deliveries, logs, problems } = request;
  const { policy, matcher, lookAlikes } = loaded;
  const watch = await Watch.open(
    { policy, matcher, state, isWhole: logs.length === 0, problems },
    {
      ...world,
      ...services,
      isIssued: issuedUnder(roots),
      lookAlikes,
      rules,
      readHistory: (value) => Learned.read(value),
    },
  );
  // A folder that has an index keeps it: an index with a gap would be a finding of the next audit.
  const isIndexed = request.isIndexed || (await pathExists(indexFolder(state), world.files));
  const isTreeOnly = logs.length === 0 ? tooLargeUnder(roots) : undefined;
  const audit = await runAudit({ ...request, isIndexed, isTreeOnly }, roots, world, onProgress, (read) =>
    watch.consumer(read),
  );
  await watch.judge(audit);
  for (const delivery of deliveries) await deliver(delivery);
  return watch.report(audit);

  async function deliver(delivery: Delivery): Promise<void> {
    if (world.cancellation.aborted) {
      watch.addIncomplete(`the run was interrupted before the delivery to ${delivery.name}`);
      return;
    }
    try {
      await delivery.deliver(await watch.report(audit, delivery.name));
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      watch.addIncomplete(`the delivery to ${delivery.name} failed: ${error.message}`);
      return;
    }
    await watch.delivered(delivery.name);
  }
}
