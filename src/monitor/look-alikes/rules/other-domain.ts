import type { NameRule } from './rule.ts';

/** Estimated: people have several addresses, and others have their name. */
const estimated = 0.1;

export const otherDomain: NameRule = {
  id: 'other-domain',
  reason: 'The address has the same local part at another domain.',
  compares: 'names',
  keys: (name) => (name.kind === 'email' ? [name.local] : []),
  match(target, candidate) {
    if (target.kind !== 'email' || candidate.kind !== 'email') return undefined;
    return { score: estimated, difference: `domain "${candidate.host.domain}" instead of "${target.host.domain}"` };
  },
};
