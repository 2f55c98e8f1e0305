/** The policy for a repository on GitHub, by its name alone. */

import { fail } from '../errors/index.ts';
import { exactly, matching, pathWithin } from './expectation.ts';
import { type Policy, type PolicyOptions, policyFor } from './policy.ts';

const server = 'https://github.com';
const issuer = 'https://token.actions.githubusercontent.com';

export interface RepositoryOptions extends PolicyOptions {
  /** The refs that the signing run may be for, as `refs/heads/main` or `refs/tags/v*` (default: any). */
  readonly refs?: readonly string[];
}

/**
 * Returns a policy that accepts the workflows of one repository on github.com, run for this repository. It is the same as the option `--repo` of
 * `countersign verify`.
 *
 * @param name `owner/name`, as GitHub writes it: letter case counts
 * @throws CountersignError `POLICY_INVALID` for another form of name
 *
 * @example
 * const policy = repository('example/app', { refs: ['refs/heads/main', 'refs/tags/v*'] });
 * policy.signer.kind; // → 'identity'
 */
export function repository(name: string, { refs, ...options }: RepositoryOptions = {}): Policy {
  if (!/^[A-Za-z0-9_.-]+\/[A-Za-z0-9_.-]+$/.test(name))
    fail('POLICY_INVALID', `the repository ${JSON.stringify(name)} does not have the form owner/name`, {
      remedy: 'Use the form `owner/name`.',
    });
  const address = `${server}/${name}`;
  return policyFor(
    {
      kind: 'identity',
      identity: pathWithin(address),
      issuer: exactly(issuer),
      claims: [
        { claim: 'sourceRepositoryUri', expected: [exactly(address)] },
        ...(refs === undefined ? [] : [{ claim: 'sourceRepositoryRef', expected: refs.map(matching) } as const]),
      ],
    },
    options,
  );
}
