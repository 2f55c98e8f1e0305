/** What is done if a transparency log is down: only what the policy allows, and only what verifiers can accept. */

import { fail } from '../../core/errors/index.ts';
import { type SelectedServices, selectSecondLog, shownUrl } from '../../core/trust/index.ts';
import type { LogFallback } from '../../sign/index.ts';
import { loadSignPolicy } from '../policy/index.ts';
import type { Instance, World } from '../world/index.ts';
import { demandVerifiable } from './demand-verifiable.ts';

/**
 * Demands that the policy allows what is to be done during an outage.
 *
 * @param policy the path of the policy file
 * @throws CountersignError `POLICY_INVALID`; those of reading the file
 */
export async function demandAllowedOnOutage(
  onOutage: 'fail' | LogFallback['kind'],
  policy: string | undefined,
  world: Pick<World, 'files' | 'demandAccepted'>,
): Promise<void> {
  if (policy === undefined)
    return fail(
      'POLICY_INVALID',
      `\`on-outage: ${onOutage}\` is allowed only by a policy file, and none is specified`,
      {
        remedy: `Set \`policy\` to the path of a policy file that contains sign: {on-outage: ${onOutage}}.`,
      },
    );
  const { onOutage: allowed } = await loadSignPolicy(policy, world);
  if (onOutage === 'fail' || allowed.includes(onOutage)) return;
  fail('POLICY_INVALID', `the policy file ${policy} does not allow \`on-outage: ${onOutage}\``, {
    remedy: `Omit \`on-outage\`, or add ${onOutage} to "on-outage" under "sign" in the policy file.`,
  });
}

/**
 * Chooses what is done during an outage. Verifiers must be able to accept the bundles that would be made, under the trusted root of the
 * instance.
 *
 * @throws CountersignError `NO_SERVICE` without a timestamp authority or a second log; `LOG_UNKNOWN` for a second log that is not in the
 *   trusted root; those of {@link demandVerifiable}
 */
export function selectFallback(
  kind: LogFallback['kind'],
  services: SelectedServices,
  instance: Pick<Instance, 'trust' | 'thresholds' | 'signingConfig'>,
  now: Date,
): LogFallback {
  const { transparencyLogs: logs, timestampAuthorities } = services;
  if (timestampAuthorities.length === 0)
    fail('NO_SERVICE', `\`on-outage: ${kind}\` requires a timestamp authority, and the signing config has none`, {
      remedy: 'Omit `on-outage`, or add a timestamp authority to the signing config (`tsaUrls`, `tsaConfig`).',
    });
  if (kind === 'timestamp-only') return { kind };
  if (logs.length > 1)
    fail(
      'NO_SERVICE',
      `\`on-outage: second-log\` can replace one transparency log, and this signing config selects ${logs.length}`,
      {
        remedy: 'Omit `on-outage`.',
      },
    );
  const log = selectSecondLog(instance.signingConfig, now, logs);
  if (log === undefined)
    return fail('NO_SERVICE', 'the signing config has no second transparency log that is valid now', {
      remedy: 'Omit `on-outage`, or set `on-outage: timestamp-only`.',
    });
  const { transparencyLogs: trusted } = instance.trust;
  const sameUrl = (url: string): boolean => url.replace(/\/+$/, '') === log.url.replace(/\/+$/, '');
  if (!trusted.some(({ baseUrl }) => sameUrl(baseUrl)))
    fail('LOG_UNKNOWN', `the second transparency log ${shownUrl(log.url)} is not in the trusted root`, {
      remedy: 'Omit `on-outage`, or use a trusted root that contains this log.',
    });
  demandVerifiable({ ...services, transparencyLogs: [log] }, instance, now);
  return { kind, log };
}
