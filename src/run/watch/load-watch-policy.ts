/** Loads the policy of a watch. */

import { lookAlikeFinder, type RuleContext } from '../../monitor/rules/index.ts';
import type { EntryMatcher } from '../../monitor/watch/index.ts';
import { WatchList, type WatchPolicy } from '../../monitor/watch-policy/index.ts';
import { readWatchPolicy } from '../policy/index.ts';
import { type InputWorld, readInput } from '../world/index.ts';
import { type GitHubServers, repositoryHost } from './repository-host.ts';

/** A policy, with what compares entries and names with it. */
export interface LoadedPolicy {
  readonly policy: WatchPolicy;
  readonly matcher: EntryMatcher;
  readonly lookAlikes: RuleContext['lookAlikes'];
}

/**
 * Loads a policy file.
 *
 * @param servers the server of the repositories that it watches; github.com by default
 * @throws CountersignError `USAGE` for a file that cannot be read, or a protected name that cannot be one; `POLICY_INVALID`
 */
export async function loadWatchPolicy(
  path: string,
  world: InputWorld,
  servers: GitHubServers = {},
): Promise<LoadedPolicy> {
  const text = Buffer.from(await readInput(path, 'policy', world)).toString('utf8');
  const policy = await readWatchPolicy(text, path, repositoryHost(servers));
  const lookAlikes = lookAlikeFinder(policy);
  return { policy, matcher: WatchList.of(policy, { lookAlikes }), lookAlikes };
}
