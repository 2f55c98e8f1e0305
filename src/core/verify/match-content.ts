/** That a statement is of the kind, and about the name, that the policy expects. */

import { fail } from '../errors/index.ts';
import { describeExpectation, type Expectation, meets } from '../policy/index.ts';
import type { VerifiedContent } from './steps/content.ts';

/** @throws CountersignError `PREDICATE_TYPE_MISMATCH` */
export function matchPredicateType(content: VerifiedContent, expected: Expectation): void {
  const found = content.kind === 'dsse-envelope' ? content.statement.predicateType : undefined;
  if (found === undefined || !meets(expected, found)) {
    const is =
      found === undefined
        ? `the signature is over ${content.kind === 'simple-signing' ? 'a document' : 'the artifact itself'}`
        : `the statement is of the type ${JSON.stringify(found)}`;
    fail('PREDICATE_TYPE_MISMATCH', `${is}; ${JSON.stringify(describeExpectation(expected))} was expected`);
  }
}

function nameIn(content: VerifiedContent): string | undefined {
  if (content.kind === 'dsse-envelope') return content.subject.name;
  return content.kind === 'simple-signing' ? content.dockerReference : undefined;
}

/** @throws CountersignError `SUBJECT_NAME_MISMATCH` */
export function matchSubjectName(content: VerifiedContent, expected: Expectation): void {
  const found = nameIn(content);
  if (found === undefined || !meets(expected, found)) {
    const is = found === undefined ? 'the signature names no subject' : `the subject is named ${JSON.stringify(found)}`;
    fail('SUBJECT_NAME_MISMATCH', `${is}; ${JSON.stringify(describeExpectation(expected))} was expected`);
  }
}
