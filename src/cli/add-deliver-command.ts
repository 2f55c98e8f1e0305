import type { Command } from 'commander';
import { deliverRows } from '../options/index.ts';
import { addOptions, addPolicyOptions } from './add-options.ts';
import { addOptionNames } from './option-names.ts';

/** Adds `deliver`. */
export function addDeliverCommand(program: Command): void {
  addOptionNames(deliverRows);
  const deliver = program
    .command('deliver')
    .description('Verify files with their bundles, and attach them to a GitHub release or store the bundles at GitHub.')
    .argument('<files...>', 'Files, or patterns in quotes. Bundles among them are not artifacts.');
  const options = addOptions(deliver, deliverRows, 'deliver');
  const policyOptions = addPolicyOptions(deliver);
  deliver.action(async (files: readonly string[]) => {
    const { deliverCommand } = await import('./deliver-command.ts');
    await deliverCommand(files, { ...options(), ...policyOptions() });
  });
}
