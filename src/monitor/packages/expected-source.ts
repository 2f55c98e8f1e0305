/** Compares the source of provenance with the source that is expected. */

import type { WatchedPackage } from '../watch-policy/index.ts';
import type { ProvenanceSource } from './verify-provenance.ts';

/**
 * Compares a source with the repository of the policy, or with the source of earlier versions.
 *
 * @returns the difference, as a sentence; undefined if the source is expected
 */
export function sourceDifference(
  { repository }: Pick<WatchedPackage, 'repository'>,
  earlier: ProvenanceSource | undefined,
  source: ProvenanceSource,
): string | undefined {
  const expected = repository === undefined ? earlier?.repository : addressOf(repository);
  const isName = expected === undefined || expected.toLowerCase() === source.repository.toLowerCase();
  const { id } = earlier ?? {};
  // A repository that was renamed keeps its ID, and one that was registered again has another one.
  const isId = id === undefined || source.id === undefined ? undefined : id === source.id;
  const isSame = isId === undefined ? isName : isId && (isName || repository === undefined);
  if (isSame) return undefined;
  return isName
    ? `The repository has the ID ${source.id}, and earlier versions were built from one with the ID ${id}.`
    : `It is expected to be built from ${expected}.`;
}

/** Returns the address of a repository, as certificates name it. */
function addressOf(repository: string): string {
  return repository.startsWith('https://') ? repository : `https://github.com/${repository}`;
}
