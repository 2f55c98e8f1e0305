import type { Part, RepositoryName } from './name.ts';
import { readRepository } from './repository.ts';

/** Reads `owner/repository/.github/workflows/file.yml@ref`, as certificates name workflows. `undefined` for anything else. */
export function readWorkflow(text: string): RepositoryName | undefined {
  const [, path = '', folder = '', file = '', ref = ''] =
    /^([^@]*?)\/(\.(?:github|gitea|forgejo)\/workflows)\/([^@]+)(?:@(.*))?$/s.exec(text) ?? [];
  const repository = readRepository(path);
  if (repository === undefined) return undefined;
  const { holder: _, ...rest } = repository;
  const within = `${repository.identity}/${folder}`;
  const parts: readonly Part[] = [
    ...repository.parts,
    { name: 'workflow file', text: file, shown: file, within, weight: 1 },
    ...(ref === '' ? [] : [{ name: 'ref', text: ref, shown: ref, within: `${within}/${file}`, weight: 1 } as const]),
  ];
  return {
    ...rest,
    kind: 'workflow',
    text,
    identity: `${within}/${file}@${ref}`,
    holder: undefined,
    protectedParts: parts,
    parts,
  };
}
