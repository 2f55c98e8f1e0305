import type { RuleContext } from '../../monitor/rules/index.ts';
import type { EntryMatcher, WatchWorld } from '../../monitor/watch/index.ts';
import type { WatchPolicy } from '../../monitor/watch-policy/index.ts';

/** A policy, with what compares entries, names and findings with it. */
export interface LoadedPolicy extends Pick<WatchWorld, 'acknowledgementOf'> {
  readonly policy: WatchPolicy;
  readonly matcher: EntryMatcher;
  readonly lookAlikes: RuleContext['lookAlikes'];
}
