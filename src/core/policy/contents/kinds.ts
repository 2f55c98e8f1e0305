import { fail } from '../../errors/index.ts';
import { buildType } from './build-type.ts';
import { builderId } from './builder-id.ts';
import type { PredicateCheck, PredicateExpectation } from './expectations.ts';
import { verificationSummary } from './verification-summary.ts';

/**
 * Validates an expectation, and returns its check.
 *
 * @throws CountersignError `POLICY_INVALID`, also for an unknown kind, which nothing would enforce
 */
export function predicateCheck(expectation: PredicateExpectation): PredicateCheck {
  switch (expectation.kind) {
    case 'builder-id':
      return builderId(expectation);
    case 'build-type':
      return buildType(expectation);
    case 'verification-summary':
      return verificationSummary(expectation);
    default:
      return unknownKind(expectation);
  }
}

/** Refuses what the types rule out, since not every caller has types. */
function unknownKind(expectation: never): never {
  const { kind }: { readonly kind?: unknown } = expectation;
  return fail('POLICY_INVALID', `${JSON.stringify(kind)} is not a kind of expectation of a predicate`);
}
