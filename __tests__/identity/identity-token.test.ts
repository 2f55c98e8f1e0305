import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { CountersignError } from '../../src/core/errors/index.ts';
import { readIdentityToken, sigstoreAudience } from '../../src/identity/index.ts';

const now = new Date('2026-11-23T12:00:00.500Z');
const seconds = now.getTime() / 1000;
const server = 'https://github.com';

const right = {
  iss: 'https://token.actions.githubusercontent.com',
  aud: 'sigstore',
  sub: 'repo:example-org/example-repo:ref:refs/heads/main',
  job_workflow_ref: 'example-org/example-repo/.github/workflows/release.yml@refs/heads/main',
  exp: seconds + 300,
  nbf: seconds - 600,
  iat: seconds,
} as const;

const header = encode({ alg: 'RS256', typ: 'JWT', kid: 'a-key-that-has-a-name' });
const signature = Buffer.from('a signature that nobody looks at here').toString('base64url');

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** A token of the right claims, but for some: `undefined` leaves one out. */
function token(changes: Readonly<Record<string, unknown>> = {}): string {
  return `${header}.${encode({ ...right, ...changes })}.${signature}`;
}

/** Returns the error of reading, after checking that it holds no part of the token. */
function refusal(text: string): CountersignError {
  try {
    readIdentityToken(text, now, server);
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    const everything = `${inspect(error, { depth: null, showHidden: true, maxStringLength: null })}\n${JSON.stringify(error)}\n${error.stack}`;
    expect(error.cause).toBeUndefined();
    for (const part of text.slice(0, 10_000).split('.')) {
      if (part.length < 8) continue;
      for (let at = 0; at + 8 <= part.length; at++) expect(everything.includes(part.slice(at, at + 8))).toBe(false);
    }
    return error;
  }
  throw new Error('the token was accepted');
}

describe('a token of a job', () => {
  test('gives the issuer, the end, the subject as challenge, and the workflow as identity', () => {
    const text = token();
    const read = readIdentityToken(text, now, server);
    expect(read.issuer).toBe('https://token.actions.githubusercontent.com');
    expect(read.expiresAt).toEqual(new Date(right.exp * 1000));
    expect(read.challenge).toBe('repo:example-org/example-repo:ref:refs/heads/main');
    expect(read.certificateIdentity).toBe(
      'https://github.com/example-org/example-repo/.github/workflows/release.yml@refs/heads/main',
    );
    expect(read.token.reveal()).toBe(text);
  });

  test('of an enterprise’s own server is named after it', () => {
    expect(readIdentityToken(token(), now, 'https://github.example.test').certificateIdentity).toBe(
      `https://github.example.test/${right.job_workflow_ref}`,
    );
  });

  test.each([
    'repo:example-org@7/example-repo@8:environment:pro%3Ad',
    'repository_owner:x:repository_visibility:private',
    ' leading and trailing blanks \n',
    'ž 日本語 🐎 \u202e\u0000',
    'https://example.test/?a=b&c=%41',
    'repo:o/r:ref:refs/heads/x"y\\z',
    'x'.repeat(4000),
  ])('whose subject is %j keeps it byte for byte', (sub) => {
    const { challenge, certificateIdentity } = readIdentityToken(token({ sub }), now, server);
    expect(challenge).toBe(sub);
    expect(certificateIdentity).toBe(`${server}/${right.job_workflow_ref}`);
  });

  test('without a subject is refused', () => {
    for (const sub of [undefined, '', 7, null]) {
      const error = refusal(token({ sub }));
      expect(error.code).toBe('TOKEN_INVALID');
      expect(error.message).toBe('the identity token has no subject (sub)');
    }
  });

  test('that names no workflow is refused', () => {
    for (const ref of [undefined, '', 7, null, ['x']]) {
      const error = refusal(token({ job_workflow_ref: ref }));
      expect(error.code).toBe('TOKEN_INVALID');
      expect(error.message).toBe('the identity token contains neither a workflow nor an email address');
    }
  });

  test('is not shown by what was read of it', () => {
    const text = token();
    const read = readIdentityToken(text, now, server);
    for (const shown of [
      JSON.stringify(read),
      inspect(read, { depth: null, showHidden: true }),
      `${String(read.token)}`,
    ]) {
      expect(shown).not.toContain(header);
      expect(shown).not.toContain(signature);
      expect(shown).toContain('[secret]');
    }
  });
});

