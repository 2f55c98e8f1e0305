import { hostOf, protectedAs } from './hosts.ts';
import type { NameRule } from './rule.ts';

/** Estimated: the pairs for measuring have two look-alikes of this kind. */
const estimated = 0.7;

/** Shorter names are words of too many hosts. */
const shortest = 4;

export const subdomain: NameRule = {
  id: 'subdomain',
  reason: 'The name is a word of a host below another domain.',
  compares: 'names',
  keys(name, role) {
    const host = hostOf(name);
    if (host === undefined) return [];
    if (role === 'target') return host.label.length < shortest ? [] : protectedAs(name, host.label, role);
    const labels = [...host.subdomains, ...(host.label.includes('-') ? [host.label] : [])];
    const words = labels.flatMap((label) => [label, ...label.split('-')]).filter((word) => word !== host.label);
    return [...new Set(words)].flatMap((word) => protectedAs(name, word, role));
  },
  match(target, candidate) {
    const [ours, theirs] = [hostOf(target), hostOf(candidate)];
    if (ours === undefined || theirs === undefined || ours.domain === theirs.domain) return undefined;
    const host = [...theirs.subdomains, theirs.domain].join('.');
    return { score: estimated, difference: `"${host}" instead of "${ours.domain}"` };
  },
};
