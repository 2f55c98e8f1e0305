import { inspect } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createTokenIssuer, exampleJob, fault, type Sandbox, startSandbox } from '../../sandbox/index.ts';
import type { CountersignError } from '../../src/core/errors/index.ts';
import { readIdentityToken, type TokenClaims, verifyTokenClaims } from '../../src/identity/index.ts';
import { type HttpConnections, openHttp } from '../../src/services/http/index.ts';

let sandbox: Sandbox;
let connections: HttpConnections;
beforeAll(async () => {
  sandbox = await startSandbox();
  connections = openHttp('countersign-test');
});
beforeEach(() => sandbox.faults.clear());
afterAll(async () => {
  connections[Symbol.dispose]();
  await sandbox.close();
});

function claimsOf(token: string, now = new Date()): Promise<TokenClaims> {
  return verifyTokenClaims(connections.send, readIdentityToken(token, now, 'https://github.com'), now);
}

/** The claims of a token that was issued just now. */
function lifetime() {
  const now = Math.floor(Date.now() / 1000);
  return { iat: now, nbf: now, exp: now + 300 };
}

async function refusal(token: string): Promise<CountersignError> {
  return claimsOf(token).then(
    () => Promise.reject(new Error('it was believed')),
    (reason) => reason,
  );
}

test('the claims of a token that its issuer signed are believed', async () => {
  const claims = await claimsOf(await sandbox.jobTokens.token('sigstore'));
  expect(claims).toMatchObject({ iss: sandbox.urls.jobIssuer, repository: 'example-org/example-repo' });
});

describe('are not believed:', () => {
  test('those of a token that somebody else signed in the issuer’s name', async () => {
    const impostor = createTokenIssuer(sandbox.urls.jobIssuer);
    const payloadOf = (await sandbox.jobTokens.token('sigstore')).split('.')[1] ?? '';
    const token = await impostor.sign(JSON.parse(Buffer.from(payloadOf, 'base64url').toString()));
    const error = await refusal(token);
    expect(error).toMatchObject({ code: 'TOKEN_INVALID', message: expect.stringContaining(sandbox.urls.jobIssuer) });
    const [, payload = '', signature = ''] = token.split('.');
    for (const part of [payload, signature]) {
      expect(inspect(error, { depth: null, showHidden: true })).not.toContain(part.slice(0, 20));
    }
  });

  test('altered ones', async () => {
    const [header, payload = '', signature] = (await sandbox.jobTokens.token('sigstore')).split('.');
    const claims = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), repository: 'evil/evil' };
    const altered = Buffer.from(JSON.stringify(claims)).toString('base64url');
    expect(await refusal(`${header}.${altered}.${signature}`)).toMatchObject({ code: 'TOKEN_INVALID' });
  });

  test('those of a token without a signature', async () => {
    const [, payload] = (await sandbox.jobTokens.token('sigstore')).split('.');
    const header = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
    expect(await refusal(`${header}.${payload}.`)).toMatchObject({ code: 'TOKEN_INVALID' });
  });

  test('those whose issuer’s discovery document is a different issuer’s', async () => {
    const answer = fault.altered((right) => ({
      ...right,
      body: Buffer.from(
        Buffer.from(right.body)
          .toString()
          .replace(/"issuer":"[^"]*"/, '"issuer":"https://other.example.test"'),
      ),
    }));
    sandbox.faults.set({ service: 'oidc', matching: /openid-configuration/ }, answer);
    expect(await refusal(await sandbox.jobTokens.token('sigstore'))).toMatchObject({
      code: 'SERVICE_RESPONSE_INVALID',
      message: expect.stringMatching(/a different issuer/),
    });
  });

  test.each([
    ['http://keys.example.test/', /not https/],
    ['ftp://keys.example.test/', /not https/],
    ['file:///etc/passwd', /not https/],
    ['data:application/json,{}', /not https/],
    ['keys.example.test/jwks', /a malformed URL/],
    ['/jwks', /a malformed URL/],
  ])('those whose issuer has its keys at %s', async (address, problem) => {
    const answer = fault.altered((right) => ({
      ...right,
      body: Buffer.from(
        Buffer.from(right.body)
          .toString()
          .replace(/"jwks_uri":"[^"]*"/, `"jwks_uri":${JSON.stringify(address)}`),
      ),
    }));
    sandbox.faults.set({ service: 'oidc', matching: /openid-configuration/ }, answer);
    expect(await refusal(await sandbox.jobTokens.token('sigstore'))).toMatchObject({
      code: 'SERVICE_RESPONSE_INVALID',
      message: expect.stringMatching(problem),
    });
  });

  test.each([
    ['an address that is none', 'issuer.example.test', /a malformed URL/],
    ['an address that anybody can change on the way', 'http://issuer.example.test', /not https/],
  ])('those whose issuer is %s', async (_, issuer, problem) => {
    const token = await createTokenIssuer(issuer).sign({
      ...exampleJob,
      iss: issuer,
      aud: 'sigstore',
      sub: 'x',
      ...lifetime(),
    });
    expect(await refusal(token)).toMatchObject({
      code: 'SERVICE_RESPONSE_INVALID',
      message: expect.stringMatching(problem),
    });
  });

  test.each([
    [
      'more keys than an issuer has',
      (keys: readonly unknown[]) => Array.from({ length: 65 }, () => keys[0]),
      'LIMIT_EXCEEDED',
    ],
    ['keys that are no list', () => ({ length: 1 }), 'SERVICE_RESPONSE_INVALID'],
  ])('those whose issuer publishes %s', async (_, alter, code) => {
    const answer = fault.altered((right) => {
      const { keys } = JSON.parse(Buffer.from(right.body).toString());
      return { ...right, body: Buffer.from(JSON.stringify({ keys: alter(keys) })) };
    });
    sandbox.faults.set({ service: 'oidc', matching: /jwks/ }, answer);
    expect(await refusal(await sandbox.jobTokens.token('sigstore'))).toMatchObject({ code });
  });

  test.each(['openid-configuration', 'jwks'])('those whose issuer answers rubbish for %s', async (name) => {
    sandbox.faults.set({ service: 'oidc', matching: new RegExp(name) }, fault.garbage());
    expect(await refusal(await sandbox.jobTokens.token('sigstore'))).toMatchObject({
      code: 'SERVICE_RESPONSE_INVALID',
    });
  });
});
