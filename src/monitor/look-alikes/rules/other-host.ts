import type { NameRule } from './rule.ts';

/** Estimated: a mirror, unless the name was registered there before its owner could. */
const estimated = 0.4;

export const otherHost: NameRule = {
  id: 'other-host',
  reason: 'The repository has the same owner and name on another host.',
  compares: 'names',
  keys: (name) => ('owner' in name ? [`${name.owner}/${name.repository}`] : []),
  match(target, candidate) {
    if (!('owner' in target && 'owner' in candidate) || target.host === candidate.host) return undefined;
    return { score: estimated, difference: `host "${candidate.host}" instead of "${target.host}"` };
  },
};
