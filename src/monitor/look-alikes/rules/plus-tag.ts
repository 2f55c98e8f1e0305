import type { EmailName } from '../names/name.ts';
import type { NameRule } from './rule.ts';

/** Estimated: most providers deliver such mail to the same person. */
const estimated = 0.1;

export const plusTag: NameRule = {
  id: 'plus-tag',
  reason: 'The address differs only in the tag after a plus sign, which usually means the same mailbox.',
  compares: 'names',
  keys: (name) => (name.kind === 'email' ? [`${withoutTag(name)}@${name.host.domain}`] : []),
  match(target, candidate) {
    if (target.kind !== 'email' || candidate.kind !== 'email') return undefined;
    return { score: estimated, difference: `${tag(candidate)} instead of ${tag(target)}` };
  },
};

function withoutTag({ local }: EmailName): string {
  return local.replace(/\+.*$/s, '');
}

function tag({ local }: EmailName): string {
  const [found] = /\+.*$/s.exec(local) ?? [];
  return found === undefined ? 'no tag' : `"${found}"`;
}
