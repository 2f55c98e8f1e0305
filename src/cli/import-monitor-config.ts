/** `countersign watch --import` */

import { fail } from '../core/errors/index.ts';
import { plainLine, plainLines } from '../report/index.ts';
import { importRekorMonitorConfig } from '../run/policy/index.ts';
import { readInputFile, type World } from '../run/world/index.ts';

const maxLength = 16 * 1024 * 1024;

/**
 * Prints a policy made from the configuration of rekor-monitor, and on standard error what was not converted, or not exactly.
 *
 * @throws CountersignError `USAGE` for a file that cannot be read; `FORMAT_UNSUPPORTED` if nothing could be converted
 */
export async function importMonitorConfig(path: string, { files }: Pick<World, 'files'>): Promise<void> {
  const bytes = await readInputFile(path, 'configuration', files, maxLength);
  const { policy, notes } = await importRekorMonitorConfig(Buffer.from(bytes).toString('utf8'), path);
  for (const { line, message } of notes) process.stderr.write(`${plainLine(`${path}:${line}: ${message}`)}\n`);
  if (policy === undefined)
    fail('FORMAT_UNSUPPORTED', `nothing of ${path} could be converted to a policy`, {
      remedy: 'Write a policy file by hand: a name under watch.repositories is enough.',
    });
  process.stdout.write(plainLines(policy));
}
