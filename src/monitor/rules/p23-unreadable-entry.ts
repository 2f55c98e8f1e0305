import type { EntryRule } from './rule.ts';
import { observed } from './verdicts.ts';

/** Reports entries that cannot be read completely. */
export const unreadableEntry: EntryRule = {
  about: 'entries',
  id: 'P23',
  name: 'unreadable-entry',
  version: 1,
  severity: 'alert',
  reason: 'An entry that monitors cannot read, and a verifier accepts, is a signature that no one sees.',
  condition:
    'An entry that concerns the policy cannot be read completely, is encoded ambiguously, or contains a name or digest of the policy outside of the fields that are known. A note for an entry of an unknown kind that contains none.',
  falseAlarms: 'None are expected. A new kind of entries is a note until this program supports it.',
  needs: [],
  learns: false,
  check({ problems, watchedAs, kind }) {
    const [first, ...others] = problems;
    if (first === undefined) return undefined;
    const isUnknownKind = problems.every(({ code }) => code === 'UNKNOWN_KIND') && watchedAs.length === 0;
    const more = others.length === 0 ? '' : ` ${others.length} more parts have problems.`;
    return observed({
      ...(isUnknownKind && { severity: 'note' }),
      title: isUnknownKind
        ? `an entry of the unknown kind ${kind ?? 'without a name'} cannot be read`
        : 'an entry that concerns the policy cannot be read completely',
      reason: `In ${first.part}: ${first.reason}.${more} Parts that cannot be read may state another signer or digest.`,
      remedy: isUnknownKind
        ? 'Update this program.'
        : 'Fetch the entry, and examine its bytes. Do not trust an artifact with such an entry.',
    });
  },
};
