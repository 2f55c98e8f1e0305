import { type IdentifiedName, LookAlikeFinder } from '../look-alikes/index.ts';
import { spelledRepository, type WatchedIdentity, type WatchPolicy } from '../watch-policy/index.ts';

/**
 * Returns the finder of names that look like those of a policy: its repositories, owners, identities and protected names. Packages are
 * compared where registries are read.
 *
 * @throws CountersignError `USAGE` for a protected name that does not have the form of its kind
 */
export function lookAlikeFinder(
  policy: Pick<WatchPolicy, 'host' | 'repositories' | 'owners' | 'identities' | 'protectedNames'>,
): LookAlikeFinder {
  return new LookAlikeFinder([
    ...policy.repositories.flatMap(({ name, ownerId }): readonly IdentifiedName[] => [
      { kind: 'repo', name: spelledRepository(policy.host, name), ownerId },
      { kind: 'owner', name: name.split('/')[0] ?? '', ownerId },
    ]),
    ...policy.owners.map(({ name, id }): IdentifiedName => ({ kind: 'owner', name, ownerId: id })),
    ...policy.identities.flatMap((identity) => identityNames(identity, policy.host)),
    ...policy.protectedNames.map(({ kind, name, ownerId }): IdentifiedName => ({ kind, name, ownerId })),
  ]);
}

/** Returns the names in an identity. A pattern has none but the repository before its first star. */
function identityNames({ match, value }: WatchedIdentity, host: string): readonly IdentifiedName[] {
  if (/^[^/*@]+@[^/*@]+$/.test(value)) return [{ kind: 'email', name: value }];
  const [, on, owner, repository] = /^https:\/\/([^/*]+)\/([^/*]+)(?:\/([^/*]+))?(?:\/|$)/.exec(value) ?? [];
  if (owner === undefined || on?.toLowerCase() !== host) return [];
  return [
    { kind: 'owner', name: owner },
    ...(repository === undefined
      ? []
      : [{ kind: 'repo', name: spelledRepository(host, `${owner}/${repository}`) } as const]),
    ...(match === 'exact' && value.includes('/.github/workflows/') ? [{ kind: 'workflow', name: value } as const] : []),
  ];
}
