import type { Command } from 'commander';
import { completeRows } from '../options/index.ts';
import { addOptions } from './add-options.ts';
import { addOptionNames } from './option-names.ts';

/** Adds `complete`. */
export function addCompleteCommand(program: Command): void {
  addOptionNames(completeRows);
  const complete = program
    .command('complete')
    .description(
      'Add log entries to bundles that were signed while the transparency log was down. Needs neither a key nor a token. Each file is replaced once the new bundle verifies. The new bundles of images are attached to them.',
    )
    .argument(
      '<bundles...>',
      'Bundle files, folders with bundle files, or images with attached bundles (name:tag or name@sha256:…).',
    );
  const options = addOptions(complete, completeRows, 'complete');
  complete.action(async (paths: readonly string[]) => {
    const { completeCommand } = await import('./complete-command.ts');
    await completeCommand(paths, options());
  });
}
