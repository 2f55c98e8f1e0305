import { meetsAddress } from '../workflow-address.ts';
import type { BuilderIdExpectation, PredicateCheck } from './expectations.ts';
import { provenanceCheck } from './provenance-check.ts';

/** Returns the check of a builder's ID, which is the address of a workflow or another URI. @throws CountersignError `POLICY_INVALID` */
export function builderId(expectation: BuilderIdExpectation): PredicateCheck {
  return provenanceCheck(expectation, 'builder ID', (provenance) => provenance.builderId, meetsAddress);
}
