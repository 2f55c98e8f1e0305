import { hostOf, protectedAs } from './hosts.ts';
import type { NameRule } from './rule.ts';

/** Estimated: the legitimate pairs for measuring are domains of the same owner, which a watch knows. */
const estimated = 0.7;

export const tld: NameRule = {
  id: 'tld',
  reason: 'The domain differs only in its suffix.',
  compares: 'names',
  keys(name, role) {
    const host = hostOf(name);
    return host === undefined ? [] : protectedAs(name, host.label, role);
  },
  match(target, candidate) {
    const [ours, theirs] = [hostOf(target), hostOf(candidate)];
    if (ours === undefined || theirs === undefined || ours.domain === theirs.domain) return undefined;
    return { score: estimated, difference: `".${theirs.suffix}" instead of ".${ours.suffix}" after "${ours.label}"` };
  },
};
