/** Opens the services of a watch. */

import type { FactSource } from '../../monitor/watch/index.ts';
import type { Secret } from '../../node/index.ts';
import { openGitHub } from '../../services/github/index.ts';
import { openHttp } from '../../services/http/index.ts';
import type { World } from '../world/index.ts';
import type { DeliveryServices } from './open-deliveries.ts';
import { readReceipts } from './receipt-folders.ts';

export interface ServiceSettings {
  /** For GitHub's API. */
  readonly token: Secret | undefined;
  /** `GITHUB_API_URL`. */
  readonly apiUrl: string | undefined;
  readonly webhookSecrets: Secret | undefined;
}

export interface OpenServices extends DeliveryServices, Disposable {
  readonly facts: FactSource;
}

/**
 * Opens the services. Nothing is requested yet.
 *
 * @throws CountersignError `USAGE` for an invalid URL of the API
 */
export function openWatchServices(
  { token, apiUrl, webhookSecrets }: ServiceSettings,
  { http, retrying, clock, cancellation, files }: World,
): OpenServices {
  const github = openGitHub({ http, token, apiUrl, clock });
  const open = openHttp('countersign', cancellation, { addresses: 'public', clock });
  return {
    github,
    hasToken: token !== undefined,
    webhookSecrets,
    publicHttp: retrying?.(open.send) ?? open.send,
    facts: { github, receipts: { receipts: (folders) => readReceipts(folders, files) } },
    [Symbol.dispose]: () => open[Symbol.dispose](),
  };
}
