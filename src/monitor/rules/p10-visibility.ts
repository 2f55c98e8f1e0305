import type { EntryRule, Verdict } from './rule.ts';
import { repositoryScope } from './scopes.ts';
import { ownSigners, repositoryName } from './signer.ts';
import { firstVerdict, observed } from './verdicts.ts';

/** Compares the visibility of the repository with that of earlier signatures. */
export const visibility: EntryRule = {
  about: 'entries',
  id: 'P10',
  name: 'visibility',
  version: 1,
  severity: 'note',
  reason: 'Worms have made private repositories public to leak them, and the reverse hides what is built.',
  condition:
    'The visibility in the certificate of an own repository differs from that in its earlier certificates or, for its first one, from that at GitHub.',
  falseAlarms: 'Repositories that were published on purpose.',
  needs: ['repository'],
  learns: false,
  check: (entry, context) =>
    firstVerdict(ownSigners(entry, context), ({ signer }): Verdict | undefined => {
      const { sourceRepositoryVisibility: certified, sourceRepositoryIdentifier: id } = signer.claims;
      const scope = repositoryScope(signer);
      if (certified === undefined) return undefined;
      const { repository } = context.factsOf(signer);
      const earlier = context.history.values('visibilities', scope).at(-1)?.value;
      const current =
        repository.kind === 'known' && repository.value.id === id ? repository.value.visibility : undefined;
      const other = earlier ?? current;
      if (other === undefined || other === certified) return undefined;
      return observed({
        title: `${repositoryName(signer)} was ${certified} when it signed`,
        reason: earlier === undefined ? `At GitHub it is ${other}.` : `When it signed before, it was ${earlier}.`,
        remedy: 'Check who changed the visibility of the repository.',
      });
    }),
};
