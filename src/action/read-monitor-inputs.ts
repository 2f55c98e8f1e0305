/** Reads the inputs of the monitor action. */

import { resolve } from 'node:path';
import { fail } from '../core/errors/index.ts';
import { monitorRows } from '../options/index.ts';
import type { InstanceRequest } from '../run/world/index.ts';
import { type InputValues, readInputs } from './read-inputs.ts';

type Values = InputValues<typeof monitorRows, 'monitor'>;
type Combined = 'policy' | 'instance' | 'trustedRoot' | 'tufUrl' | 'tufRoot' | 'retryBudget' | 'maxOutage';

/** The values of the inputs. Some inputs are combined into one value. */
export interface MonitorInputs extends Omit<Values, Combined> {
  readonly policy: string;
  readonly instance: InstanceRequest;
  readonly retryBudgetMilliseconds: number;
  readonly maxOutageMilliseconds: number;
}

/**
 * Reads the inputs. Paths are relative to the workspace.
 *
 * @throws CountersignError `USAGE`, naming the input
 */
export function readMonitorInputs(workspace: string): MonitorInputs {
  const input = readInputs(monitorRows, 'monitor', workspace);
  const { policy, instance: name, trustedRoot, tufUrl, tufRoot, retryBudget, maxOutage, ...values } = input;
  if (input.webhook === undefined && input.webhookSecret !== undefined)
    fail('USAGE', 'the input `webhook-secret` is set, but `webhook` is not', {
      remedy: 'Set `webhook` to the URL of the receiver, or remove `webhook-secret`.',
    });
  if (input.webhook !== undefined && input.webhookSecret === undefined)
    fail('USAGE', 'the input `webhook` is set, but `webhook-secret` is not', {
      remedy: 'Set `webhook-secret` to the secret of the receiver. A secret is empty if the job has no access to it.',
    });
  return {
    ...values,
    // Never undefined: it has a default.
    policy: policy ?? resolve(workspace, '.github/countersign.yml'),
    instance: {
      name,
      purpose: 'verify',
      trustedRoot,
      tufUrl,
      tufRoot,
      cacheDirectory: process.env.RUNNER_TEMP && resolve(process.env.RUNNER_TEMP, 'countersign-tuf'),
    },
    retryBudgetMilliseconds: retryBudget,
    maxOutageMilliseconds: maxOutage * 3_600_000,
  };
}
