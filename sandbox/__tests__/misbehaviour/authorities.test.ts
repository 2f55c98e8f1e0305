/** Authorities and issuers that lie, looked at with node:crypto and jose: what differs from the right answer is what was announced. */

import { randomBytes, X509Certificate } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { redirectOf } from '../../../__tests__/kit/person.ts';
import { readTimestampResponse } from '../../../src/core/timestamp/index.ts';
import { type LieName, type Sandbox, startSandbox } from '../../index.ts';
import {
  askForTimestamp,
  certificateChain,
  claimsOf,
  jobToken,
  newKey,
  requestCertificate,
  sha256,
  timestampQuery,
} from '../client.ts';

type LieOf<Service extends string> = Extract<LieName, `${Service}:${string}`>;

/** The time at which the sandbox stands still, so that times can be compared exactly. */
const now = new Date();
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ clock: () => now });
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.behave());

/** The names of what is not as it is when all is right. */
async function differences(name: LieName, facts: () => Promise<Readonly<Record<string, unknown>>>) {
  const right = await facts();
  sandbox.misbehave(name);
  const wrong = await facts();
  sandbox.behave();
  expect(await facts()).toEqual(right);
  return Object.keys(right).filter((fact) => right[fact] !== wrong[fact]);
}

describe('fulcio', () => {
  const cases: Readonly<Record<LieOf<'fulcio'>, readonly string[]>> = {
    'fulcio:another-identity': ['identity'],
    'fulcio:another-key': ['key'],
    'fulcio:another-issuer': ['issuer'],
    'fulcio:expired-certificate': ['time'],
    'fulcio:future-certificate': ['time'],
    'fulcio:certificate-without-usage': ['usage'],
    'fulcio:certificate-of-wrong-usage': ['usage'],
    'fulcio:authority-certificate': ['authority'],
    'fulcio:without-sct': ['logged', 'log'],
    'fulcio:without-log': ['logged', 'log'],
    'fulcio:sct-of-unknown-log': ['logged', 'log'],
    // These two are found by their signature alone, which the signer's test is about.
    'fulcio:sct-by-another-key': [],
    'fulcio:sct-of-another-certificate': [],
    'fulcio:another-authority': ['trusted', 'logged', 'log'],
  };

  const facts = async () => {
    const key = newKey();
    const before = sandbox.certificateLog.store.size;
    const [leaf, above, root] = await certificateChain(sandbox, key, await jobToken(sandbox));
    if (leaf === undefined || above === undefined || root === undefined) throw new Error('no chain');
    expect(leaf.verify(above.publicKey) && above.verify(root.publicKey)).toBe(true);
    return {
      identity: leaf.subjectAltName,
      key: leaf.publicKey.equals(key.publicKey),
      issuer: leaf.raw.includes(Buffer.from(sandbox.urls.jobIssuer)),
      time: leaf.validFrom,
      usage: String(leaf.keyUsage),
      authority: leaf.ca,
      trusted: root.raw.equals(sandbox.certificateAuthority.root.certificate),
      logged: sandbox.certificateLog.store.size - before,
      log: leaf.raw.includes(Buffer.from(sandbox.certificateLog.logId)),
    };
  };

  test.each(Object.entries(cases) as [LieOf<'fulcio'>, readonly string[]][])('%s', async (name, expected) => {
    expect(await differences(name, facts)).toEqual(expected);
  });

  test('lies to who sends a certification request too, as its token is of a person or a job', async () => {
    const issuerOf = async (token: string) => {
      const { json } = await requestCertificate(sandbox, newKey(), token);
      const { raw } = new X509Certificate(json.signedCertificateEmbeddedSct.chain.certificates[0] ?? '');
      return raw.includes(Buffer.from('https://another-issuer.invalid'));
    };
    const tokens = [await jobToken(sandbox), await sandbox.personTokens.token('signer@example.com')];
    for (const token of tokens) expect(await issuerOf(token)).toBe(false);
    sandbox.misbehave('fulcio:another-issuer');
    for (const token of tokens) expect(await issuerOf(token)).toBe(true);
  });

  test('refuses what it should refuse, whatever it does wrong', async () => {
    sandbox.misbehave('fulcio:another-issuer');
    expect(await requestCertificate(sandbox, newKey(), 'no token')).toMatchObject({ status: 400, json: { code: 3 } });
  });
});

