/** Fulcio's answers about itself, and what it refuses before it looks at an identity. */

import { generateKeyPairSync, sign, X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { der, encodePem } from '../../src/core/encoding/index.ts';
import { type Sandbox, startSandbox } from '../index.ts';
import { askForCertificate, claimsOf, jobToken, type Key, keyOf, newKey, post, spki } from './client.ts';

let sandbox: Sandbox;
let now: Date;
beforeAll(async () => {
  now = new Date();
  sandbox = await startSandbox({ clock: () => now });
});
afterAll(() => sandbox.close());

const messages = {
  token: 'There was an error processing the identity token',
  publicKey: 'The public key supplied in the request could not be parsed',
  certificateRequest: 'The certificate signing request could not be parsed',
  insecureKey: 'The public key supplied in the request is insecure',
  signature: 'The signature supplied in the request could not be verified',
};
const refusal = (message: string) => ({ status: 400, json: { code: 3, message, details: [] } });

describe('under both paths', () => {
  const paths = (): readonly string[] => [sandbox.urls.fulcio, new URL(sandbox.urls.fulcio).origin];

  test('the configuration lists every issuer, and what is to be signed', async () => {
    const { urls } = sandbox;
    const issuer = (issuerUrl: string, challengeClaim: string, issuerType: string, domains = {}) => ({
      issuerUrl,
      audience: 'sigstore',
      challengeClaim,
      spiffeTrustDomain: '',
      issuerType,
      subjectDomain: '',
      skipEmailVerification: false,
      ...domains,
    });
    for (const path of paths()) {
      expect(await (await fetch(`${path}/api/v2/configuration`)).json()).toEqual({
        issuers: [
          issuer(urls.jobIssuer, 'sub', 'ci-provider'),
          issuer(urls.gitlabIssuer, 'sub', 'ci-provider'),
          issuer(urls.buildkiteIssuer, 'sub', 'ci-provider'),
          issuer(urls.circleciIssuer, 'sub', 'ci-provider'),
          issuer(urls.forgejoIssuer, 'sub', 'ci-provider'),
          issuer(urls.kubernetesIssuer, 'sub', 'kubernetes'),
          issuer(urls.spiffeIssuer, 'sub', 'spiffe', { spiffeTrustDomain: 'example.org' }),
          issuer(urls.usernameIssuer, 'sub', 'username', { subjectDomain: 'example.org' }),
          issuer(urls.personIssuer, 'email', 'email'),
        ],
      });
    }
  });

  test('the trust bundle is the chain that certificates come with', async () => {
    for (const path of paths()) {
      const { chains } = await (await fetch(`${path}/api/v2/trustBundle`)).json();
      expect(chains).toHaveLength(1);
      const { json } = await askForCertificate(sandbox, newKey(), await jobToken(sandbox));
      expect(json.signedCertificateEmbeddedSct.chain.certificates.slice(1)).toEqual(chains[0].certificates);
      const [intermediate = '', root = ''] = chains[0].certificates;
      expect(new X509Certificate(intermediate).checkIssued(new X509Certificate(root))).toBe(true);
    }
  });

  test('another method is none of the service', async () => {
    for (const path of paths()) {
      expect(await post(`${path}/api/v2/configuration`, {})).toMatchObject({ status: 501, json: { code: 12 } });
    }
  });
});

describe('a token', () => {
  const askWith = async (claims: Readonly<Record<string, number | string | undefined>>) => {
    const token = await sandbox.jobTokens.token('sigstore', { claims });
    return askForCertificate(sandbox, newKey(), token);
  };
  const seconds = (): number => Math.floor(now.getTime() / 1000);

  test('is taken until its last second, and not a second longer', async () => {
    now = new Date(Math.ceil(Date.now() / 1000) * 1000);
    expect((await askWith({ exp: seconds() })).status).toBe(200);
    expect(await askWith({ exp: seconds() - 1 })).toMatchObject(refusal(messages.token));
    expect(await askWith({ exp: undefined })).toMatchObject(refusal(messages.token));
  });

  test('is taken up to five minutes before it begins', async () => {
    expect((await askWith({ nbf: seconds() + 300 })).status).toBe(200);
    expect(await askWith({ nbf: seconds() + 302 })).toMatchObject(refusal(messages.token));
  });

  test.each([
    ['with a signature that is another one', (token: string) => `${token.slice(0, -6)}AAAAAA`],
    ['of four parts', (token: string) => `${token}.`],
    ['whose claims are none', (token: string) => token.replace(/\.[^.]+\./, '.e30x.')],
    ['whose issuer is nobody', (token: string) => token.replace(/\.[^.]+\./, '.e30.')],
  ])('%s is refused', async (_what, spoil) => {
    const token = await jobToken(sandbox);
    const { sub = '' } = claimsOf(token);
    expect(await askForCertificate(sandbox, newKey(), spoil(token), sub)).toMatchObject(refusal(messages.token));
  });

  test('that is longer than any is refused', async () => {
    expect((await askWith({ actor: 'a'.repeat(8_000) })).status).toBe(200);
    expect(await askWith({ actor: 'a'.repeat(16_000) })).toMatchObject(refusal(messages.token));
  });

  test('that is signed by no algorithm is refused', async () => {
    const [, claims] = (await jobToken(sandbox)).split('.');
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${claims}.`;
    expect(await askForCertificate(sandbox, newKey(), none)).toMatchObject(refusal(messages.token));
  });

  test('of one issuer, signed with the key of another, is refused', async () => {
    const forged = await sandbox.gitlabTokens.token('sigstore', { claims: { iss: sandbox.urls.buildkiteIssuer } });
    expect(await askForCertificate(sandbox, newKey(), forged)).toMatchObject(refusal(messages.token));
  });

  test.each([
    ['none', undefined],
    ['an empty one', ''],
    ['one that is none', 'nobody'],
    ['one that no certificate can name', 'größe@example.com'],
  ])('of a person with %s for an address is refused', async (_what, email) => {
    const token = await sandbox.personTokens.token('dev@example.com', { email: email ?? null });
    expect(await askForCertificate(sandbox, newKey(), token, email ?? '')).toMatchObject(refusal(messages.token));
  });

  test.each([['false'], ['yes'], [1], [null]])(
    'of a person whose address is verified: %j, is refused',
    async (verified) => {
      const token = await sandbox.personTokens.token('dev@example.com', { email_verified: verified });
      expect(await askForCertificate(sandbox, newKey(), token)).toMatchObject(refusal(messages.token));
    },
  );

  test('of a person is not proven with its subject', async () => {
    const token = await sandbox.personTokens.token('dev@example.com');
    const { sub = '' } = claimsOf(token);
    expect(await askForCertificate(sandbox, newKey(), token, sub)).toMatchObject(refusal(messages.signature));
  });
});

describe('a key', () => {
  const rsa = (modulusLength: number): Key => keyOf(generateKeyPairSync('rsa', { modulusLength }));
  const curve = (namedCurve: string): Key => keyOf(generateKeyPairSync('ec', { namedCurve }));

  test.each([
    ['RSA of 2048 bits', () => rsa(2048)],
    ['RSA of 3072 bits', () => rsa(3072)],
  ])('%s is certified', async (_what, make) => {
    expect((await askForCertificate(sandbox, make(), await jobToken(sandbox))).status).toBe(200);
  });

  test.each([
    ['RSA of 1024 bits', () => rsa(1024)],
    ['RSA of 2056 bits', () => rsa(2056)],
    ['P-224', () => curve('secp224r1')],
  ])('%s is insecure', async (_what, make) => {
    expect(await askForCertificate(sandbox, make(), await jobToken(sandbox))).toMatchObject(
      refusal(messages.insecureKey),
    );
  });

  test('for agreement, not for signing, is insecure', async () => {
    const { publicKey } = generateKeyPairSync('x25519');
    const answer = await askForCertificate(sandbox, { publicKey, sign: newKey().sign }, await jobToken(sandbox));
    expect(answer).toMatchObject(refusal(messages.insecureKey));
  });

  test.each([
    ['secp256k1', () => curve('secp256k1')],
    ['Ed448', () => keyOf(generateKeyPairSync('ed448'), null)],
    ['RSA for PSS alone', () => keyOf(generateKeyPairSync('rsa-pss', { modulusLength: 2048 }))],
  ])('%s is one that Go cannot read', async (_what, make) => {
    expect(await askForCertificate(sandbox, make(), await jobToken(sandbox))).toMatchObject(
      refusal(messages.publicKey),
    );
  });

  const ask = async (content: string, key: Key) => {
    const token = await jobToken(sandbox);
    const proofOfPossession = key.sign(Buffer.from(claimsOf(token).sub ?? '')).toString('base64');
    return post(`${sandbox.urls.fulcio}/api/v2/signingCert`, {
      credentials: { oidcIdentityToken: token },
      publicKeyRequest: { publicKey: { content }, proofOfPossession },
    });
  };

  test('may be written as PKCS #1', async () => {
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = pair.publicKey.export({ type: 'pkcs1', format: 'pem' });
    expect((await ask(String(pem), keyOf(pair))).status).toBe(200);
  });

  test('may not be a private one, a certificate, or the base64 of DER', async () => {
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const key = keyOf(pair);
    const { json } = await askForCertificate(sandbox, key, await jobToken(sandbox));
    const [leaf = ''] = json.signedCertificateEmbeddedSct.chain.certificates;
    const secret = String(pair.privateKey.export({ type: 'pkcs8', format: 'pem' }));
    for (const content of [secret, leaf, spki(key).toString('base64'), '']) {
      expect(await ask(content, key)).toMatchObject(refusal(messages.publicKey));
    }
  });

  test('needs a proof', async () => {
    expect(await ask(String(newKey().publicKey.export({ type: 'spki', format: 'pem' })), newKey())).toMatchObject(
      refusal(messages.signature),
    );
  });
});

describe('a certification request', () => {
  const oids = { sha256: '1.2.840.10045.4.3.2', sha384: '1.2.840.10045.4.3.3', sha1: '1.2.840.10045.4.1' };

  async function ask(
    pair: ReturnType<typeof generateKeyPairSync>,
    hash: keyof typeof oids = 'sha256',
    label = 'CERTIFICATE REQUEST',
  ) {
    const key = { publicKey: pair.publicKey, sign: newKey().sign };
    const info = der.sequence(der.integer(0), der.sequence(), new Uint8Array(spki(key)), der.context(0));
    const signature =
      pair.privateKey.asymmetricKeyType === 'ec' ? sign(hash, info, pair.privateKey) : new Uint8Array(8);
    const bytes = der.sequence(info, der.sequence(der.oid(oids[hash])), der.bitString(new Uint8Array(signature)));
    return post(`${sandbox.urls.fulcio}/api/v2/signingCert`, {
      credentials: { oidcIdentityToken: await jobToken(sandbox) },
      certificateSigningRequest: btoa(encodePem(label, bytes)),
    });
  }

  const p256 = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

  test.each(['CERTIFICATE REQUEST', 'NEW CERTIFICATE REQUEST'])('is read as a %s', async (label) => {
    expect((await ask(p256(), 'sha256', label)).status).toBe(200);
  });

  test('is no certificate', async () => {
    expect(await ask(p256(), 'sha256', 'CERTIFICATE')).toMatchObject(refusal(messages.certificateRequest));
  });

  test('is signed with the hash that goes with its key', async () => {
    expect(await ask(p256(), 'sha384')).toMatchObject(
      refusal('signing algorithm not permitted: *ecdsa.PublicKey, SHA-384'),
    );
    const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' });
    expect(await ask(p384, 'sha256')).toMatchObject(
      refusal('signing algorithm not permitted: *ecdsa.PublicKey, SHA-256'),
    );
    expect((await ask(p384, 'sha384')).status).toBe(200);
    expect(await ask(p256(), 'sha1')).toMatchObject(refusal(messages.signature));
  });

  test('is for a key that is good enough, before its signature is looked at', async () => {
    expect(await ask(generateKeyPairSync('ec', { namedCurve: 'secp224r1' }))).toMatchObject(
      refusal(messages.insecureKey),
    );
    expect(await ask(generateKeyPairSync('rsa', { modulusLength: 1024 }))).toMatchObject(refusal(messages.insecureKey));
    expect(await ask(generateKeyPairSync('x25519'))).toMatchObject(refusal(messages.insecureKey));
    expect(await ask(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }))).toMatchObject(
      refusal(messages.certificateRequest),
    );
  });
});
