import { describe, expect, test } from '@jest/globals';
import { generateSigningKey, systemSources, verifierKey, witness } from '../../../sandbox/index.ts';
import { readPublicKey } from '../../../src/core/crypto/index.ts';
import { readWitnessKey } from '../../../src/core/log/index.ts';
import {
  checkPolicy,
  defaultThresholds,
  type Expectation,
  type Expected,
  exactIdentity,
  exactly,
  managedKey,
  matching,
  type Policy,
  pathWithin,
  policyFor,
} from '../../../src/core/policy/index.ts';
import { expectFailure } from '../errors/failure.ts';

const identity = 'https://github.com/example/app/.github/workflows/release.yml@refs/heads/main';
const issuer = 'https://token.actions.githubusercontent.com';

describe('exactIdentity', () => {
  test('asks for one of each proof, and refuses the sandbox', () => {
    expect(exactIdentity(identity, issuer)).toEqual({
      signer: {
        kind: 'identity',
        identity: { kind: 'exact', value: identity },
        issuer: { kind: 'exact', value: issuer },
        claims: [],
      },
      content: {},
      thresholds: { signedCertificateTimestamps: 1, logEntries: 1, timestamps: 1 },
      witnesses: { keys: [], threshold: 0 },
      sandbox: 'refuse',
    });
  });

  test('may be told otherwise', () => {
    const thresholds = { ...defaultThresholds, logEntries: 2 };
    expect(exactIdentity(identity, issuer, { thresholds, sandbox: 'accept' })).toMatchObject({
      thresholds,
      sandbox: 'accept',
    });
    expect(exactIdentity(identity, issuer, { sandbox: 'accept' }).thresholds).toEqual(defaultThresholds);
  });

  test('an empty identity or issuer would match what says nothing', () => {
    expectFailure(() => exactIdentity('', issuer), 'POLICY_INVALID', /certificate identity is empty/);
    expectFailure(() => exactIdentity(identity, ''), 'POLICY_INVALID', /issuer is empty/);
  });

  test('a star in it is a star', () => {
    expect(exactIdentity('*', '*').signer).toMatchObject({ identity: { kind: 'exact' }, issuer: { kind: 'exact' } });
  });
});

describe('managedKey', () => {
  const publicKey = readPublicKey(generateSigningKey('P-256').publicKey);

  test('asks for an entry in a log, and for what a certificate would need not', () => {
    expect(managedKey(publicKey)).toEqual({
      signer: { kind: 'key', publicKey },
      content: {},
      thresholds: { signedCertificateTimestamps: 0, logEntries: 1, timestamps: 0 },
      witnesses: { keys: [], threshold: 0 },
      sandbox: 'refuse',
    });
  });

  test('may be told otherwise', () => {
    expect(managedKey(publicKey, { thresholds: defaultThresholds }).thresholds).toEqual(defaultThresholds);
  });
});

