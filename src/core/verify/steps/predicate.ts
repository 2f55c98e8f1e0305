/** Step 6: the predicate of the statement, which must meet each expectation of the policy. */

import { fail } from '../../errors/index.ts';
import type { PredicateCheck } from '../../policy/index.ts';
import type { Statement } from '../../statement/index.ts';
import { type Criterion, check } from '../criterion.ts';
import { remember } from '../remember.ts';
import type { VerifiedContent } from './content.ts';

/** Prepares the step. A statement is judged once, whatever the artifact. */
export function predicateStep(
  checks: readonly PredicateCheck[],
  now: Date,
): (content: VerifiedContent | undefined) => Promise<readonly Criterion[]> {
  const judged = remember((signature: Statement | VerifiedContent['kind'] | undefined) =>
    Promise.all(
      checks.map(({ name, expected, judge }) =>
        check(
          { name, expected },
          { signature },
          (basis) => judge(statementOf(basis.signature), now),
          (found) => found,
        ),
      ),
    ),
  );
  return async (content) => {
    const criteria = await judged(content?.kind === 'dsse-envelope' ? content.statement : content?.kind);
    return criteria.flatMap((checked) => checked.criteria);
  };
}

function statementOf(signature: Statement | VerifiedContent['kind']): Statement {
  return typeof signature === 'object'
    ? signature
    : fail('PREDICATE_TYPE_MISMATCH', 'the signature is over the artifact itself, and not a statement');
}