describe('a token of a person', () => {
  test('has the e-mail address as challenge and as identity', () => {
    const { challenge, certificateIdentity } = readIdentityToken(
      token({ email: 'a.person@example.test', email_verified: true, job_workflow_ref: undefined }),
      now,
      server,
    );
    expect(challenge).toBe('a.person@example.test');
    expect(certificateIdentity).toBe('a.person@example.test');
  });

  test.each([false, 'false', '', 'yes', 0, null])('whose address is not verified (%j) is refused', (email_verified) => {
    const error = refusal(token({ email: 'a.person@example.test', email_verified }));
    expect(error).toMatchObject({
      code: 'TOKEN_INVALID',
      message: 'the email address in the identity token is not verified (email_verified)',
      remedy: expect.stringContaining('Verify the email address'),
    });
  });

  test.each([undefined, true, 'true', 'True'])(
    'whose address is verified (%j), or left to the authority, is accepted',
    (email_verified) => {
      const person = token({ email: 'a.person@example.test', email_verified });
      expect(readIdentityToken(person, now, server).certificateIdentity).toBe('a.person@example.test');
    },
  );

  test.each<[what: string, federated: unknown, issuer: string]>([
    [
      'the one at which the person logged in',
      { connector_id: 'https://accounts.google.com' },
      'https://accounts.google.com',
    ],
    ['that of the token, if the other one is a mere name', { connector_id: 'google' }, right.iss],
    ['that of the token, if there is no other', {}, right.iss],
    ['that of the token, if the claim is not an object', 'https://accounts.google.com', right.iss],
  ])('has as the issuer in the certificate %s', (_, federated_claims, issuer) => {
    const read = readIdentityToken(token({ email: 'a@example.test', federated_claims }), now, server);
    expect(read).toMatchObject({ issuer: right.iss, certificateIssuer: issuer });
  });

  test.each([['', 7, null, { x: 1 }]])('with an email address that is none is a job’s', (email) => {
    expect(readIdentityToken(token({ email }), now, server).challenge).toBe(right.sub);
  });
});

