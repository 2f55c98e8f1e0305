/** The commands that read transparency logs and compare names: their arguments and options. */

import type { Command } from 'commander';
import { auditRows, lookAlikeRows, searchRows, watchRows } from '../options/index.ts';
import { addOptions } from './add-options.ts';
import { addOptionNames } from './option-names.ts';

/**
 * Adds `audit`, `watch`, `search` and `look-alike`.
 *
 * @param version of this program, for evidence files
 */
export function addMonitorCommands(program: Command, version: string): void {
  addOptionNames({ ...auditRows, ...watchRows, ...searchRows, ...lookAlikeRows });
  const audit = program
    .command('audit')
    .description(
      'Audit transparency logs: check that each only grows and shows the same to everyone, and prove each new entry. Continues where the last run ended.',
    );
  const auditOptions = addOptions(audit, auditRows, 'audit');
  audit.action(async () => {
    const { auditCommand } = await import('./audit-command.ts');
    await auditCommand(auditOptions(), version);
  });

  const watch = program
    .command('watch')
    .description(
      'Audit transparency logs, and report signatures that a policy does not explain: of its repositories and identities, or of names that imitate them.',
    );
  const watchOptions = addOptions(watch, watchRows, 'watch');
  watch.action(async () => {
    const { watchCommand } = await import('./watch-command.ts');
    await watchCommand(watchOptions(), version);
  });

  const search = program
    .command('search')
    .description(
      'Find out who signed a file, or what an identity, repository or key signed, in transparency logs. Each entry is proven to be in its log.',
    )
    .argument('[file]', 'File, or digest (sha256:…).');
  const searchOptions = addOptions(search, searchRows, 'search');
  search.action(async (file: string | undefined) => {
    const { searchCommand } = await import('./search-command.ts');
    await searchCommand(file, searchOptions());
  });

  const lookAlike = program
    .command('look-alike')
    .description('Explain whether names imitate a protected name, such as that of a repository. Nothing is looked up.')
    .argument('<names...>', 'Names to compare, or - for standard input with one name per line.');
  const lookAlikeOptions = addOptions(lookAlike, lookAlikeRows, 'look-alike');
  lookAlike.action(async (candidates: readonly string[]) => {
    const { lookAlikeCommand } = await import('./look-alike-command.ts');
    await lookAlikeCommand(candidates, lookAlikeOptions());
  });
}
