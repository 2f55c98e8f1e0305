import { describe, expect, test } from '@jest/globals';
import { CountersignError, type ErrorCode, exitCodes, fail, reading } from '../../../src/core/errors/index.ts';
import { expectFailure } from './failure.ts';

describe('codes and exit codes', () => {
  test('each kind has an exit code of its own, and none is that of success or of a defect', () => {
    const codes = Object.values(exitCodes);
    expect(new Set(codes).size).toBe(codes.length);
    expect(Math.min(...codes)).toBeGreaterThan(1);
  });

  test.each<[code: ErrorCode, kind: CountersignError['kind'], exitCode: number]>([
    ['USAGE', 'usage', 2],
    ['POLICY_INVALID', 'usage', 2],
    ['KEY_DISPOSED', 'usage', 2],
    ['SCT_MISSING', 'absent', 3],
    ['LOG_ENTRY_MISSING', 'absent', 3],
    ['TIMESTAMP_MISSING', 'absent', 3],
    ['ARTIFACT_MISMATCH', 'mismatch', 4],
    ['IDENTITY_MISMATCH', 'mismatch', 4],
    ['ISSUER_MISMATCH', 'mismatch', 4],
    ['LOG_ENTRY_MISMATCH', 'mismatch', 4],
    ['TIMESTAMP_MISMATCH', 'mismatch', 4],
    ['CERTIFICATE_SANDBOX', 'mismatch', 4],
    ['SIGNATURE_INVALID', 'invalid', 5],
    ['CERTIFICATE_UNTRUSTED', 'invalid', 5],
    ['LIMIT_EXCEEDED', 'invalid', 5],
    ['NO_SERVICE', 'unavailable', 6],
    ['SERVICE_UNAVAILABLE', 'unavailable', 6],
  ])('%s is %s and exits with %i', (code, kind, exitCode) => {
    const error = new CountersignError(code, 'why');
    expect([error.kind, error.exitCode]).toEqual([kind, exitCode]);
  });

  test('fail throws what it is told, with the remedy and the cause', () => {
    const cause = new Error('inner');
    const error = expectFailure(() => fail('USAGE', 'why', { remedy: 'Do that.', cause }), 'USAGE', /^why$/);
    expect(error).toMatchObject({ name: 'CountersignError', remedy: 'Do that.', cause });
  });

  test('an error without a cause has none, not an undefined one', () => {
    expect('cause' in new CountersignError('USAGE', 'why')).toBe(false);
  });
});

describe('reading', () => {
  test('gives back what was read', () => {
    expect(reading('BUNDLE_INVALID', 'the bundle', () => 7)).toBe(7);
  });

  test.each<ErrorCode>([
    'BASE64_INVALID',
    'HEX_INVALID',
    'PEM_INVALID',
    'DER_INVALID',
    'JSON_INVALID',
    'KEY_INVALID',
    'DIGEST_INVALID',
  ])('%s of a part takes the code of the whole', (inner) => {
    const error = expectFailure(
      () => reading('CERTIFICATE_INVALID', 'the leaf', () => fail(inner, 'a broken length')),
      'CERTIFICATE_INVALID',
      /^the leaf: a broken length$/,
    );
    expect(error.cause).toMatchObject({ code: inner });
  });

  test.each<ErrorCode>(['LIMIT_EXCEEDED', 'KEY_UNSUPPORTED', 'SCT_INVALID', 'CERTIFICATE_UNTRUSTED'])(
    '%s says more than the code of the whole, and stays',
    (inner) => {
      expectFailure(() => reading('BUNDLE_INVALID', 'here', () => fail(inner, 'why')), inner, /^here: why$/);
    },
  );

  test('the places of nested readers stand one in front of the other', () => {
    const nested = () =>
      reading('TRUSTED_ROOT_INVALID', 'a', () => reading('CERTIFICATE_INVALID', 'b', () => fail('DER_INVALID', 'c')));
    expectFailure(nested, 'CERTIFICATE_INVALID', /^a: b: c$/);
  });

  test('keeps the remedy', () => {
    const remedied = () => reading('BUNDLE_INVALID', 'here', () => fail('DER_INVALID', 'why', { remedy: 'Do that.' }));
    expect(expectFailure(remedied, 'BUNDLE_INVALID', /why/).remedy).toBe('Do that.');
  });

  test('what is not a failure of Countersign passes as it is: a defect must not look like a bad input', () => {
    const defect = new TypeError('undefined is not a function');
    const read = () =>
      reading('BUNDLE_INVALID', 'here', () => {
        throw defect;
      });
    expect(read).toThrow(defect);
  });
});
