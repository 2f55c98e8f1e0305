/** The policy for a repository on GitHub, by its name alone. */
import { type Policy, type PolicyOptions } from './policy.ts';
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
export declare function repository(name: string, { refs, ...options }?: RepositoryOptions): Policy;
