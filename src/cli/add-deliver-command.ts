import type { Command } from 'commander';
import { deliverRows } from '../options/index.ts';
import { addOptions, addPolicyOptions } from './add-options.ts';
import { addOptionNames } from './option-names.ts';

/** Adds `deliver`. */
export function addDeliverCommand(program: Command): void {
  addOptionNames(deliverRows);
  const deliver = program
    .command('deliver')
    .description(
      'Verify files and images with their bundles, and attach them to a GitHub release, store the bundles at GitHub, or attach them to the images.',
    )
    .argument(
      '<artifacts...>',
      'Files, patterns in quotes, or images (name:tag or name@sha256:…). Bundles among them are not artifacts.',
    );
  const options = addOptions(deliver, deliverRows, 'deliver');
  const policyOptions = addPolicyOptions(deliver);
  deliver.action(async (artifacts: readonly string[]) => {
    const { deliverCommand } = await import('./deliver-command.ts');
    await deliverCommand(artifacts, { ...options(), ...policyOptions() });
  });
}
