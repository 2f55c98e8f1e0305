import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose';
import { exampleBuildkiteJob, exampleGitlabJob, exampleJob, jobSubject, type Sandbox, startSandbox } from '../index.ts';
import { claimsOf, issuedToken, jobToken } from './client.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.jobTokens.configure());

/** Verifies a token with nothing but its issuer's URL. */
async function verified(issuer: string, token: string) {
  const discovery = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json();
  expect(discovery.issuer).toBe(issuer);
  const keys = createRemoteJWKSet(new URL(discovery.jwks_uri));
  const { payload, protectedHeader } = await jwtVerify(token, keys, { issuer, audience: 'sigstore' });
  expect(discovery.id_token_signing_alg_values_supported).toEqual([protectedHeader.alg]);
  for (const claim of Object.keys(payload)) expect(discovery.claims_supported).toContain(claim);
  return { payload, protectedHeader, discovery };
}

const seconds = ({ exp = 0, iat = 0, nbf = 0 }: JWTPayload) => ({ lifetime: exp - iat, leeway: iat - nbf });

describe('a token of a job of GitHub', () => {
  test('verifies by discovery and the key set', async () => {
    const { payload, protectedHeader } = await verified(sandbox.urls.jobIssuer, await jobToken(sandbox));
    expect(protectedHeader).toEqual({ alg: 'RS256', typ: 'JWT', kid: expect.stringMatching(/^[0-9A-F]{40}$/) });
    expect(payload).toMatchObject({ ...exampleJob });
    expect(seconds(payload)).toEqual({ lifetime: 300, leeway: 600 });
  });

  test('needs the request token', async () => {
    const { jobIssuer, gitlabIssuer, buildkiteIssuer } = sandbox.urls;
    for (const issuer of [jobIssuer, gitlabIssuer, buildkiteIssuer]) {
      for (const authorization of ['', 'Bearer wrong', `Basic ${sandbox.jobTokens.requestToken}`]) {
        const response = await fetch(`${issuer}/token?audience=sigstore`, { headers: { authorization } });
        expect(response.status).toBe(401);
        expect(typeof (await response.json()).message).toBe('string');
      }
    }
  });

  test('is for the owner if no audience is asked for, and never the same twice', async () => {
    const headers = { authorization: `bearer ${sandbox.jobTokens.requestToken}` };
    const { count, value } = await (await fetch(sandbox.jobTokens.requestUrl, { headers })).json();
    expect(count).toBe(1);
    expect(claimsOf(value).aud).toBe('https://github.com/example-org');
    expect(claimsOf(value).jti).not.toBe(claimsOf(await jobToken(sandbox)).jti);
  });

  test('says what it is told to, until it is told otherwise', async () => {
    sandbox.jobTokens.configure({ claims: { environment: 'prod:eu', sha: undefined }, lifetimeSeconds: -10 });
    const claims = claimsOf(await jobToken(sandbox));
    expect(claims.sub).toBe('repo:example-org/example-repo:environment:prod%3Aeu');
    expect(claims).not.toHaveProperty('sha');
    expect(Number(claims.exp)).toBeLessThan(Date.now() / 1000);
    expect(Number(claims.iat)).toBeLessThan(Number(claims.exp));
    sandbox.jobTokens.configure();
    expect(claimsOf(await jobToken(sandbox))).toMatchObject({
      sha: exampleJob.sha,
      sub: jobSubject(exampleJob, 'classic'),
    });
  });

  test('says what one request asks for, over what was configured', async () => {
    sandbox.jobTokens.configure({ claims: { event_name: 'schedule', actor: 'somebody' } });
    const asked = { 'claim.event_name': 'pull_request', 'claim.repo_property_tier': 'gold', ttl: '-60' };
    const claims = claimsOf(await issuedToken(sandbox, 'jobIssuer', asked));
    expect(claims).toMatchObject({
      event_name: 'pull_request',
      actor: 'somebody',
      repo_property_tier: 'gold',
      sub: 'repo:example-org/example-repo:pull_request',
    });
    expect(Number(claims.exp)).toBeLessThan(Date.now() / 1000);
    expect(claimsOf(await jobToken(sandbox)).event_name).toBe('schedule');
    expect(claimsOf(await issuedToken(sandbox, 'jobIssuer', { 'claim.sub': 'x:y' })).sub).toBe('x:y');
  });

  test('has no lifetime that is no number', async () => {
    await expect(issuedToken(sandbox, 'jobIssuer', { ttl: 'long' })).rejects.toThrow('400');
  });
});

