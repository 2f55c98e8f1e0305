/** `countersign upgrade` */

import { resolve } from 'node:path';
import { fail } from '../core/errors/index.ts';
import type { upgradeRows } from '../options/index.ts';
import { type UpgradeReport, upgradeJson, upgradeText } from '../report/index.ts';
import { demandUpgraded, type Upgradable, upgradeRun } from '../run/upgrade/index.ts';
import { systemRegistries, type World } from '../run/world/index.ts';
import type { CommandValues } from './command-values.ts';
import { type Display, inWorld } from './in-world.ts';
import { orFailureJson, printJson } from './json-output.ts';
import { namesImage } from './names-image.ts';
import { errorInFlags, inFlags } from './option-names.ts';
import type { PolicyOptions } from './policy-request.ts';
import { readAccount } from './read-account.ts';
import { loadVerifyPolicy } from './verify-policy.ts';

export type UpgradeOptions = CommandValues<typeof upgradeRows, 'upgrade'> & PolicyOptions;

/**
 * Upgrades the signatures of files and images, and prints what was done.
 *
 * @throws CountersignError the most severe failure
 */
export function upgradeCommand(names: readonly string[], options: UpgradeOptions): Promise<void> {
  const { json, retryBudget } = options;
  return inWorld({ retryBudget, json }, async (world, display) => {
    const nothing = { dryRun: options.dryRun ?? false, warnings: [], signatures: [] };
    const report = inOptions(await orFailureJson(json, nothing, () => upgrade(names, options, world, display)));
    if (json) printJson(upgradeJson(report));
    else process.stdout.write(upgradeText(report));
    demandUpgraded(report);
  });
}

async function upgrade(
  names: readonly string[],
  options: UpgradeOptions,
  world: World,
  display: Display,
): Promise<UpgradeReport> {
  const upgradables = await Promise.all(names.map((name) => readName(name, world)));
  const { out, recursive = false, dryRun = false } = options;
  const [first, ...others] = upgradables;
  if (out !== undefined && (others.length > 0 || first?.kind !== 'file'))
    fail('USAGE', '`out` is the path of one bundle, but not exactly one file was specified', {
      remedy: 'Specify one file, or leave `out` out: each new bundle is then written beside the old one.',
    });
  const { policy, trust } = await loadVerifyPolicy(options, world);
  const account = await readAccount(options);
  const images = upgradables.flatMap(({ kind, name }) => (kind === 'image' ? [name] : []));
  const registries = systemRegistries({ images, account, environment: process.env }, world);
  let [done, failed] = [0, 0];
  const onDone = (outcomes: UpgradeReport['outcomes']): void => {
    done++;
    if (outcomes.some(({ kind }) => kind === 'failed')) failed++;
    display.show((progress) => progress.work('upgraded', upgradables.length, done, failed));
  };
  const path = out === undefined ? undefined : resolve(out);
  return upgradeRun({ upgradables, policy, trust, registries, out: path, recursive, dryRun, onDone }, world);
}

/** Returns the file or the image that an argument names. */
async function readName(name: string, world: World): Promise<Upgradable> {
  return (await namesImage(name, world)) ? { kind: 'image', name } : { kind: 'file', name, path: resolve(name) };
}

/** Returns the report with options as they are written in commands. */
function inOptions(report: UpgradeReport): UpgradeReport {
  return {
    ...report,
    warnings: report.warnings.map(inFlags),
    outcomes: report.outcomes.map((outcome) =>
      outcome.kind === 'failed' ? { ...outcome, failure: errorInFlags(outcome.failure) } : outcome,
    ),
  };
}
