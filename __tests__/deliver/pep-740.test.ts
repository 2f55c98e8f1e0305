import { describe, expect, test } from '@jest/globals';
import { parseJsonObject } from '../../src/core/encoding/index.ts';
import type { Bundle } from '../../src/core/verify/index.ts';
import { pep740Attestation } from '../../src/deliver/index.ts';
import { readPep740 } from '../../src/fetch/index.ts';
import { bodiesV1, Instance, submittedPem, withEntries } from '../kit/instance.ts';

const instance = new Instance();
const attestation = instance.attest();

const attested = (): Bundle =>
  withEntries(attestation, instance.loggedV1('dsse', bodiesV1.dsse(attestation, submittedPem(attestation))));

describe('an attestation of PEP 740', () => {
  test('is read back as the bundle that it was, without timestamps', () => {
    const bundle = attested();
    const object = parseJsonObject(pep740Attestation(bundle)) ?? {};
    expect(Object.keys(object)).toEqual(['version', 'verification_material', 'envelope']);
    const read = readPep740(object, '')?.[0]?.read();
    expect(read).toEqual({ ...bundle, timestamps: [] });
  });

  test.each<[what: string, bundle: () => Bundle, problem: string]>([
    ['a message signature', () => instance.sign(), 'contains no statement'],
    ['an entry of Rekor v2', () => attestation, 'no log entry of Rekor v1'],
    ['no entry', () => withEntries(attestation), 'exactly one log entry'],
    ['two entries', () => withEntries(attestation, ...attested().logEntries, ...attested().logEntries), 'exactly one'],
    ['a long-lived key', () => ({ ...attested(), signer: { kind: 'public-key', hint: 'x' } }), 'no certificate'],
  ])('is not written for a bundle with %s', (_, bundle, problem) => {
    expect(() => pep740Attestation(bundle())).toThrow(
      expect.objectContaining({ code: 'BUNDLE_UNSUPPORTED', message: expect.stringContaining(problem) }),
    );
  });
});
