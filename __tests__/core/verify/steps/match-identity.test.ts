import { describe, expect, test } from '@jest/globals';
import { fulcioExtension, type GeneralName } from '../../../../sandbox/index.ts';
import { claimName, readCertificate } from '../../../../src/core/certificate/index.ts';
import { der } from '../../../../src/core/encoding/index.ts';
import {
  type ClaimExpectation,
  CountersignError,
  exactly,
  type FulcioClaim,
  fulcioExtensionArcs,
  type IdentityPolicy,
  matchIdentity,
  matching,
  pathWithin,
} from '../../../../src/core/verify/index.ts';
import { describeClaim } from '../../../../src/core/verify/steps/identity.ts';
import { makeAuthorities, makeLeaf } from '../../certificate/made.ts';
import { expectFailure } from '../../errors/failure.ts';

const { intermediate } = makeAuthorities();
const identity = 'https://github.com/acme/app/.github/workflows/release.yml@refs/heads/main';
const issuer = 'https://issuer.example.test';
const uri = (value: string): GeneralName => ({ kind: 'uniformResourceIdentifier', value });

const names = Object.keys(fulcioExtensionArcs) as FulcioClaim[];
const others = names.filter((name) => name !== 'issuer');
/** A certificate that says each claim, by its own name. */
const claims = (without?: FulcioClaim) =>
  names
    .filter((name) => name !== without)
    .map((name) => fulcioExtension(fulcioExtensionArcs[name], name === 'issuer' ? issuer : `the ${name}`));

function certificate(name: GeneralName = uri(identity), extensions = claims()) {
  const subjectAlternativeNames = { critical: true, names: [name] };
  return readCertificate(makeLeaf(intermediate, { subjectAlternativeNames, additionalExtensions: extensions }));
}

const right: IdentityPolicy = { kind: 'identity', identity: exactly(identity), issuer: exactly(issuer), claims: [] };
const match = (changes: Partial<IdentityPolicy>, of = certificate()) => matchIdentity(of, { ...right, ...changes });
const claim = (expectation: ClaimExpectation, of = certificate()) => match({ claims: [expectation] }, of);

describe('the identity', () => {
  test('is its name, who issued it, and every claim', () => {
    const found = match({});
    expect(found).toMatchObject({ subjectAlternativeName: identity, issuer });
    expect(found.claims).toEqual({
      ...Object.fromEntries(others.map((name) => [name, `the ${name}`])),
      issuer,
    });
  });

  test('may be a path or a pattern, and anybody where that was written out', () => {
    for (const expected of [
      pathWithin('https://github.com/acme'),
      matching('https://github.com/acme/*/.github/workflows/*@refs/heads/main'),
      'any',
    ] as const)
      expect(match({ identity: expected }).subjectAlternativeName).toBe(identity);
    for (const expected of [
      pathWithin('https://issuer.example.test'),
      matching('https://*.example.test'),
      'any',
    ] as const)
      expect(match({ issuer: expected }).issuer).toBe(issuer);
  });

  test('is refused for another owner whose name only begins as the expected one does', () => {
    const evil = certificate(uri('https://github.com/acme-evil/app/.github/workflows/release.yml@refs/heads/main'));
    for (const expected of [pathWithin('https://github.com/acme'), matching('https://github.com/acme/**')])
      expectFailure(
        () => match({ identity: expected }, evil),
        'IDENTITY_MISMATCH',
        /signed by .*acme-evil.*; expected /,
      );
  });

  test('is looked at only after the issuer, without which a name says nothing', () => {
    const wrong = { identity: exactly('a'), issuer: exactly('b') };
    expectFailure(
      () => match(wrong),
      'ISSUER_MISMATCH',
      /OIDC issuer is "https:\/\/issuer\.example\.test"; expected "b"/,
    );
  });

  test('that is anybody’s must still be one, and of somebody', () => {
    const any = { identity: 'any', issuer: 'any' } as const;
    const named = readCertificate(
      makeLeaf(intermediate, { subjectAlternativeNames: undefined, additionalExtensions: claims() }),
    );
    expectFailure(() => match(any, named), 'CERTIFICATE_INVALID', /exactly one identity/);
    expectFailure(
      () => match(any, certificate(uri(identity), claims('issuer'))),
      'CERTIFICATE_INVALID',
      /has no OIDC issuer/,
    );
  });

  test.each<[string, GeneralName, string]>([
    ['an email address', { kind: 'rfc822Name', value: 'a@example.test' }, 'a@example.test'],
    [
      'a name of a user',
      { kind: 'otherName', typeId: '1.3.6.1.4.1.57264.1.7', value: new Uint8Array([0x0c, 3, 0x61, 0x21, 0x62]) },
      'a!b',
    ],
  ])('may be %s', (_, name, value) => {
    expect(match({ identity: exactly(value) }, certificate(name)).subjectAlternativeName).toBe(value);
  });

  test.each<[string, GeneralName]>([
    ['a host', { kind: 'dNSName', value: 'github.com' }],
    ['a directory name', { kind: 'directoryName', value: { commonName: 'a' } }],
    [
      'another name of a kind that is not known',
      { kind: 'otherName', typeId: '1.2.3', value: new Uint8Array([0x0c, 1, 0x61]) },
    ],
  ])('is not %s', (_, name) => {
    expectFailure(() => match({ identity: 'any' }, certificate(name)), 'CERTIFICATE_INVALID', /exactly one identity/);
  });
});