describe('timestamp', () => {
  const cases: Readonly<Record<LieOf<'timestamp'>, readonly string[]>> = {
    'timestamp:stale-time': ['time'],
    'timestamp:future-time': ['time'],
    'timestamp:another-nonce': ['nonce'],
    'timestamp:without-nonce': ['nonce'],
    'timestamp:another-imprint': ['imprint'],
    'timestamp:another-key': [],
    'timestamp:certificate-without-usage': ['certificate'],
    'timestamp:certificate-of-wrong-usage': ['certificate'],
    'timestamp:rejected': ['granted', 'time', 'nonce', 'imprint', 'certificate'],
  };
  const message = Buffer.from('a signature');

  const facts = async () => {
    const nonce = Buffer.concat([Buffer.from([0x70]), randomBytes(7)]);
    const response = await askForTimestamp(sandbox, timestampQuery(message, { nonce, certificates: true }));
    const body = Buffer.from(await response.arrayBuffer());
    if (!body.includes('granted') && body.length < 100) return { granted: false };
    const token = readTimestampResponse(new Uint8Array(body));
    return {
      granted: true,
      time: token.time.getTime(),
      nonce: token.nonce !== undefined && nonce.equals(token.nonce),
      imprint: sha256(message).equals(token.imprint.bytes),
      certificate: body.includes(Buffer.from(sandbox.timestampAuthority.signer.certificate)),
    };
  };

  test.each(Object.entries(cases) as [LieOf<'timestamp'>, readonly string[]][])('%s', async (name, expected) => {
    expect(await differences(name, facts)).toEqual(expected);
  });
});

describe('oidc', () => {
  const cases: Readonly<Record<LieOf<'oidc'>, readonly string[]>> = {
    'oidc:expired-token': ['end', 'begin', 'person end', 'person begin'],
    'oidc:future-token': ['end', 'begin', 'person end', 'person begin'],
    'oidc:another-audience': ['aud', 'person aud'],
    'oidc:another-issuer': ['iss', 'person iss'],
    'oidc:without-subject': ['sub', 'person sub', 'person email'],
    'oidc:another-key': ['signed', 'person signed'],
    'oidc:another-nonce': ['login nonce'],
    'oidc:another-state': ['redirect state'],
    'oidc:another-redirect-issuer': ['redirect iss'],
    'oidc:without-redirect-issuer': ['redirect iss'],
    'oidc:failed-login': ['redirect error', 'login nonce', 'login status'],
    'oidc:refused-code': ['login nonce', 'login status'],
    'oidc:without-email': ['person email', 'person email_verified'],
    'oidc:unverified-email': ['person email_verified'],
  };

  const factsOf = async (token: string, keySet: JSONWebKeySet, who: string) => {
    const { jti: _, iat: __, exp, nbf, ...claims } = claimsOf(token);
    const signed = await jwtVerify(token, createLocalJWKSet(keySet), {
      currentDate: new Date((Number(exp) - 1) * 1000),
    }).then(
      () => true,
      () => false,
    );
    const facts = { ...claims, end: exp, begin: nbf, signed };
    return Object.fromEntries(Object.entries(facts).map(([name, fact]) => [`${who}${name}`, fact]));
  };

  const facts = async () => {
    const { value } = await (await fetch(`${sandbox.urls.personIssuer}/token`)).json();
    return {
      ...(await factsOf(await jobToken(sandbox), await sandbox.jobTokens.issuer.keySet(), '')),
      ...(await factsOf(value, await sandbox.personTokens.issuer.keySet(), 'person ')),
      ...(await loginFacts()),
    };
  };

  /** Logs in once. What the certificate authority sees of the token is compared above. */
  const loginFacts = async () => {
    const { personIssuer } = sandbox.urls;
    const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
    const redirect_uri = 'http://localhost:61234/auth/callback';
    const request = {
      response_type: 'code',
      client_id: 'sigstore',
      scope: 'openid email',
      redirect_uri,
      code_challenge: sha256(Buffer.from(verifier)).toString('base64url'),
      code_challenge_method: 'S256',
      state: 'the state',
      nonce: 'the nonce',
    };
    const { searchParams: back } = await redirectOf(
      new URL(`${personIssuer}/authorize?${new URLSearchParams(request)}`),
    );
    const response = await fetch(`${personIssuer}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: 'sigstore',
        code: back.get('code') ?? '',
        redirect_uri,
        code_verifier: verifier,
      }),
    });
    const { id_token: token } = await response.json();
    return {
      'redirect state': back.get('state'),
      'redirect iss': back.get('iss'),
      'redirect error': back.get('error'),
      'login status': response.status,
      'login nonce': token === undefined ? undefined : claimsOf(token).nonce,
    };
  };

  test.each(Object.entries(cases) as [LieOf<'oidc'>, readonly string[]][])('%s', async (name, expected) => {
    expect((await differences(name, facts)).sort()).toEqual([...expected].sort());
  });
});
