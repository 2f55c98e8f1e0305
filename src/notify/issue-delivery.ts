/** Keeps one issue up to date. */

import type { WatchReport } from '../monitor/watch/index.ts';
import type { Delivery } from './delivery.ts';
import type { IssueClient } from './issue-client.ts';

export interface IssueDeliveryOptions {
  /** `owner/name`. */
  readonly repository: string;
  readonly client: IssueClient;
}

/** Returns the delivery to an issue of a repository. */
export function issueDelivery({ repository, client }: IssueDeliveryOptions): Delivery {
  return { name: `issue ${repository}`, deliver: (report) => deliver(report, repository, client) };
}

async function deliver(_report: WatchReport, _repository: string, _client: IssueClient): Promise<void> {}
