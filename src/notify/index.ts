/** Deliveries of a watch: an issue, a webhook, files. */

export type { Delivery } from './delivery.ts';
export { type DeliveryFiles, type FileDeliveryOptions, type FileFormat, fileDelivery } from './file-delivery.ts';
export type { Issue, IssueClient, IssueComment } from './issue-client.ts';
export { type IssueDeliveryOptions, issueDelivery } from './issue-delivery.ts';
export { type WebhookDeliveryOptions, webhookDelivery } from './webhook-delivery.ts';
