/** The arguments and options of `countersign upgrade`. */

import type { Command } from 'commander';
import { upgradeRows } from '../options/index.ts';
import { addOptions, addPolicyOptions } from './add-options.ts';
import { addOptionNames } from './option-names.ts';

/** Adds `upgrade`. */
export function addUpgradeCommand(program: Command): void {
  addOptionNames(upgradeRows);
  const upgrade = program
    .command('upgrade')
    .description(
      'Upgrade older signatures to bundles of version 0.3, without signing. The old signature is verified with the policy first, and kept.',
    )
    .argument(
      '<names...>',
      'Files with their signatures beside them, files with bundles, or images (name:tag or name@sha256:…).',
    );
  const upgradeOptions = addOptions(upgrade, upgradeRows, 'upgrade');
  const policyOptions = addPolicyOptions(upgrade);
  upgrade.action(async (names: readonly string[]) => {
    const { upgradeCommand } = await import('./upgrade-command.ts');
    await upgradeCommand(names, { ...upgradeOptions(), ...policyOptions() });
  });
}
