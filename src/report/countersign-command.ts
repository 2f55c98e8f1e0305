import { shellQuoted } from './shell.ts';

/** The GitHub repository and commit that Countersign runs from. */
export interface PinnedSource {
  /** `owner/name`. */
  readonly repository: string;
  /** The full SHA of the commit. */
  readonly commit: string;
}

/**
 * Returns the source of an action that a workflow uses from github.com; `undefined` if the action is local, or its ref is a branch or tag,
 * which can move.
 */
export function pinnedSource(repository: string | undefined, ref: string | undefined): PinnedSource | undefined {
  if (!/^[A-Za-z0-9_.-]+\/[A-Za-z0-9_.-]+$/.test(repository ?? '') || !/^[0-9a-f]{40}$/.test(ref ?? ''))
    return undefined;
  return { repository: repository ?? '', commit: ref ?? '' };
}

/**
 * Returns the words that run Countersign from its repository. Anybody could register the name of the package, which is not published, so it
 * is not in the command. npm 12 refuses packages from git without the flag; older versions ignore it.
 */
export function countersignCommand({ repository, commit }: PinnedSource): string {
  return `npx --allow-git=root ${shellQuoted(`github:${repository}#${commit}`)}`;
}
