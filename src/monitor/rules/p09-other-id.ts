import type { EntryRule, Observation, RuleContext } from './rule.ts';
import { nameScope } from './scopes.ts';
import { isGitHubJob, ownSigners, repositoryName, repositoryOf, sameName } from './signer.ts';
import { firstVerdict, observed } from './verdicts.ts';
import type { CertifiedSigner } from './watched-entry.ts';

/** Compares the numeric ids with those of the policy, of GitHub and of earlier signatures. */
export const otherId: EntryRule = {
  about: 'entries',
  id: 'P09',
  name: 'other-id',
  version: 1,
  severity: 'alert',
  reason:
    'Someone who registers the name of a deleted or renamed repository or owner gets its name into certificates. The numeric ids differ.',
  condition:
    'A certificate has the name of an own repository, and another id than the policy, the repository of this name at GitHub, or earlier certificates with this name. A note if only the id of the owner differs, once for each.',
  falseAlarms:
    'Repositories that were deleted and created again. Transfers, which change only the id of the owner, are a note.',
  needs: ['repository'],
  learns: false,
  check: (entry, context) => firstVerdict(ownSigners(entry, context), ({ signer }) => compareIds(signer, context)),
};

interface Ids {
  readonly id: string | undefined;
  readonly ownerId: string | undefined;
}

function compareIds(signer: CertifiedSigner, context: RuleContext): Observation | undefined {
  const { sourceRepositoryIdentifier: id, sourceRepositoryOwnerIdentifier: ownerId } = signer.claims;
  const scope = nameScope(signer);
  if (id === undefined || !isGitHubJob(signer, context.policy)) return undefined;
  const { watched, current } = knownIds(signer, context);
  const earlier = context.history.values('ids-of-repository', scope).map(({ value }) => parseIds(value));
  const isKnown = earlier.some((ids) => ids.id === id && ids.ownerId === ownerId);
  // The policy decides if it states the id. GitHub knows the present repository, and the history earlier ones.
  const repositoryId = watched?.id ?? current?.id ?? earlier.at(-1)?.id;
  if (repositoryId !== undefined && repositoryId !== id) {
    if (watched?.id === undefined && isKnown) return undefined;
    return observed({
      title: `a repository with the name ${repositoryName(signer)} and another id signed`,
      reason: `The certificate is of the repository with the id ${id}. ${source(watched, current)} ${repositoryId}.`,
      remedy: 'Find out whether the repository was deleted or renamed, and who has its name now.',
    });
  }
  const expectedOwner = watched?.ownerId ?? current?.ownerId ?? earlier.at(-1)?.ownerId;
  if (expectedOwner === undefined || ownerId === undefined || expectedOwner === ownerId || isKnown) return undefined;
  return observed({
    severity: 'note',
    title: `${repositoryName(signer)} has another owner than before`,
    reason: `The certificate states the owner with the id ${ownerId}, and not ${expectedOwner}. The id of the repository is the same, as after a transfer.`,
    remedy: 'If the repository was transferred, change `owner-id` in the policy.',
  });
}

function source(watched: Ids | undefined, current: Ids | undefined): string {
  if (watched?.id !== undefined) return 'The policy states';
  return current === undefined
    ? 'Earlier certificates with this name state'
    : 'The repository of this name at GitHub has';
}

function knownIds(
  signer: CertifiedSigner,
  { repository, factsOf }: RuleContext,
): { readonly watched: Ids | undefined; readonly current: Ids | undefined } {
  const name = repositoryOf(signer)?.name;
  const current = factsOf(signer).repository;
  return {
    watched: sameName(name, repository?.name) ? repository : undefined,
    // GitHub leads from an old name to the present one.
    current: current.kind === 'known' && sameName(name, current.value.name) ? current.value : undefined,
  };
}

/** Returns the ids of a certificate as the history keeps them. */
export function idsValue({ claims }: CertifiedSigner): string {
  return `${claims.sourceRepositoryIdentifier ?? ''}/${claims.sourceRepositoryOwnerIdentifier ?? ''}`;
}

function parseIds(value: string): Ids {
  const [id, ownerId] = value.split('/');
  return { id: id || undefined, ownerId: ownerId || undefined };
}