describe('the kind of the name', () => {
  const username = (value: string): GeneralName => ({
    kind: 'otherName',
    typeId: '1.3.6.1.4.1.57264.1.7',
    value: der.utf8String(value),
  });
  const email = (value: string): GeneralName => ({ kind: 'rfc822Name', value });
  const spoken = (value: string): readonly (readonly [string, GeneralName])[] => [
    ['a URI', uri(value)],
    ['an email address', email(value)],
    ['a user name', username(value)],
  ];

  test.each<[string, string]>([
    [identity, 'a URI'],
    ['https://github.com/acme', 'a URI'],
    ['spiffe://example.test/ns/a', 'a URI'],
    ['urn:example:a', 'a URI'],
    ['urn:example:a@b', 'a URI'],
    ['https://example.test/a!b', 'a URI'],
    ['a.person@example.test', 'an email address'],
    ['a!b@example.test', 'an email address'],
    ['a/b@example.test', 'an email address'],
    ['a!example.test', 'a user name'],
    ['system:a!example.test', 'a user name'],
  ])('of %s is %s, and no other', (value, meant) => {
    for (const [kind, name] of spoken(value)) {
      const matched = () => match({ identity: exactly(value) }, certificate(name));
      if (kind === meant) expect(matched().subjectAlternativeName).toBe(value);
      else expectFailure(matched, 'IDENTITY_MISMATCH', new RegExp(`is ${kind} in the certificate; expected ${meant}$`));
    }
  });

  test.each<[IdentityPolicy['identity'], string, string]>([
    [matching('https://github.com/acme/**'), identity, 'a URI'],
    [matching('https://github.com/acme/*/.github/workflows/release.yml@**'), identity, 'a URI'],
    [matching('*://github.com/acme/**'), identity, 'a URI'],
    [pathWithin('https://github.com/acme'), identity, 'a URI'],
    [matching('*@example.test'), 'a.person@example.test', 'an email address'],
    [matching('*!example.test'), 'a!example.test', 'a user name'],
  ])('that %j means', (expected, value, meant) => {
    for (const [kind, name] of spoken(value)) {
      const matched = () => match({ identity: expected }, certificate(name));
      if (kind === meant) expect(matched().subjectAlternativeName).toBe(value);
      else expectFailure(matched, 'IDENTITY_MISMATCH', new RegExp(`; expected ${meant}$`));
    }
  });

  test('is crossed by no pattern, whatever the name', () => {
    for (const [pattern, name] of [
      ['*@example.test', uri('https:a@example.test')],
      ['*@example.test', username('a@example.test')],
      ['https://github.com/acme/**', email('https://github.com/acme/app@evil.test')],
      ['https://github.com/acme/**', username('https://github.com/acme/app!evil.test')],
      ['*!example.test', email('a!example.test')],
    ] as const)
      expectFailure(
        () => match({ identity: matching(pattern) }, certificate(name)),
        'IDENTITY_MISMATCH',
        /; expected .*$/,
      );
  });

  test('of a text that is a name of no kind is none', () => {
    for (const [, name] of spoken('acme'))
      expectFailure(
        () => match({ identity: exactly('acme') }, certificate(name)),
        'IDENTITY_MISMATCH',
        /; expected a name of an unknown kind$/,
      );
    expectFailure(
      () => match({ identity: matching('acm*') }, certificate(uri('acme'))),
      'IDENTITY_MISMATCH',
      /of an unknown kind/,
    );
  });

  test('is of no matter to a policy that accepts anybody', () => {
    for (const [, name] of spoken('acme'))
      expect(match({ identity: 'any' }, certificate(name)).subjectAlternativeName).toBe('acme');
  });
});