describe('a token of a job of GitLab', () => {
  test('verifies by discovery and the key set, which is in a place of its own', async () => {
    const { payload, discovery } = await verified(
      sandbox.urls.gitlabIssuer,
      await issuedToken(sandbox, 'gitlabIssuer'),
    );
    expect(discovery.jwks_uri).toBe(`${sandbox.urls.gitlabIssuer}/oauth/discovery/keys`);
    expect(payload).toMatchObject({
      ...exampleGitlabJob,
      runner_id: 7004,
      sub: 'project_path:example-group/example-project:ref_type:branch:ref:main',
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(seconds(payload)).toEqual({ lifetime: 3600, leeway: 5 });
  });

  test('is of a tag, an environment and another runner if asked to be', async () => {
    const claims = claimsOf(
      await issuedToken(sandbox, 'gitlabIssuer', {
        'claim.ref': 'v1',
        'claim.ref_type': 'tag',
        'claim.environment': 'production',
        'claim.runner_id': '12',
      }),
    );
    expect(claims).toMatchObject({
      sub: 'project_path:example-group/example-project:ref_type:tag:ref:v1',
      environment: 'production',
      runner_id: 12,
    });
    await expect(issuedToken(sandbox, 'gitlabIssuer', { 'claim.runner_id': 'one' })).rejects.toThrow('400');
  });
});

describe('a token of a job of Buildkite', () => {
  test('verifies by discovery and the key set', async () => {
    const { payload } = await verified(sandbox.urls.buildkiteIssuer, await issuedToken(sandbox, 'buildkiteIssuer'));
    expect(payload).toMatchObject({
      ...exampleBuildkiteJob,
      build_number: 17,
      sub: `organization:example-org:pipeline:example-pipeline:ref:refs/heads/main:commit:${exampleBuildkiteJob.build_commit}:step:release`,
    });
    expect(payload).not.toHaveProperty('jti');
    expect(seconds(payload)).toEqual({ lifetime: 300, leeway: 0 });
  });

  test('is of a tag if asked to be, and for the organisation if for nobody', async () => {
    expect(claimsOf(await issuedToken(sandbox, 'buildkiteIssuer', { 'claim.build_tag': 'v1' })).sub).toContain(
      ':ref:refs/tags/v1:',
    );
    expect(claimsOf(await sandbox.buildkiteTokens.token()).aud).toBe('https://buildkite.com/example-org');
    expect(claimsOf(await sandbox.gitlabTokens.token()).aud).toBe(sandbox.urls.gitlabIssuer);
  });
});

describe('a token of a person, for a script', () => {
  test('is had without a request token, and verifies', async () => {
    const url = `${sandbox.urls.personIssuer}/token?email=dev@example.com&audience=sigstore`;
    const { value } = await (await fetch(url)).json();
    const { payload } = await verified(sandbox.urls.personIssuer, value);
    expect(payload).toMatchObject({ email: 'dev@example.com', email_verified: true, sub: 'person-dev@example.com' });
  });

  test('is of an address that is not verified, for another audience, or has ended, if asked to be', async () => {
    const asked = { audience: 'other', verified: 'false', ttl: '-60', 'claim.locale': 'de' };
    const claims = claimsOf(await issuedToken(sandbox, 'personIssuer', asked));
    expect(claims).toMatchObject({ aud: 'other', email_verified: false, email: 'signer@example.com', locale: 'de' });
    expect(Number(claims.exp)).toBeLessThan(Date.now() / 1000);
  });
});

test.each([
  ['classic', {}, 'repo:example-org/example-repo:ref:refs/heads/main'],
  ['classic', { event_name: 'pull_request' }, 'repo:example-org/example-repo:pull_request'],
  ['immutable', {}, 'repo:example-org@700000002/example-repo@700000001:ref:refs/heads/main'],
  ['immutable', { environment: 'prod' }, 'repo:example-org@700000002/example-repo@700000001:environment:prod'],
] as const)('a %s subject of %j is %s', (form, claims, subject) => {
  expect(jobSubject({ ...exampleJob, ...claims }, form)).toBe(subject);
});
