/** Watches the logs of trusted roots: joins the audit, the policy, the services and the deliveries. */

import { CountersignError } from '../../core/errors/index.ts';
import type { AuditProgress, AuditReport } from '../../monitor/audit/index.ts';
import type { MonitoredLog } from '../../monitor/log/index.ts';
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
import { searchRekorV1 } from './search-rekor-v1.ts';
import { tooLargeUnder } from './too-large.ts';

export interface WatchRunRequest extends AuditRunRequest {
  readonly policy: LoadedPolicy;
  readonly deliveries: readonly Delivery[];
  /** Problems with the state that were found before: each becomes a finding. */
  readonly problems?: readonly StateProblem[] | undefined;
  /**
   * Reports whether the entries of a log of Rekor v1 are found through the index of its service. By default, those that are too large to be
   * read are.
   */
  readonly isSearched?: ((log: MonitoredLog) => boolean) | undefined;
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
  const isIssued = issuedUnder(roots);
  const watch = await Watch.open(
    { policy, matcher, state, isWhole: logs.length === 0, problems },
    {
      ...world,
      ...services,
      isIssued,
      lookAlikes,
      rules,
      readHistory: (value) => Learned.read(value),
    },
  );
  // A folder that has an index keeps it: an index with a gap would be a finding of the next audit.
  const isIndexed = request.isIndexed || (await pathExists(indexFolder(state), world.files));
  const isTreeOnly = logs.length === 0 ? tooLargeUnder(roots) : undefined;
  const isSearched = request.isSearched ?? isTreeOnly;
  const audited = await runAudit({ ...request, isIndexed, isTreeOnly }, roots, world, onProgress, (read) =>
    watch.consumer(read),
  );
  const audit = await search(audited);
  await watch.judge(audit);
  for (const delivery of deliveries) await deliver(delivery);
  return watch.report(audit);

  /** Searches the logs whose entries the audit does not read. Returns the report with what the searches cannot find. */
  async function search(report: AuditReport): Promise<AuditReport> {
    const searched = report.logs.flatMap(({ log }) =>
      log.protocol === 'rekor-v1' && isSearched?.(log) === true ? [log] : [],
    );
    if (searched.length === 0) return report;
    const { notes, incomplete } = await searchRekorV1(
      { logs: searched, policy, isFromStart: request.from === 'start' },
      { watch, roots, github: services.facts.github, isIssued },
      world,
    );
    for (const reason of incomplete) watch.addIncomplete(reason);
    return withNotes(report, notes);
  }

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

/** Adds statements to the first log of each service. */
function withNotes(report: AuditReport, notes: ReadonlyMap<string, readonly string[]>): AuditReport {
  const left = new Map(notes);
  const logs = report.logs.map((one) => {
    const added = left.get(one.log.baseUrl) ?? [];
    left.delete(one.log.baseUrl);
    return added.length === 0 ? one : { ...one, notes: [...one.notes, ...added] };
  });
  return { ...report, logs };
}