describe('the address of a workflow', () => {
  const at = (rest: string) => `https://github.com/acme/app/.github/workflows/${rest}`;
  const commit = '0123456789abcdef0123456789abcdef01234567';
  const claimed = (value: string) =>
    certificate(uri(value), [
      ...claims('buildSignerUri').filter(({ oid }) => !oid.endsWith('.18')),
      fulcioExtension(fulcioExtensionArcs.buildSignerUri, value),
      fulcioExtension(fulcioExtensionArcs.buildConfigUri, value),
    ]);
  /** Reports whether a pattern matches a name, and the claims of a workflow, which are matched alike. */
  function isMet(pattern: string, value: string): boolean {
    const expected = matching(pattern);
    const outcomes = [
      () => match({ identity: expected }, claimed(value)),
      () => match({ identity: 'any', claims: [{ claim: 'buildSignerUri', expected: [expected] }] }, claimed(value)),
      () => match({ identity: 'any', claims: [{ claim: 'buildConfigUri', expected: [expected] }] }, claimed(value)),
    ].map((attempt) => {
      try {
        attempt();
        return true;
      } catch (error) {
        if (!(error instanceof CountersignError)) throw error;
        return false;
      }
    });
    expect(new Set(outcomes).size).toBe(1);
    return outcomes[0] === true;
  }

  test.each([
    ['release.yml@**', 'release.yml@refs/heads/main'],
    ['release.yml@**', 'release.yml@refs/heads/a@b'],
    ['release.yml@**', `release.yml@${commit}`],
    ['release.yml@**', `release.yml@${commit}${commit.slice(0, 24)}`],
    ['release.yml@*', `release.yml@${commit}`],
    ['release.yml@refs/tags/v*', 'release.yml@refs/tags/v1.2.3'],
    ['release.yml@refs/heads/**', 'release.yml@refs/heads/a@refs/heads/b'],
    ['*@refs/heads/main', 'release.yml@refs/heads/main'],
    ['**@refs/heads/*', 'release.yml@refs/heads/main'],
    ['release.y*@refs/heads/main', 'release.yaml@refs/heads/main'],
    ['**', 'release.yml@evil.yml@refs/heads/main'],
  ])('%s is met by %s', (pattern, value) => {
    expect(isMet(at(pattern), at(value))).toBe(true);
  });

  test.each([
    ['release.yml@**', 'evil.yml@refs/heads/main'],
    ['release.yml@**', 'evil-release.yml@refs/heads/main'],
    ['release.yml@**', 'release.yml@evil.yml@refs/heads/main'],
    ['release.yml@**', 'release.yml@@refs/heads/main'],
    ['release.yml@**', `release.yml@evil.yml@${commit}`],
    ['release.yml@**', 'release.yml@evil.yml'],
    ['release.yml@**', 'release.yml@'],
    ['release.yml@**', 'release.yml'],
    ['release.yml@**', `release.yml@${commit.slice(1)}`],
    ['release.yml@**', `release.yml@${commit.toUpperCase()}`],
    ['release.yml@**', `release.yml@${commit}@refs/heads/main`],
    ['release.yml@*refs/heads/main', 'release.yml@evil.yml@refs/heads/main'],
    ['release.yml@*@refs/heads/main', 'release.yml@evil.yml@refs/heads/main'],
    ['release.yml@**/main', 'release.yml@evil.yml@refs/heads/main'],
    ['*@refs/heads/main', 'release.yml@evil.yml@refs/heads/main'],
    ['*.yml@refs/heads/main', 'release.yml@evil.yml@refs/heads/main'],
    ['**@refs/heads/main', 'release.yml@evil.yml@refs/heads/main'],
    ['**@refs/heads/main', 'release.yml@refs/heads/evil@refs/heads/main'],
    ['release.yml@refs/heads/**', 'release.yml@evil.yml@refs/heads/main'],
    ['release*@refs/heads/main', 'release.yml@x@refs/heads/main'],
  ])('%s is not met by %s', (pattern, value) => {
    expect(isMet(at(pattern), at(value))).toBe(false);
  });

  test('is compared whole where no pattern is expected', () => {
    const evil = at('release.yml@evil.yml@refs/heads/main');
    expect(match({ identity: exactly(evil) }, claimed(evil)).subjectAlternativeName).toBe(evil);
    for (const expected of [exactly(at('release.yml')), exactly(at('release.yml@refs/heads/main'))])
      expectFailure(() => match({ identity: expected }, claimed(evil)), 'IDENTITY_MISMATCH', /; expected .*$/);
    const within = pathWithin(at('release.yml@refs/heads'));
    expectFailure(() => match({ identity: within }, claimed(evil)), 'IDENTITY_MISMATCH', /; expected .*$/);
  });

  test('that is refused by a pattern is refused however it is read', () => {
    const evil = claimed(at('release.yml@evil.yml@refs/heads/main'));
    for (const pattern of ['**/release.yml@**', '**evil.yml@refs/**', '**@refs/heads/main'])
      expectFailure(
        () =>
          match(
            { identity: 'any', claims: [{ claim: 'buildSignerUri', expected: [], refused: [matching(pattern)] }] },
            evil,
          ),
        'CLAIM_MISMATCH',
        /which the policy refuses$/,
      );
  });

  test.each([
    ['my release.yml@refs/heads/main', 'my%20release.yml@refs/heads/main'],
    ['my%20release.yml@refs/heads/main', 'my%20release.yml@refs/heads/main'],
    ['my release.yml@**', 'my%20release.yml@refs/heads/main'],
    ['my%20release.yml@**', 'my%20release.yml@refs/heads/main'],
    ['my *.yml@refs/heads/*', 'my%20release.yml@refs/heads/main'],
    ['größer.yml@refs/heads/füx', 'gr%C3%B6%C3%9Fer.yml@refs/heads/f%C3%BCx'],
    ['release.yml@refs/heads/f*', 'release.yml@refs/heads/f%C3%BCx'],
    ['release.yml@refs/tags/*-🚀', 'release.yml@refs/tags/v1-%F0%9F%9A%80'],
    ['größer(1).yml@**', 'gr%C3%B6%C3%9Fer%281%29.yml@refs/heads/x'],
    ['<>|{}"`.yml@refs/heads/x', '%3C%3E%7C%7B%7D%22%60.yml@refs/heads/x'],
    ['release.yml@refs/heads/issue-#12 b', 'release.yml@refs/heads/issue-#12%20b'],
  ])('%s, plain or encoded, is met by %s', (pattern, value) => {
    expect(isMet(at(pattern), at(value))).toBe(true);
  });

  test.each([
    ['my release.yml@**', 'my%2520release.yml@refs/heads/main'],
    ['my%20release.yml@**', 'my%2520release.yml@refs/heads/main'],
    ['my%2520release.yml@**', 'my%20release.yml@refs/heads/main'],
    ['my%20release.yml@**', 'my release.yml@refs/heads/main'],
    ['a/b.yml@refs/heads/main', 'a%2Fb.yml@refs/heads/main'],
    ['a/b c.yml@refs/heads/main', 'a%2Fb%20c.yml@refs/heads/main'],
    ['a%2Fb.yml@**', 'a/b.yml@refs/heads/main'],
    ['a%2fb.yml@**', 'a%2Fb.yml@refs/heads/main'],
    ['A.yml@**', '%41.yml@refs/heads/main'],
    ['größer.yml@**', 'gr%c3%b6%c3%9fer.yml@refs/heads/main'],
    ['release.yml@**', 'release.yml%40refs%2Fheads%2Fmain'],
    ['release.yml@**', 'release.yml%20@refs/heads/main'],
    ['release.yml@refs/heads/*', 'release.yml@refs/heads/%C3%BC/x'],
    ['my *.yml@**', 'my%20release.yml%40evil.yml@refs/heads/main'],
    ['a b.yml@**', 'a%20b.yml@evil.yml@refs/heads/%C3%BC'],
    ['a#b c.yml@**', 'a%23b%20c.yml@refs/heads/main'],
  ])('%s is not met by %s, however it is encoded', (pattern, value) => {
    expect(isMet(at(pattern), at(value))).toBe(false);
  });

  test('that is refused is refused in any form', () => {
    const [plain, encoded] = [at('my release.yml@refs/heads/x'), at('my%20release.yml@refs/heads/x')];
    for (const shown of [plain, encoded])
      for (const value of [exactly(plain), exactly(encoded), pathWithin(plain), matching(`${encoded.slice(0, -1)}*`)])
        expectFailure(
          () =>
            match(
              { identity: 'any', claims: [{ claim: 'buildConfigUri', expected: [], refused: [value] }] },
              certificate(uri(identity), [
                fulcioExtension(fulcioExtensionArcs.issuer, issuer),
                fulcioExtension(fulcioExtensionArcs.buildConfigUri, shown),
              ]),
            ),
          'CLAIM_MISMATCH',
          /which the policy refuses$/,
        );
  });

  test('is not what other claims are', () => {
    const said = certificate(uri(identity), [...claims('tokenSubject'), fulcioExtension(24, 'a@b@c')]);
    expect(claim({ claim: 'tokenSubject', expected: [matching('a@*')] }, said)).toMatchObject({
      subjectAlternativeName: identity,
      issuer,
    });
  });
});

