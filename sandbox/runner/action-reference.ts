/** The actions that a step's `uses:` can refer to. */

import { fail } from '../../src/core/errors/index.ts';

export type ActionReference =
  /** `./path`: an action in the workspace. */
  | { readonly kind: 'local'; readonly uses: string; readonly path: string }
  /** `owner/repository/path@ref`. */
  | {
      readonly kind: 'remote';
      readonly uses: string;
      readonly repository: string;
      /** Empty for an action at the root of its repository. */
      readonly path: string;
      readonly ref: string;
    };

/** The repository that `$/path` refers to: the one of the workflow file, at its commit. */
export interface SelfRepository {
  readonly repository: string;
  readonly sha: string;
}

/** @throws CountersignError `USAGE`, for a reference that is malformed or of another kind */
export function parseActionReference(uses: string, self?: SelfRepository): ActionReference {
  if (uses.startsWith('./') || uses === '.') return { kind: 'local', uses, path: uses };
  if (uses.startsWith('$/')) {
    if (uses.includes('@')) fail('USAGE', `A reference to the same repository has no ref: ${uses}`);
    if (self === undefined) fail('USAGE', `Unable to resolve self-reference '${uses}'`);
    const path = uses.slice(2);
    return { kind: 'remote', uses, repository: self.repository, path, ref: self.sha };
  }
  const [, repository, path = '', ref] = /^([^./@][^/@]*\/[^/@]+)(?:\/([^@]*))?@(.+)$/.exec(uses) ?? [];
  if (repository === undefined || ref === undefined) {
    fail('USAGE', `This runner supports ./path, owner/repository@ref and $/path, not ${uses}`);
  }
  if (`${path}/${ref}`.split('/').includes('..')) fail('USAGE', `${uses} points outside of its repository`);
  return { kind: 'remote', uses, repository, path, ref };
}
