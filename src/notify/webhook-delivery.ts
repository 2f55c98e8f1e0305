/** Sends each change to a webhook, as an event of OCSF, signed as in Standard Webhooks 1.0.0. */

import { createHash, createHmac } from 'node:crypto';
import { decodeBase64 } from '../core/encoding/index.ts';
import { attempt, fail } from '../core/errors/index.ts';
import type { WatchReport } from '../monitor/watch/index.ts';
import type { Secret } from '../node/index.ts';
import { watchOcsfChange } from '../report/index.ts';
import { expectStatus, type Http, type HttpRequest, isLoopbackHost } from '../services/http/index.ts';
import type { Delivery } from './delivery.ts';

export interface WebhookDeliveryOptions {
  /** `https:`, or `http:` to this machine. */
  readonly url: string;
  /**
   * The secrets, each `whsec_` and Base64, separated by spaces. Messages are signed with each of them, so that a receiver can change its secret.
   */
  readonly secrets: Secret;
  readonly clock: () => Date;
  /** Opened with `addresses: 'public'`. */
  readonly http: Http;
  /** The version of Countersign. */
  readonly version: string;
}

const service = 'the webhook';
const timeoutMilliseconds = 20_000;
const maxResponseLength = 64 * 1024;
/** Receivers refuse messages that are older than 5 minutes. */
const usefulMilliseconds = 4 * 60 * 1000;
const maxSecrets = 5;

/**
 * Returns the delivery to a webhook.
 *
 * @throws CountersignError `USAGE` for a URL or secrets that cannot be used
 */
export function webhookDelivery(options: WebhookDeliveryOptions): Delivery {
  const url = readUrl(options.url);
  checkSecrets(options.secrets);
  // The path and the query can be secrets of the receiver.
  const id = createHash('sha256').update(url.href).digest('hex').slice(0, 8);
  return { name: `webhook ${url.origin} ${id}`, deliver: (report) => deliver(report, url, options) };
}

async function deliver(report: WatchReport, url: URL, options: WebhookDeliveryOptions): Promise<void> {
  const { http, clock, version } = options;
  for (const change of report.changes) {
    const { uid, json } = watchOcsfChange(change, report, version);
    const now = clock();
    const request: HttpRequest = {
      method: 'POST',
      url,
      headers: {
        'content-type': 'application/json',
        ...signedHeaders(uid, Math.floor(now.getTime() / 1000), json, options.secrets),
      },
      body: json,
      service,
      timeoutMilliseconds,
      maxBodyLength: maxResponseLength,
      usefulUntil: new Date(now.getTime() + usefulMilliseconds),
    };
    const response = await http(request);
    if (response.status >= 200 && response.status < 300) continue;
    if (response.status >= 300 && response.status < 400)
      fail('SERVICE_REFUSED', `${service} (${url.origin}) redirects, which is not followed`, {
        remedy: 'Use the URL that the receiver redirects to.',
      });
    if (response.status === 410)
      fail('SERVICE_REFUSED', `${service} (${url.origin}) is gone: it responded with 410`, {
        remedy: 'Remove the webhook, or use the new URL of the receiver.',
      });
    expectStatus(request, response, 200);
  }
}

/** Returns the headers of a message: its id, its time, and a signature for each secret. */
function signedHeaders(id: string, seconds: number, body: string, secrets: Secret): Readonly<Record<string, string>> {
  const signatures = keysOf(secrets).map((key) => {
    const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
    return `v1,${signature}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': signatures.join(' '),
  };
}

function readUrl(text: string): URL {
  const remedy = 'Use an https URL, such as https://security.example/hooks/countersign.';
  const url = URL.canParse(text) ? new URL(text) : fail('USAGE', 'the URL of the webhook is invalid', { remedy });
  // Errors name only the origin, so a user name or password could be shown nowhere else.
  if (url.username !== '' || url.password !== '')
    fail('USAGE', 'the URL of the webhook has a user name or password, which is not supported', {
      remedy: 'Remove it. The receiver authenticates messages by their signatures.',
    });
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopbackHost(url)))
    fail('USAGE', 'the URL of the webhook is not an https URL', { remedy });
  return url;
}

function checkSecrets(secrets: Secret): void {
  const remedy =
    'Set COUNTERSIGN_WEBHOOK_SECRET to the secret of the receiver: `whsec_` and 24 to 64 bytes in Base64. While the receiver changes its secret, set it to both, separated by a space.';
  const number = secrets
    .reveal()
    .split(/\s+/)
    .filter((secret) => secret !== '').length;
  if (number === 0) fail('USAGE', 'no secret of the webhook specified', { remedy });
  if (number > maxSecrets) fail('USAGE', `more than ${maxSecrets} secrets of the webhook`, { remedy });
  if (keysOf(secrets).length !== number) fail('USAGE', 'a secret of the webhook is invalid', { remedy });
}

/** Returns the keys of the valid secrets. */
function keysOf(secrets: Secret): readonly Uint8Array[] {
  return secrets
    .reveal()
    .split(/\s+/)
    .flatMap((secret) => {
      const [, encoded] = /^whsec_(.+)$/.exec(secret) ?? [];
      const key = encoded === undefined ? undefined : attempt(() => decodeBase64(encoded));
      return key !== undefined && key.length >= 24 && key.length <= 64 ? [key] : [];
    });
}
