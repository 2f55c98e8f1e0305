/** Opens the deliveries that options name. */

import { fail } from '../../core/errors/index.ts';
import type { Secret } from '../../node/index.ts';
import { type Delivery, type FileFormat, fileDelivery, issueDelivery, webhookDelivery } from '../../notify/index.ts';
import type { GitHubClient } from '../../services/github/index.ts';
import type { Http } from '../../services/http/index.ts';
import type { World } from '../world/index.ts';

/** The destinations of reports. Paths are absolute. */
export interface DeliveryRequest {
  /** `owner/name`. */
  readonly issue: string | undefined;
  readonly webhook: string | undefined;
  readonly files: readonly { readonly format: FileFormat; readonly path: string }[];
  /** Of this program. */
  readonly version: string;
}

export interface DeliveryServices {
  readonly github: GitHubClient;
  /** True if there is a token for GitHub. */
  readonly hasToken: boolean;
  /** The secrets of the webhook; undefined if there are none. */
  readonly webhookSecrets: Secret | undefined;
  /** Reaches only public addresses. */
  readonly publicHttp: Http;
}

/**
 * Opens the deliveries.
 *
 * @throws CountersignError `USAGE` for an invalid destination, or without the secret that it needs
 */
export function openDeliveries(
  { issue, webhook, files: named, version }: DeliveryRequest,
  { github, hasToken, webhookSecrets, publicHttp }: DeliveryServices,
  { files, random, clock }: Pick<World, 'files' | 'random' | 'clock'>,
): readonly Delivery[] {
  const deliveries: Delivery[] = named.map(({ format, path }) =>
    fileDelivery({ format, path, files, random, version }),
  );
  if (webhook !== undefined) {
    if (webhookSecrets === undefined)
      fail('USAGE', '`webhook` needs a secret, and COUNTERSIGN_WEBHOOK_SECRET is not set', {
        remedy: 'Set it to the secret that the receiver of the webhook shows: `whsec_` and Base64.',
      });
    deliveries.push(webhookDelivery({ url: webhook, secrets: webhookSecrets, clock, http: publicHttp, version }));
  }
  if (issue !== undefined) {
    if (!/^[\w.-]+\/[\w.-]+$/.test(issue))
      fail('USAGE', `\`issue\` is ${JSON.stringify(issue)}, which is not the name of a repository`, {
        remedy: 'Specify the owner and the name of a repository: octo/app.',
      });
    if (!hasToken)
      fail('USAGE', '`issue` needs a token, and neither GITHUB_TOKEN nor GH_TOKEN is set', {
        remedy: 'Set one of them to a token that may write issues of the repository.',
      });
    deliveries.push(issueDelivery({ repository: issue, client: github }));
  }
  return deliveries;
}
