/** The types of attestations that a policy can require, against those that signing writes. */

import { expect, test } from '@jest/globals';
import { meets } from '../../../src/core/policy/index.ts';
import { requiredAttestation } from '../../../src/run/policy/attestation-types.ts';
import { predicateTypes } from '../../../src/sign/predicates/index.ts';

const words = predicateTypes.flatMap((type) => Object.entries(type.words).map(([word, uri]) => ({ word, uri, type })));

test.each(words)('$word is met by what signing writes for it, and by no other type', ({ word, uri, type }) => {
  const { expected } = requiredAttestation(word);
  const isMet = (predicateType: string): boolean => expected.some((one) => meets(one, predicateType));
  expect(isMet(uri)).toBe(true);
  // `vuln` requires any scan: cosign's type, or in-toto's.
  const others = predicateTypes.filter(({ name }) => name !== type.name && !(word === 'vuln' && name === 'vulns'));
  expect(others.flatMap(({ uris }) => uris).filter(isMet)).toEqual([]);
});
