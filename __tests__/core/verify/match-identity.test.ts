import { describe, expect, test } from '@jest/globals';
import { readCertificate } from '../../../src/core/certificate/index.ts';
import {
  type ClaimExpectation,
  exactly,
  type FulcioClaim,
  fulcioExtensionArcs,
  type IdentityPolicy,
  matchIdentity,
  matching,
  pathWithin,
} from '../../../src/core/verify/index.ts';
import { describeClaim } from '../../../src/core/verify/match-identity.ts';
import { fulcioExtension, type GeneralName } from '../../../src/sandbox/index.ts';
import { makeAuthorities, makeLeaf } from '../certificate/made.ts';
import { expectFailure } from '../errors/failure.ts';

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
        /signed by .*acme-evil.* was expected$/,
      );
  });

  test('is looked at only after the issuer, without which a name says nothing', () => {
    const wrong = { identity: exactly('a'), issuer: exactly('b') };
    expectFailure(
      () => match(wrong),
      'ISSUER_MISMATCH',
      /issued by "https:\/\/issuer\.example\.test"; "b" was expected/,
    );
  });

  test('that is anybody’s must still be one, and of somebody', () => {
    const any = { identity: 'any', issuer: 'any' } as const;
    const named = readCertificate(
      makeLeaf(intermediate, { subjectAlternativeNames: undefined, additionalExtensions: claims() }),
    );
    expectFailure(() => match(any, named), 'CERTIFICATE_INVALID', /exactly one identity/);
    expectFailure(() => match(any, certificate(uri(identity), claims('issuer'))), 'CERTIFICATE_INVALID', /who issued/);
  });

  test.each<[string, GeneralName, string]>([
    ['an e-mail address', { kind: 'rfc822Name', value: 'a@example.test' }, 'a@example.test'],
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

describe('claims', () => {
  test.each(others)('%s is compared', (name) => {
    expect(claim({ claim: name, expected: [exactly(`the ${name}`)] })).toBeDefined();
    expectFailure(
      () => claim({ claim: name, expected: [exactly('another')] }),
      'CLAIM_MISMATCH',
      new RegExp(`^the certificate's ${name} is "the ${name}"; "another" was expected$`),
    );
  });

  test.each(others)('%s that is not there is not what was expected, nor what was not refused', (name) => {
    const silent = certificate(uri(identity), claims(name));
    const reason = new RegExp(`^the certificate does not say its ${name}; .* was expected$`);
    expectFailure(() => claim({ claim: name, expected: [matching('**')] }, silent), 'CLAIM_MISMATCH', reason);
    expectFailure(
      () => claim({ claim: name, expected: [], refused: [exactly('a')] }, silent),
      'CLAIM_MISMATCH',
      reason,
    );
  });

  test('the issuer is one too', () => {
    expect(claim({ claim: 'issuer', expected: [exactly(issuer)] })).toBeDefined();
    expectFailure(
      () => claim({ claim: 'issuer', expected: [exactly('a')] }),
      'CLAIM_MISMATCH',
      /certificate's issuer is/,
    );
  });

  test('any of several expectations may be met', () => {
    const expected = [exactly('a'), pathWithin('the buildTrigger'), matching('b*')];
    expect(claim({ claim: 'buildTrigger', expected })).toBeDefined();
    expectFailure(
      () => claim({ claim: 'buildTrigger', expected: [exactly('a'), matching('b*')] }),
      'CLAIM_MISMATCH',
      /"a or b\* \(a pattern\)" was expected$/,
    );
  });

  test('what is refused is refused, whatever was expected', () => {
    const reason = /buildTrigger is "the buildTrigger", which is refused$/;
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
    expect(claim({ claim: 'buildTrigger', expected: [], refused: [exactly('the build')] })).toBeDefined();
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
    expectFailure(() => match({ claims: twice }), 'CLAIM_MISMATCH', /"another" was expected/);
  });

  test('are compared only once the name is right', () => {
    const wrong = { identity: exactly('a'), claims: [{ claim: 'buildTrigger', expected: [exactly('b')] }] } as const;
    expectFailure(() => match(wrong), 'IDENTITY_MISMATCH', /"a" was expected/);
  });

  test('what is expected of one is said for people', () => {
    const [a, b, c] = [exactly('a'), pathWithin('b'), matching('c*')];
    expect(describeClaim({ claim: 'issuer', expected: [a, b] })).toBe('a or b or below it');
    expect(describeClaim({ claim: 'issuer', expected: [a], refused: [b, c] })).toBe(
      'a, not b or below it or c* (a pattern)',
    );
    expect(describeClaim({ claim: 'issuer', expected: [], refused: [c] })).toBe('not c* (a pattern)');
  });
});