describe('claims', () => {
  test.each(others)('%s is compared', (name) => {
    expect(claim({ claim: name, expected: [exactly(`the ${name}`)] })).toMatchObject({
      subjectAlternativeName: identity,
      issuer,
    });
    expectFailure(
      () => claim({ claim: name, expected: [exactly('another')] }),
      'CLAIM_MISMATCH',
      new RegExp(`^the certificate claim ${claimName(name)} is "the ${name}"; expected "another"$`),
    );
  });

  test.each(others)('%s that is not there is not what was expected, nor what was not refused', (name) => {
    const silent = certificate(uri(identity), claims(name));
    const reason = new RegExp(`^the certificate has no claim ${claimName(name)}; expected `);
    expectFailure(() => claim({ claim: name, expected: [matching('**')] }, silent), 'CLAIM_MISMATCH', reason);
    expectFailure(
      () => claim({ claim: name, expected: [], refused: [exactly('a')] }, silent),
      'CLAIM_MISMATCH',
      reason,
    );
  });

  test('the issuer is one too', () => {
    expect(claim({ claim: 'issuer', expected: [exactly(issuer)] })).toMatchObject({
      subjectAlternativeName: identity,
      issuer,
    });
    expectFailure(
      () => claim({ claim: 'issuer', expected: [exactly('a')] }),
      'CLAIM_MISMATCH',
      /certificate claim issuer is/,
    );
  });

  test('any of several expectations may be met', () => {
    const expected = [exactly('a'), pathWithin('the buildTrigger'), matching('b*')];
    expect(claim({ claim: 'buildTrigger', expected })).toMatchObject({ subjectAlternativeName: identity, issuer });
    expectFailure(
      () => claim({ claim: 'buildTrigger', expected: [exactly('a'), matching('b*')] }),
      'CLAIM_MISMATCH',
      /expected "a or b\* \(a pattern\)"$/,
    );
  });

  test('what is refused is refused, whatever was expected', () => {
    const reason = /build-trigger is "the buildTrigger", which the policy refuses$/;
    for (const refused of [
      [exactly('the buildTrigger')],
      [exactly('a'), matching('the *')],
      [pathWithin('the buildTrigger')],
    ]) {
      expectFailure(() => claim({ claim: 'buildTrigger', expected: [], refused }), 'CLAIM_MISMATCH', reason);
      expectFailure(
        () => claim({ claim: 'buildTrigger', expected: [matching('**')], refused }),
        'CLAIM_MISMATCH',
        reason,
      );
    }
    expect(claim({ claim: 'buildTrigger', expected: [], refused: [exactly('the build')] })).toMatchObject({
      subjectAlternativeName: identity,
      issuer,
    });
  });

  test('every one must be met', () => {
    const good: ClaimExpectation = { claim: 'buildTrigger', expected: [exactly('the buildTrigger')] };
    const bad: ClaimExpectation = { claim: 'runnerEnvironment', expected: [exactly('self-hosted')] };
    for (const list of [
      [good, bad],
      [bad, good],
      [good, good, bad],
    ])
      expectFailure(() => match({ claims: list }), 'CLAIM_MISMATCH', /runnerEnvironment/);
    // Of one claim too.
    const twice = [good, { ...good, expected: [exactly('another')] }];
    expectFailure(() => match({ claims: twice }), 'CLAIM_MISMATCH', /expected "another"/);
  });

  test('are compared only once the name is right', () => {
    const wrong = { identity: exactly('a'), claims: [{ claim: 'buildTrigger', expected: [exactly('b')] }] } as const;
    expectFailure(() => match(wrong), 'IDENTITY_MISMATCH', /expected "a"/);
  });

  test('what is expected of one is said for people', () => {
    const [a, b, c] = [exactly('a'), pathWithin('b'), matching('c*')];
    expect(describeClaim({ claim: 'issuer', expected: [a, b] })).toBe('a or b or a path below it');
    expect(describeClaim({ claim: 'issuer', expected: [a], refused: [b, c] })).toBe(
      'a, not b or a path below it or c* (a pattern)',
    );
    expect(describeClaim({ claim: 'issuer', expected: [], refused: [c] })).toBe('not c* (a pattern)');
  });
});
