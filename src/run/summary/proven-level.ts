/** The SLSA build level that a verified bundle proves. */

import { attempt } from '../../core/errors/index.ts';
import type { Expectation, SignerPolicy } from '../../core/policy/index.ts';
import { readProvenance, type Statement } from '../../core/statement/index.ts';
import type { Verdict } from '../../core/verify/index.ts';

/** Runners that the CI system operates, as certificates name them. */
const hosted: ReadonlySet<string> = new Set(['github-hosted', 'gitlab-hosted']);

/**
 * Returns the level that a bundle proves under a policy; 0 without provenance that a CI job signed with its own identity, from an issuer
 * that the policy names.
 *
 * - 1: the artifact has provenance.
 * - 2: the CI system operates the runner. Steps of the build can sign what they want.
 * - 3: the policy names the file and ref of a reusable workflow outside of the source repository. The owner of the policy answers for the
 *   workflow: that it keeps the steps of the build away from the identity.
 */
export function provenLevel({ signer, content }: Verdict, policy: SignerPolicy): 0 | 1 | 2 | 3 {
  if (policy.kind !== 'identity' || signer.kind !== 'identity') return 0;
  if (policy.identity === 'any' || policy.issuer === 'any') return 0;
  if (content.kind !== 'dsse-envelope' || !isProvenance(content.statement)) return 0;
  const { sourceRepositoryUri: source, runnerEnvironment: runner } = signer.identity.claims;
  if (source === undefined || runner === undefined) return 0;
  if (!hosted.has(runner)) return 1;
  return isPinnedBuilder(policy.identity, source) ? 3 : 2;
}

/** Reports whether a statement is SLSA provenance that names its builder and the type of the build. */
function isProvenance(statement: Statement): boolean {
  const provenance = attempt(() => readProvenance(statement));
  return Boolean(provenance?.builderId && provenance.buildType);
}

/** A workflow file whose repository is written out, at a ref or commit. Only the end of a ref may be open. */
const pinnedWorkflow =
  /^(https:\/\/[^*@]+?)\/\.github\/workflows\/[^/*@]+@(?:refs\/(?:heads|tags)\/[^*/].*|[0-9a-f]{40}|[0-9a-f]{64})$/;

/** Reports whether an expectation names a workflow file of another repository, and its refs. Names on GitHub ignore case. */
function isPinnedBuilder({ kind, value }: Expectation, source: string): boolean {
  const repository = kind === 'path' ? undefined : pinnedWorkflow.exec(value)?.[1];
  return repository !== undefined && repository.toLowerCase() !== source.toLowerCase();
}
