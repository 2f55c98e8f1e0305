import { fail } from '../../errors/index.ts';
import { type Provenance, readProvenance } from '../../statement/index.ts';
import { checkExpectation, demandMembers, list } from '../demand.ts';
import { describeExpectation, type Expectation } from '../expectation.ts';
import type { PredicateCheck } from './expectations.ts';

/**
 * Returns the check of a text in SLSA provenance.
 *
 * @param what the text, for people
 * @param matches compares an expectation with the text
 * @throws CountersignError `POLICY_INVALID`
 */
export function provenanceCheck(
  expectation: { readonly kind: PredicateCheck['name']; readonly expected: readonly Expectation[] },
  what: string,
  statedIn: (provenance: Provenance) => string | undefined,
  matches: (expectation: Expectation, text: string) => boolean,
): PredicateCheck {
  const { kind, expected } = expectation;
  demandMembers(expectation, { kind: true, expected: true }, `the expectation ${kind}`);
  if (list(expected, `the expected values of ${kind}`).length === 0)
    fail('POLICY_INVALID', `${kind} has no expected values`);
  for (const one of expected) checkExpectation(one);
  const described = expected.map(describeExpectation).join(' or ');
  return {
    name: kind,
    expected: described,
    judge: (statement) => {
      const provenance =
        readProvenance(statement) ??
        fail(
          'PREDICATE_TYPE_MISMATCH',
          `the predicate type is ${JSON.stringify(statement.predicateType)}; a ${what} is only in SLSA provenance v1 and v0.2`,
        );
      const found =
        statedIn(provenance) ??
        fail('PREDICATE_MISMATCH', `the provenance states no ${what}; expected ${JSON.stringify(described)}`);
      if (!expected.some((one) => matches(one, found)))
        fail(
          'PREDICATE_MISMATCH',
          `the ${what} is ${JSON.stringify(found.slice(0, 300))}; expected ${JSON.stringify(described)}`,
        );
      return found;
    },
  };
}
