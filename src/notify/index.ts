/** Deliveries of a watch: an issue, a webhook, files. */

export type { Delivery } from './delivery.ts';
export { type DeliveryFiles, type FileDeliveryOptions, type FileFormat, fileDelivery } from './file-delivery.ts';
export {
  type IssueClient,
  type IssueDeliveryOptions,
  issueAnchors,
  issueDelivery,
  watchLabel,
} from './issue-delivery.ts';
export { testReport } from './test-report.ts';
export { type WebhookDeliveryOptions, webhookDelivery } from './webhook-delivery.ts';
