/** Validates parts of policies at run time, since not every caller has types. */

import { fail } from '../errors/index.ts';
import type { Expectation } from './expectation.ts';

export type Members<T> = Readonly<Record<keyof T, true>>;

const expectationMembers: Members<Expectation> = { kind: true, value: true };

/** Validates an expectation of a text. @throws CountersignError `POLICY_INVALID` */
export function checkExpectation(expectation: Expectation): void {
  demandMembers(expectation, expectationMembers, 'an expectation');
  const { kind, value } = expectation;
  if (!['exact', 'path', 'glob'].includes(kind))
    fail('POLICY_INVALID', `${JSON.stringify(kind)} is not a kind of expectation`);
  if (typeof value !== 'string' || value === '') fail('POLICY_INVALID', 'an expected value is empty');
}

/** Returns the list, if it is one whatever its type says. @throws CountersignError `POLICY_INVALID` */
export function list<T>(items: readonly T[], what: string): readonly T[] {
  return Array.isArray(items) ? items : fail('POLICY_INVALID', `${what} must be a list`);
}

/** Demands an object, whatever its type says. @throws CountersignError `POLICY_INVALID` */
export function demandObject(object: object, what: string): void {
  if (typeof object !== 'object' || object === null) fail('POLICY_INVALID', `${what} is not an object`);
}

/** Demands an object without unknown members. @throws CountersignError `POLICY_INVALID` */
export function demandMembers(object: object, members: Readonly<Record<string, true>>, what: string): void {
  demandObject(object, what);
  for (const name of Object.keys(object)) {
    if (!Object.hasOwn(members, name)) fail('POLICY_INVALID', `${what} has the unknown member ${JSON.stringify(name)}`);
  }
}
