import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { exampleJob, jobSubject, type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { claimsOf, jobToken } from './client.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.jobTokens.configure());

describe('a token of a job', () => {
  test('verifies by discovery and the key set', async () => {
    const discovery = await (await fetch(`${sandbox.urls.jobIssuer}/.well-known/openid-configuration`)).json();
    expect(discovery.issuer).toBe(sandbox.urls.jobIssuer);
    const { payload, protectedHeader } = await jwtVerify(
      await jobToken(sandbox),
      createRemoteJWKSet(new URL(discovery.jwks_uri)),
      { issuer: discovery.issuer, audience: 'sigstore' },
    );
    expect(protectedHeader).toMatchObject({ alg: 'RS256', typ: 'JWT' });
    expect(payload).toMatchObject({ ...exampleJob });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(300);
    expect((payload.iat ?? 0) - (payload.nbf ?? 0)).toBe(600);
    for (const claim of Object.keys(payload)) expect(discovery.claims_supported).toContain(claim);
  });

  test('needs the request token', async () => {
    for (const authorization of ['', 'Bearer wrong', `Basic ${sandbox.jobTokens.requestToken}`]) {
      const response = await fetch(sandbox.jobTokens.requestUrl, { headers: { authorization } });
      expect(response.status).toBe(401);
      expect(typeof (await response.json()).message).toBe('string');
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
});

test.each([
  ['classic', {}, 'repo:example-org/example-repo:ref:refs/heads/main'],
  ['classic', { event_name: 'pull_request' }, 'repo:example-org/example-repo:pull_request'],
  ['immutable', {}, 'repo:example-org@700000002/example-repo@700000001:ref:refs/heads/main'],
  ['immutable', { environment: 'prod' }, 'repo:example-org@700000002/example-repo@700000001:environment:prod'],
] as const)('a %s subject of %j is %s', (form, claims, subject) => {
  expect(jobSubject({ ...exampleJob, ...claims }, form)).toBe(subject);
});
