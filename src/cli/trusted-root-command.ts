/** `countersign trusted-root` */

import type { trustedRootRows } from '../options/index.ts';
import { plainJson, plainLine } from '../report/index.ts';
import { publishedTrustedRoot } from '../run/world/index.ts';
import type { CommandValues } from './command-values.ts';
import { inWorld } from './in-world.ts';
import { instanceRequest } from './instance-request.ts';
import { inFlags } from './option-names.ts';

export type TrustedRootOptions = CommandValues<typeof trustedRootRows, 'trusted-root'>;

/** Prints the trusted root of an instance, from its TUF repository, as one line of JSON. */
export function trustedRootCommand(options: TrustedRootOptions): Promise<void> {
  return inWorld({ retryBudget: options.retryBudget }, async (world) => {
    const { json, warnings } = await publishedTrustedRoot(await instanceRequest(options, 'trusted-root'), world);
    for (const warning of warnings) process.stderr.write(`${plainLine(`Warning: ${inFlags(warning)}`)}\n`);
    process.stdout.write(`${plainJson(json)}\n`);
  });
}
