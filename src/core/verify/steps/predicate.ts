/** Step 7: the predicate of the statement, which must meet each expectation of the policy, and may not contradict the certificate. */

import { fail } from '../../errors/index.ts';
import type { Policy, PredicateCheck } from '../../policy/index.ts';
import { provenanceVersion, type Statement } from '../../statement/index.ts';
import { compareStatement } from '../compare-statement.ts';
import { type Criterion, check } from '../criterion.ts';
import { remember } from '../remember.ts';
import type { VerifiedContent } from './content.ts';
import type { VerifiedIdentity, VerifiedSigner } from './identity.ts';

/** Prepares the step. A statement is judged once, whatever the artifact. */
export function predicateStep(
  { content: { provenance = 'compare' } }: Policy,
  checks: readonly PredicateCheck[],
  now: Date,
): (content: VerifiedContent | undefined, signer: VerifiedSigner | undefined) => Promise<readonly Criterion[]> {
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
  const comparedWith = remember(async ({ claims }: VerifiedIdentity) =>
    remember((statement: Statement) => compare(statement, claims)),
  );
  return async (content, signer) => {
    const statement = content?.kind === 'dsse-envelope' ? content.statement : undefined;
    const criteria = (await judged(statement ?? content?.kind)).flatMap((checked) => checked.criteria);
    const isProvenance = statement !== undefined && provenanceVersion(statement.predicateType) !== undefined;
    if (provenance === 'ignore' || !isProvenance || signer?.kind !== 'identity') return criteria;
    const compared = await comparedWith(signer.identity);
    return [...(await compared(statement)), ...criteria];
  };
}

/** Compares SLSA provenance with the claims of the certificate. There is no criterion if they have nothing in common. */
async function compare(statement: Statement, claims: VerifiedIdentity['claims']): Promise<readonly Criterion[]> {
  const { criteria, proven } = await check(
    { name: 'provenance', expected: 'the values of the certificate' },
    {},
    () => compareStatement(statement, claims),
    (compared) => `the same ${compared.join(', ')}`,
  );
  return proven?.length === 0 ? [] : criteria;
}

function statementOf(signature: Statement | VerifiedContent['kind']): Statement {
  return typeof signature === 'object'
    ? signature
    : fail('PREDICATE_TYPE_MISMATCH', 'the signature is over the artifact itself, and not a statement');
}
