import { lowerCase } from './lower-case.ts';
import type { RepositoryName } from './name.ts';
import { ownerPart } from './owner.ts';

const defaultHost = 'github.com';

/** Reads `owner/repository`, with or without a host or a URL around it. `undefined` if it is neither. */
export function readRepository(text: string): RepositoryName | undefined {
  const path = text
    .replace(/^(?:git\+)?https?:\/\//i, '')
    .replace(/\/$/, '')
    .replace(/\.git$/i, '');
  const segments = path.split('/');
  const hasHost = segments.length > 2 && segments[0]?.includes('.') === true;
  const [shown, ...rest] = hasHost ? segments.slice(1) : segments;
  if (shown === undefined || shown === '' || rest.length === 0 || rest.includes('')) return undefined;
  const host = lowerCase((hasHost ? segments[0] : undefined) ?? defaultHost);
  const [owner, repository] = [lowerCase(shown), lowerCase(rest.join('/'))];
  const parts = [ownerPart(shown)];
  return {
    kind: 'repo',
    text,
    identity: `${host}/${owner}/${repository}`,
    holder: `${host}/${owner}`,
    protectedParts: parts,
    parts,
    host,
    owner,
    repository,
  };
}
