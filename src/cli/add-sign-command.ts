import type { Command } from 'commander';
import { instanceRows, registryRows, signRows } from '../options/index.ts';
import { addOptions } from './add-options.ts';
import { addOptionNames } from './option-names.ts';

/** Adds `sign`. */
export function addSignCommand(program: Command): void {
  addOptionNames(signRows);
  const sign = program
    .command('sign')
    .description('Sign files and container images. Bundles are written next to files, and attached to images.')
    .argument('[files...]', 'Files, or patterns in quotes. A pattern that starts with ! excludes files.');
  // A job chooses its instance by what its token states; a person names it.
  const { instance } = instanceRows;
  // Help shows the rows in this order.
  const options = addOptions(sign, { ...instanceRows, ...registryRows, ...signRows, instance }, 'sign');
  sign.action(async (files: readonly string[]) => {
    const { signCommand } = await import('./sign-command.ts');
    await signCommand(files, options());
  });
}
