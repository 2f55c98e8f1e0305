import { describe, expect, test } from '@jest/globals';
import { CountersignError, isCountersignError } from '../../../src/core/errors/index.ts';
import { exactly, matching, pathWithin, repository } from '../../../src/core/policy/index.ts';

describe('repository', () => {
  test('accepts the workflows of the repository alone, run for it', () => {
    expect(repository('octo/app').signer).toEqual({
      kind: 'identity',
      identity: pathWithin('https://github.com/octo/app'),
      issuer: exactly('https://token.actions.githubusercontent.com'),
      claims: [{ claim: 'sourceRepositoryUri', expected: [exactly('https://github.com/octo/app')] }],
    });
  });

  test('limits the refs, and takes the options of all policies', () => {
    const { signer, maxAge } = repository('octo/app', { refs: ['refs/tags/v*', 'refs/heads/main'], maxAge: 1000 });
    expect([signer, maxAge]).toMatchObject([
      {
        claims: [
          {},
          { claim: 'sourceRepositoryRef', expected: [matching('refs/tags/v*'), matching('refs/heads/main')] },
        ],
      },
      1000,
    ]);
  });

  test.each(['octo', 'octo/', 'octo/app/x', 'octo/*', '*/app', 'https://github.com/octo/app', 'octo/app@v1', ''])(
    'refuses %j',
    (name) => {
      expect(() => repository(name)).toThrow(expect.objectContaining({ code: 'POLICY_INVALID' }));
    },
  );
});

describe('isCountersignError', () => {
  test('recognises the errors of another copy, and no others', () => {
    // As another bundle of the same sources has it.
    class CopiedError extends Error {
      override readonly name = 'CountersignError';
      readonly code: unknown;
      constructor(code: unknown) {
        super('text');
        this.code = code;
      }
    }
    expect(isCountersignError(new CountersignError('USAGE', 'text'))).toBe(true);
    expect(isCountersignError(new CopiedError('USAGE'))).toBe(true);
    for (const other of [new CopiedError('toString'), new CopiedError(1), new Error('text'), { code: 'USAGE' }, null])
      expect(isCountersignError(other)).toBe(false);
  });
});