describe('a token of others', () => {
  const of = (claims: Readonly<Record<string, unknown>>) =>
    readIdentityToken(
      token({ iss: 'https://issuer.example.test', job_workflow_ref: undefined, ...claims }),
      now,
      server,
    );

  test('of a SPIFFE workload or a web address is named by its subject', () => {
    expect(of({ sub: 'spiffe://example.test/ns/a' }).certificateIdentity).toBe('spiffe://example.test/ns/a');
    expect(of({ sub: 'https://example.test/users/größer' }).certificateIdentity).toBe(
      'https://example.test/users/gr%C3%B6%C3%9Fer',
    );
  });

  test.each<[kind: string, claims: Readonly<Record<string, unknown>>]>([
    ['github', { iss: 'https://token.actions.githubusercontent.com', job_workflow_ref: right.job_workflow_ref }],
    ['github', { repository: 'o/r', job_workflow_ref: right.job_workflow_ref }],
    ['forgejo', { iss: 'https://codeberg.org/api/actions', repository: 'o/r', workflow_ref: 'o/r/x.yml@y' }],
    ['username', { iss: 'https://codeberg.org/api/actions', sub: 'a' }],
    ['gitlab', { ci_config_ref_uri: 'gitlab.com/g/p//.gitlab-ci.yml@refs/heads/main' }],
    ['username', { project_path: 'g/p', sub: 'a' }],
    ['username', { namespace_path: 'g', sub: 'a' }],
    ['buildkite', { organization_slug: 'o', pipeline_slug: 'p' }],
    ['username', { organization_slug: 'o', sub: 'a' }],
    ['username', { pipeline_slug: 'p', sub: 'a' }],
    ['circleci', { 'oidc.circleci.com/project-id': '1', 'oidc.circleci.com/pipeline-definition-id': '2' }],
    ['kubernetes', { 'kubernetes.io': { namespace: 'n', serviceaccount: { name: 's' } } }],
    ['spiffe', { sub: 'spiffe://example.test/x' }],
    ['uri', { sub: 'https://example.test/x' }],
    ['username', { sub: 'a' }],
    // An email address decides, as it does for Fulcio.
    ['email', { email: 'a@example.test', repository: 'o/r' }],
  ])('are of the kind %s with the claims %j', (kind, claims) => {
    expect(of(claims).kind.name).toBe(kind);
  });

  test.each(['a!b', 'a@example.test'])('with the subject %j and no other claim are refused', (sub) => {
    expect(() => of({ sub })).toThrow(expect.objectContaining({ code: 'TOKEN_INVALID', remedy: expect.any(String) }));
  });

  test('of Forgejo has the claims of GitHub, and the server of its issuer', () => {
    const claims = { repository: 'o/r', workflow_ref: 'o/r/.forgejo/workflows/a.yml@refs/heads/main' };
    const read = of({ ...claims, iss: 'https://git.example.test/forgejo/api/actions' });
    expect(read.kind.name).toBe('forgejo');
    expect(read.certificateIdentity).toBe(
      'https://git.example.test/forgejo/o/r/.forgejo/workflows/a.yml@refs/heads/main',
    );
  });
});

describe('the audience', () => {
  test('is sigstore', () => {
    expect(sigstoreAudience).toBe('sigstore');
  });

  test.each<[what: string, aud: unknown]>([
    ['a string', 'sigstore'],
    ['a list', ['sigstore']],
    ['one of a list', ['https://example.test', 'sigstore']],
  ])('may be %s', (_, aud) => {
    expect(readIdentityToken(token({ aud }), now, server).challenge).toBe(right.sub);
  });

  test.each<[what: string, aud: unknown]>([
    ['another', 'https://github.com/example-org'],
    ['longer', 'sigstore2'],
    ['in another case', 'Sigstore'],
    ['missing', undefined],
    ['null', null],
    ['empty', ''],
    ['an empty list', []],
    ['a list of others', ['a', 'b']],
    ['a list in a list', [['sigstore']]],
    ['an object', { sigstore: 'sigstore' }],
    ['a number', 7],
  ])('%s is refused', (_, aud) => {
    const error = refusal(token({ aud }));
    expect(error.code).toBe('TOKEN_INVALID');
    expect(error.message).toBe('the audience of the identity token is not "sigstore"');
    expect(error.remedy).toBe('Request a token with the audience "sigstore".');
  });
});

describe('the issuer', () => {
  test.each<[what: string, iss: unknown]>([
    ['missing', undefined],
    ['empty', ''],
    ['null', null],
    ['a number', 7],
  ])('%s is refused', (_, iss) => {
    const error = refusal(token({ iss }));
    expect(error.code).toBe('TOKEN_INVALID');
    expect(error.message).toBe('the identity token has no issuer (iss)');
  });
});

