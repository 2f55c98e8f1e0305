import { meets } from '../expectation.ts';
import type { BuildTypeExpectation, PredicateCheck } from './expectations.ts';
import { provenanceCheck } from './provenance-check.ts';

/** Returns the check of a build type. @throws CountersignError `POLICY_INVALID` */
export function buildType(expectation: BuildTypeExpectation): PredicateCheck {
  return provenanceCheck(expectation, 'build type', (provenance) => provenance.buildType, meets);
}
