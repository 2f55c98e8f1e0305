/** `countersign reissue --dry-run --trusted-root <path>` */

import { resolve } from 'node:path';
import { fail } from '../core/errors/index.ts';
import type { reissueRows } from '../options/index.ts';
import { loadPolicy, loadTrust } from '../run/policy/index.ts';
import { type Source, type TrustOutcome, trustChange } from '../run/reissue/index.ts';
import type { World } from '../run/world/index.ts';
import type { CommandValues } from './command-values.ts';
import { instanceRequest } from './instance-request.ts';
import { orFailureJson, printJson } from './json-output.ts';
import { errorInFlags, inFlags } from './option-names.ts';
import type { PolicyOptions } from './policy-request.ts';
import { trustChangeFailure, trustChangeJson, trustChangeText } from './trust-change-report.ts';
import { instancePolicy } from './verify-policy.ts';

/** The members of the document of a comparison that failed as a whole. */
const nothing = { warnings: [], counts: null, changes: [], lostBySeveral: 0, signatures: [] };

/**
 * Prints which old signatures a new trusted root no longer accepts. The current trusted root is the old one that was given, or that of the
 * instance.
 *
 * @throws CountersignError if signatures are lost, or neither trusted root accepts them
 */
export async function reportTrustChange(
  options: CommandValues<typeof reissueRows, 'reissue'> & PolicyOptions,
  openSource: () => Promise<Source>,
  world: World,
  onOutcome: (outcome: TrustOutcome) => void,
): Promise<void> {
  const { json, concurrency, trustedRoot, oldTrustedRoot, ...rest } = options;
  const examine = async () => {
    demandComparable(options);
    const source = await openSource();
    const policy = await loadPolicy(await instancePolicy(options), world);
    const under = async (path: string | undefined) => {
      const given = path === undefined ? {} : { trustedRoot: resolve(path) };
      return loadTrust(await instanceRequest({ ...rest, ...given }, 'verify'), world, policy);
    };
    const [current, next] = [await under(oldTrustedRoot), await under(trustedRoot)];
    return trustChange({ source, policy, current, next, concurrency, onOutcome }, world);
  };
  const report = await orFailureJson(json, nothing, examine);
  if (json) printJson(trustChangeJson(report));
  else process.stdout.write(inFlags(trustChangeText(report)));
  const failure = trustChangeFailure(report);
  if (failure !== undefined) throw errorInFlags(failure);
}

/** Refuses options that a comparison of trusted roots would leave without effect. */
function demandComparable({
  upgrade,
  signedBefore,
  withoutLog,
  withoutAuthority,
  withoutKey,
}: CommandValues<typeof reissueRows, 'reissue'>): void {
  if (upgrade)
    fail('USAGE', '`dry-run` and `trusted-root` compare trusted roots, which `upgrade` has no effect on', {
      remedy:
        'To see what would be upgraded, specify the trusted root with `old-trusted-root`. To compare, leave `upgrade` out: the comparison counts the signatures that can be upgraded.',
    });
  const given = [
    ['signed-before', signedBefore === undefined],
    ['without-log', withoutLog.length === 0],
    ['without-authority', withoutAuthority.length === 0],
    ['without-key', withoutKey.length === 0],
  ] as const;
  const [name] = given.find(([, isAbsent]) => !isAbsent) ?? [];
  if (name === undefined) return;
  fail('USAGE', `\`${name}\` cannot be combined with \`dry-run\` and \`trusted-root\`, which compare trusted roots`, {
    remedy: 'Omit it, or specify the trusted root of the old signatures with `old-trusted-root` instead.',
  });
}