describe('checkPolicy', () => {
  const right = exactIdentity(identity, issuer);
  const publicKey = readPublicKey(generateSigningKey('P-256').publicKey);
  const seen = witness('witness.example', generateSigningKey('Ed25519'), systemSources.clock);
  const witnessKey = readWitnessKey(verifierKey(seen));
  const claim = { claim: 'sourceRepositoryUri', expected: [exactly('a')], refused: [matching('b*')] } as const;

  test.each<[string, Policy]>([
    ['an exact identity', right],
    ['a key', managedKey(publicKey)],
    ['anybody, written out', policyFor({ kind: 'identity', identity: 'any', issuer: 'any', claims: [] })],
    [
      'claims, content and witnesses',
      policyFor(
        { kind: 'identity', identity: pathWithin('a/b'), issuer: exactly('c'), claims: [claim] },
        {
          content: { predicateType: exactly('a'), subjectName: matching('b*') },
          witnesses: { keys: [witnessKey], threshold: 1 },
          thresholds: { signedCertificateTimestamps: 0, logEntries: 0, timestamps: 2 },
        },
      ),
    ],
    [
      'a claim that must only not be something',
      policyFor({ ...identityOf(right), claims: [{ claim: 'buildTrigger', expected: [], refused: [exactly('a')] }] }),
    ],
  ])('%s is one', (_, policy) => {
    expect(checkPolicy(policy)).toBeUndefined();
  });

  function identityOf({ signer }: Policy): Extract<Policy['signer'], { kind: 'identity' }> {
    if (signer.kind !== 'identity') throw new Error('the policy is of an identity');
    return signer;
  }

  /** Returns a policy that a caller without types may give. */
  const untyped = (policy: object): Policy => policy as Policy;
  const signer = (changes: object): Policy => untyped({ ...right, signer: { ...right.signer, ...changes } });
  const claims = (...list: readonly object[]): Policy => signer({ claims: list });
  const witnesses = (changed: object): Policy => untyped({ ...right, witnesses: changed });

  test.each<[string, Policy, RegExp]>([
    [
      'a member that nobody reads',
      untyped({ ...right, threshold: 2 }),
      /^the policy has the unknown member "threshold"$/,
    ],
    [
      'a member of the signer',
      signer({ certificateOIDs: {} }),
      /^policy.signer has the unknown member "certificateOIDs"$/,
    ],
    [
      'a member of a key',
      untyped({ ...right, signer: { kind: 'key', publicKey, identity: 'a' } }),
      /^policy.signer has the unknown member "identity"$/,
    ],
    [
      'a member of the content',
      untyped({ ...right, content: { type: exactly('a') } }),
      /^policy.content has the unknown member "type"$/,
    ],
    [
      'a member of the thresholds',
      untyped({ ...right, thresholds: { ...defaultThresholds, scts: 1 } }),
      /^policy.thresholds has the unknown member "scts"$/,
    ],
    [
      'a member of a claim',
      claims({ ...claim, value: 'a' }),
      /^an entry of policy.signer.claims has the unknown member "value"$/,
    ],
    [
      'a claim that no certificate has',
      claims({ ...claim, claim: 'repository' }),
      /^"repository" is not a certificate claim$/,
    ],
    ['a claim that every object has', claims({ ...claim, claim: 'constructor' }), /is not a certificate claim$/],
    [
      'a claim of which nothing is expected',
      claims({ claim: 'buildTrigger', expected: [] }),
      /^the claim buildTrigger has neither expected nor refused values$/,
    ],
    [
      'an expectation of no known kind',
      signer({ identity: { kind: 'regex', value: '.*' } }),
      /^"regex" is not a kind of expectation$/,
    ],
    [
      'an empty expectation of the identity',
      signer({ identity: { kind: 'exact', value: '' } }),
      /^an expected value is empty$/,
    ],
    [
      'an empty expectation of the issuer',
      signer({ issuer: { kind: 'path', value: '' } }),
      /^an expected value is empty$/,
    ],
    [
      'an empty expectation of a claim',
      claims({ claim: 'buildTrigger', expected: [{ kind: 'exact', value: '' }] }),
      /^an expected value is empty$/,
    ],
    [
      'an empty refusal of a claim',
      claims({ ...claim, refused: [{ kind: 'glob', value: '' }] }),
      /^an expected value is empty$/,
    ],
    [
      'a refusal of no known kind',
      claims({ ...claim, refused: [{ kind: 'x', value: 'a' }] }),
      /^"x" is not a kind of expectation$/,
    ],
    [
      'an expectation that is no text',
      signer({ identity: { kind: 'exact', value: /.*/ } }),
      /^an expected value is empty$/,
    ],
    [
      'an empty expectation of the content',
      untyped({ ...right, content: { predicateType: { kind: 'exact', value: '' } } }),
      /^an expected value is empty$/,
    ],
    [
      'timestamps alone, neither accepted nor refused',
      untyped({ ...right, timestampOnly: true }),
      /^policy\.timestampOnly/,
    ],
    ['a sandbox of neither kind', untyped({ ...right, sandbox: 'yes' }), /^policy\.sandbox is neither/],
    ['no word of the sandbox', untyped({ ...right, sandbox: undefined }), /^policy\.sandbox is neither/],
    [
      'more witnesses than are known',
      { ...right, witnesses: { keys: [witnessKey], threshold: 2 } },
      /^the policy requires 2 witnesses but has keys for only 1$/,
    ],
    [
      'one witness twice',
      { ...right, witnesses: { keys: [witnessKey, witnessKey], threshold: 2 } },
      /^the policy requires 2 witnesses but has keys for only 1$/,
    ],
    [
      'a member of the witnesses',
      witnesses({ keys: [], threshold: 0, quorum: 1 }),
      /^policy.witnesses has the unknown member "quorum"$/,
    ],
    [
      'a witness that is text',
      witnesses({ keys: ['witness.example'], threshold: 0 }),
      /^an entry of policy.witnesses.keys is not an object$/,
    ],
    [
      'a witness that is nobody',
      witnesses({ keys: [null], threshold: 0 }),
      /^an entry of policy.witnesses.keys is not an object$/,
    ],
    [
      'a witness of ML-DSA-44 without its key',
      witnesses({ keys: [{ type: 'ml-dsa-44', name: 'w' }], threshold: 0 }),
      /^the raw of an entry of policy.witnesses.keys is not an object$/,
    ],
    [
      'witnesses in an object',
      witnesses({ keys: { 0: witnessKey }, threshold: 0 }),
      /^policy.witnesses.keys must be a list$/,
    ],
    ['claims in an object', signer({ claims: { 0: claim } }), /^policy.signer.claims must be a list$/],
    [
      'one expectation in place of a list',
      claims({ claim: 'buildTrigger', expected: exactly('push') }),
      /^the expected values of the claim buildTrigger must be a list$/,
    ],
    [
      'one refusal in place of a list',
      claims({ ...claim, refused: exactly('push') }),
      /^the refused values of the claim sourceRepositoryUri must be a list$/,
    ],
  ])('%s is not one', (_, policy, reason) => {
    expectFailure(() => checkPolicy(policy), 'POLICY_INVALID', reason);
  });

  describe('an expectation that everybody meets', () => {
    const of = (claim: Expected, ...expected: readonly Expectation[]): Policy =>
      claim === 'identity'
        ? signer({ identity: expected[0] })
        : claim === 'issuer'
          ? signer({ issuer: expected[0] })
          : signer({ claims: [{ claim, expected }] });

    test.each<[Expected, readonly string[]]>([
      [
        'identity',
        [
          '**',
          '*',
          '*/**',
          'https://**',
          'http*',
          'h**',
          '*://**',
          'https://*/**',
          'https://github.com/**',
          '*@*',
          '**@**',
        ],
      ],
      [
        'identity',
        ['https://github.com/*/app/**', 'https://github.com/ac*/app', 'https://*.example/a/b', '*@*.example'],
      ],
      ['identity', ['*!*', '**/release.yml@refs/heads/main', '*github.com/acme/**', 'https://github.com/acme*', '*@']],
      ['issuer', ['**', 'https://**', 'http*://**', 'https://*', 'https://*/*', 'h**']],
      [
        'sourceRepositoryUri',
        [
          '**',
          'https://**',
          'https://*/**',
          'https://*/*/*',
          'https://github.com/**',
          'https://github.com/*/app',
          'h*',
        ],
      ],
      [
        'sourceRepositoryUri',
        ['https://github.com/acme*', 'https://github.com/acme*/app', 'http**', '*://github.com/a/b'],
      ],
      ['sourceRepositoryUri', ['**/acme/app', 'https:/*/**', 'https://*.github.com/acme/app', 'git+https://**']],
      ['sourceRepositoryOwnerUri', ['https://github.com/*', 'https://**', 'https://github.com/acme*', '*/acme']],
      ['sourceRepositoryIdentifier', ['*', '**', '1*', '*7', '1*7']],
      ['sourceRepositoryOwnerIdentifier', ['*', '1*']],
      ['sourceRepositoryRef', ['**', 'refs/**', 'refs/*/**', 'r**', '*/**', 'refs*/**', '**/**']],
      ['sourceRepositoryDigest', ['*', '**', '*/*']],
      ['buildSignerUri', ['**', 'https://**', 'https://github.com/**', 'https://gitlab.example/**', 'https://**@**']],
      ['buildConfigUri', ['https://*/**', '**.y*ml@refs/**', 'h**']],
      ['runInvocationUri', ['https://**', 'https://github.com/**']],
      ['buildTrigger', ['*', '**', '**/**']],
      ['runnerEnvironment', ['*-hosted', '*', '*h*']],
      ['sourceRepositoryVisibility', ['*', '*i*']],
      ['deploymentEnvironment', ['**']],
      ['tokenSubject', ['**', 'repo:**', 'repo:*/*:**', '*:**']],
    ])('of the %s: %j', (claim, patterns) => {
      for (const pattern of patterns) {
        const { message } = expectFailure(
          () => checkPolicy(of(claim, matching(pattern))),
          'POLICY_INVALID',
          /is too broad: it does not fix an owner$/,
        );
        expect([pattern, message]).toEqual([pattern, expect.stringContaining(pattern)]);
        // Beside one that binds, any will do all the same.
        if (claim !== 'identity' && claim !== 'issuer')
          expectFailure(
            () => checkPolicy(of(claim, exactly('a'), matching(pattern))),
            'POLICY_INVALID',
            /is too broad: it does not fix an owner$/,
          );
      }
    });

    test.each<[Expected, readonly string[]]>([
      [
        'identity',
        [
          'https://github.com/acme/**',
          'https://github.com/acme/app/.github/workflows/*@refs/tags/v*',
          '*@acme.example',
          '*!acme.example',
        ],
      ],
      ['issuer', ['https://token.actions.githubusercontent.com/*', 'https://*.acme.example']],
      ['sourceRepositoryUri', ['https://github.com/acme/*', 'https://gitlab.example/acme/**', 'v*']],
      ['sourceRepositoryOwnerUri', ['https://gitlab.example/acme/*']],
      ['sourceRepositoryIdentifier', ['v*']],
      ['deploymentEnvironment', ['1*']],
      ['sourceRepositoryRef', ['refs/heads/**', 'refs/tags/v*', 'refs/*/main', '**/release']],
      ['buildSignerUri', ['https://github.com/acme/**', '**/release.yml@refs/heads/main', '**@refs/tags/v*']],
      ['runInvocationUri', ['https://github.com/acme/app/**', '**/attempts/1']],
      ['buildTrigger', ['pull_*', 'p*']],
      ['runnerEnvironment', ['github-*']],
      ['tokenSubject', ['repo:acme/**', 'repo:*/*:environment:production']],
    ])('is not one of the %s like %j', (claim, patterns) => {
      for (const pattern of patterns) expect(checkPolicy(of(claim, matching(pattern)))).toBeUndefined();
    });

    test('is one of several that are met by everybody together', () => {
      const refs = ['refs/heads/**', 'refs/tags/**', 'refs/pull/**'].map(matching);
      const reason = /is too broad/;
      expectFailure(() => checkPolicy(of('sourceRepositoryRef', ...refs)), 'POLICY_INVALID', reason);
      expect(checkPolicy(of('sourceRepositoryRef', ...refs.slice(1)))).toBeUndefined();
      const hosted = [matching('github-*'), matching('self-*')];
      expectFailure(() => checkPolicy(of('runnerEnvironment', ...hosted)), 'POLICY_INVALID', reason);
      // Written out, one by one, they are what somebody meant.
      expect(checkPolicy(of('runnerEnvironment', exactly('github-hosted'), exactly('self-hosted')))).toBeUndefined();
    });

    test('is a host alone', () => {
      for (const value of ['https://github.com', 'https:', 'HTTPS://github.com'])
        for (const claim of ['identity', 'sourceRepositoryUri', 'sourceRepositoryOwnerUri', 'buildSignerUri'] as const)
          expectFailure(() => checkPolicy(of(claim, { kind: 'path', value })), 'POLICY_INVALID', /is too broad/);
      expect(checkPolicy(of('issuer', pathWithin('https://issuer.example.test')))).toBeUndefined();
      expect(checkPolicy(of('identity', pathWithin('https://gitlab.com/acme')))).toBeUndefined();
    });

    test('is refused all the same as what a claim must not be', () => {
      const refused = [matching('https://**')];
      expect(checkPolicy(claims({ claim: 'sourceRepositoryUri', expected: [], refused }))).toBeUndefined();
    });
  });

  test.each(['signedCertificateTimestamps', 'logEntries', 'timestamps'] as const)(
    'a threshold %s is a whole number',
    (name) => {
      for (const value of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, '1', null, undefined]) {
        const policy = untyped({ ...right, thresholds: { ...defaultThresholds, [name]: value } });
        expectFailure(
          () => checkPolicy(policy),
          'POLICY_INVALID',
          new RegExp(`^policy.thresholds.${name} is not a non-negative integer$`),
        );
      }
    },
  );

  test('that of witnesses too', () => {
    for (const threshold of [-1, 0.5, Number.NaN]) {
      const policy = { ...right, witnesses: { keys: [witnessKey], threshold } };
      expectFailure(
        () => checkPolicy(policy),
        'POLICY_INVALID',
        /^policy.witnesses.threshold is not a non-negative integer$/,
      );
    }
  });
});
