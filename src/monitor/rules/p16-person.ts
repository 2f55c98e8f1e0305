import type { EntryRule, Verdict } from './rule.ts';
import { parseSignerValue } from './scopes.ts';
import { digestText, issuedSigners, signerName } from './signer.ts';
import { firstVerdict, observed } from './verdicts.ts';

/** Notices persons who sign what a CI job signs. */
export const person: EntryRule = {
  about: 'entries',
  id: 'P16',
  name: 'person',
  version: 1,
  severity: 'alert',
  reason:
    'The account of a person is easier to steal than a release workflow, and its signature may be accepted in place of it.',
  condition: 'An e-mail address signs a digest that a CI job signed before, or one in the receipts of the repository.',
  falseAlarms: 'Emergency releases, and persons who sign in addition to CI.',
  needs: [],
  learns: false,
  check: (entry, { history, facts }) =>
    firstVerdict(issuedSigners(entry), (signer): Verdict | undefined => {
      const { kind, name } = signerName(signer);
      if (kind !== 'email') return undefined;
      const { receipts } = facts;
      for (const digest of entry.digests.map(digestText)) {
        const job = history
          .values('signers-of-digest', digest)
          .map(({ value }) => parseSignerValue(value))
          .find((one) => one?.kind === 'uri');
        const isReleased = receipts.kind === 'known' && receipts.value.digests.has(digest);
        if (job === undefined && !isReleased) continue;
        return observed({
          title: `${name} signed what CI signs`,
          reason: `The digest ${digest} was signed before by ${job?.name ?? 'a release: it is in the receipts'}.`,
          remedy: 'Ask the person whether they signed. Otherwise their account was used by someone else.',
        });
      }
      return undefined;
    }),
};