describe('the time', () => {
  test.each<[what: string, exp: unknown]>([
    ['missing', undefined],
    ['a string', String(right.exp)],
    ['null', null],
    ['no time there is', 1e300],
    ['no time there was', -1e300],
    ['just beyond the last', 8.64e12 + 1],
  ])('whose end is %s is refused', (_, exp) => {
    const error = refusal(token({ exp }));
    expect(error.code).toBe('TOKEN_INVALID');
    expect(error.message).toBe('the identity token has no valid expiration time (exp)');
  });

  test.each([-3600, -1, 0, 29])('whose end is %d s away is refused as expired', (away) => {
    const error = refusal(token({ exp: Math.floor(seconds) + away }));
    expect(error.code).toBe('TOKEN_EXPIRED');
    expect(error.kind).toBe('unavailable');
    expect(error.message).toBe(
      `the identity token expires at ${new Date((Math.floor(seconds) + away) * 1000).toISOString()}, and it is 2026-11-23T12:00:00.500Z now`,
    );
    expect(error.remedy).toBe(
      'Request a new token right before signing. If the token is new, check the clock of this machine.',
    );
  });

  test.each([30.5, 31, 21_600])('whose end is %d s away is accepted', (away) => {
    const exp = Math.floor(seconds) + away;
    expect(readIdentityToken(token({ exp }), now, server).expiresAt).toEqual(new Date(exp * 1000));
  });

  test.each([undefined, seconds - 600, seconds, seconds + 60])('whose beginning is %p is accepted', (nbf) => {
    expect(readIdentityToken(token({ nbf }), now, server).challenge).toBe(right.sub);
  });

  test.each([61, 3600])('whose beginning is %d s away is refused', (away) => {
    const error = refusal(token({ nbf: seconds + away }));
    expect(error.code).toBe('TOKEN_INVALID');
    expect(error.message).toBe(
      `the identity token is not valid before ${new Date(now.getTime() + away * 1000).toISOString()}, and it is 2026-11-23T12:00:00.500Z now`,
    );
    expect(error.remedy).toContain('check the clock of this machine');
  });

  test('whose beginning is no time there is is refused', () => {
    const error = refusal(token({ nbf: 1e300 }));
    expect(error.code).toBe('TOKEN_INVALID');
    expect(error.message).toContain('the identity token is not valid before ');
  });
});

describe('what is not a token', () => {
  const payload = encode(right);
  test.each<[what: string, text: string]>([
    ['nothing', ''],
    ['a word', 'there-is-no-dot-in-this-token'],
    ['two parts', `${header}.${payload}`],
    ['four parts', `${token()}.${signature}`],
    ['five parts, as of an encrypted one', `${token()}.${signature}.${signature}`],
    ['an empty payload', `${header}..${signature}`],
    ['a payload that is not base64', `${header}.!!!!secret-secret!!!!.${signature}`],
    [
      'a payload that is not JSON',
      `${header}.${Buffer.from('not JSON, but secret').toString('base64url')}.${signature}`,
    ],
    ['a payload that is no object', `${header}.${encode(['secret-secret'])}.${signature}`],
    [
      'a payload that is not UTF-8',
      `${header}.${Buffer.from([0x7b, 0xff, 0xfe, 0x7d, 1, 2, 3, 4]).toString('base64url')}.${signature}`,
    ],
    ['dots alone', '..'],
    ['JSON that holds one', `{"value":"${token()}"}`],
    ['more dots than a token has', '.'.repeat(16 * 1024)],
  ])('%s is refused', (_, text) => {
    const error = refusal(text);
    expect(error.code).toBe('TOKEN_INVALID');
    expect(error.message).toBe('the identity token is not a JSON Web Token');
  });

  test('a right token of just 16 KiB is read, one that is longer is refused', () => {
    const empty = token().length;
    const padded = (length: number) => `${token()}${'A'.repeat(length - empty)}`;
    expect(readIdentityToken(padded(16 * 1024), now, server).challenge).toBe(right.sub);
    const error = refusal(padded(16 * 1024 + 1));
    expect(error.code).toBe('TOKEN_INVALID');
    expect(error.message).toBe('the identity token has 16385 bytes; the limit is 16384');
    expect(error.remedy).toContain('custom properties');
  });

  test('nor is what is too long to be looked at', () => {
    for (const text of ['.'.repeat(1_000_000), `${token()}${'.'.repeat(20_000)}`])
      expect(refusal(text)).toMatchObject({ code: 'TOKEN_INVALID', message: expect.stringContaining('the limit is') });
  });
});
