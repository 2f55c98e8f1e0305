/** The command that issues signatures again: its options. */

import type { Command } from 'commander';
import { reissueRows } from '../options/index.ts';
import { addOptions, addPolicyOptions } from './add-options.ts';
import { addOptionNames } from './option-names.ts';

/** Adds `reissue`. */
export function addReissueCommand(program: Command): void {
  addOptionNames(reissueRows);
  const reissue = program
    .command('reissue')
    .description(
      'Issue signatures again after a key, log or authority was compromised: verify the old ones by a policy, sign the same digests, and replace the bundles.',
    );
  const reissueOptions = addOptions(reissue, reissueRows, 'reissue');
  const policyOptions = addPolicyOptions(reissue);
  reissue.action(async () => {
    const { reissueCommand } = await import('./reissue-command.ts');
    await reissueCommand({ ...reissueOptions(), ...policyOptions() });
  });
}
