import { plainLine } from '../report/index.ts';
import { loadTrust, type TrustChoice } from '../run/policy/index.ts';
import type { World } from '../run/world/index.ts';
import { instanceRequest } from './instance-request.ts';
import { inFlags } from './option-names.ts';

/** Loads the trusted roots that the options of a command choose, and prints the warnings about them. */
export async function loadRoots(
  options: Parameters<typeof instanceRequest>[0] & { readonly quiet?: boolean },
  world: World,
): Promise<readonly TrustChoice[]> {
  const { roots, warnings } = await loadTrust(await instanceRequest(options, 'verify'), world);
  if (!options.quiet)
    for (const warning of warnings) process.stderr.write(`${plainLine(`Warning: ${inFlags(warning)}`)}\n`);
  return roots;
}
