import { verify, X509Certificate } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { readDer } from '../../src/core/encoding/index.ts';
import {
  CertificateAuthority,
  CertificateLog,
  exampleJob,
  jobIdentity,
  type Sandbox,
  sandboxMarkerOid,
  startSandbox,
  systemSources,
} from '../index.ts';
import { extensionsOf, fulcioTexts } from './certificate.ts';
import { askForCertificate, certificateChain, claimsOf, jobToken, newKey, post, sha256, spki } from './client.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.jobTokens.configure());

describe('a certificate', () => {
  test.each(['P-256', 'P-384', 'P-521', 'Ed25519'] as const)('of a key on %s chains to the root', async (curve) => {
    const key = newKey(curve);
    const [leaf, intermediate, root] = await certificateChain(sandbox, key, await jobToken(sandbox));
    if (!leaf || !intermediate || !root) throw new Error('three certificates');
    expect(leaf.publicKey.equals(key.publicKey)).toBe(true);
    expect([leaf.checkIssued(intermediate), intermediate.checkIssued(root), root.checkIssued(root)]).toEqual([
      true,
      true,
      true,
    ]);
    expect(leaf.verify(intermediate.publicKey)).toBe(true);
    expect(intermediate.verify(root.publicKey)).toBe(true);
    expect(root.verify(root.publicKey)).toBe(true);
    expect([leaf.ca, intermediate.ca, root.ca]).toEqual([false, true, true]);
    expect(root.subject).toMatch(/^O=countersign-sandbox\nCN=sandbox-root-[0-9a-f]{8}$/);
  });

  test('of a job has the profile of Fulcio', async () => {
    const [leaf] = await certificateChain(sandbox, newKey(), await jobToken(sandbox));
    if (!leaf) throw new Error('no leaf');
    expect(leaf.subject).toBeFalsy();
    expect(leaf.subjectAltName).toBe(`URI:https://github.com/${exampleJob.job_workflow_ref}`);
    expect(leaf.keyUsage).toEqual(['1.3.6.1.5.5.7.3.3']);
    expect(leaf.serialNumber).toMatch(/^[4-7][0-9A-F]{39}$/);
    expect(Date.parse(leaf.validTo) - Date.parse(leaf.validFrom)).toBe(600_000);
    const extensions = extensionsOf(leaf);
    const critical = [...extensions].filter(([, extension]) => extension.critical).map(([oid]) => oid);
    expect(critical).toEqual(['2.5.29.15', '2.5.29.17']);
    const github = 'https://github.com/';
    expect(fulcioTexts(leaf)).toEqual({
      1: sandbox.urls.jobIssuer,
      2: 'push',
      3: exampleJob.sha,
      4: 'release',
      5: 'example-org/example-repo',
      6: 'refs/heads/main',
      8: sandbox.urls.jobIssuer,
      9: github + exampleJob.job_workflow_ref,
      10: exampleJob.sha,
      11: 'github-hosted',
      12: `${github}example-org/example-repo`,
      13: exampleJob.sha,
      14: 'refs/heads/main',
      15: '700000001',
      16: `${github}example-org`,
      17: '700000002',
      18: github + exampleJob.workflow_ref,
      19: exampleJob.sha,
      20: 'push',
      21: `${github}example-org/example-repo/actions/runs/8000000001/attempts/1`,
      22: 'public',
      24: 'repo:example-org/example-repo:ref:refs/heads/main',
    });
  });

  test('carries an SCT over the precertificate', async () => {
    const [leaf] = await certificateChain(sandbox, newKey(), await jobToken(sandbox));
    if (!leaf) throw new Error('no leaf');
    const list = readDer(extensionsOf(leaf).get('1.3.6.1.4.1.11129.2.4.2')?.value ?? new Uint8Array(), (der) =>
      der.octetString(),
    );
    expect(Buffer.from(list).readUInt16BE(0)).toBe(list.length - 2);
    expect(Buffer.from(list.subarray(5, 37))).toEqual(sha256(sandbox.certificateLog.key.publicKey));
    expect(sandbox.certificateLog.store.size).toBeGreaterThan(0);
  });

  test('of an authority says that it is a sandbox, unless asked not to', () => {
    const { root, intermediate } = sandbox.certificateAuthority;
    for (const { certificate } of [root, intermediate]) {
      const marker = extensionsOf(new X509Certificate(certificate)).get(sandboxMarkerOid);
      expect(marker?.critical).toBe(false);
      expect(readDer(marker?.value ?? new Uint8Array(), (der) => der.utf8String())).toBe(
        'countersign sandbox: not for production',
      );
    }
    const log = new CertificateLog(systemSources.clock);
    const unmarked = new CertificateAuthority({ sources: systemSources, log, marked: false });
    expect(extensionsOf(new X509Certificate(unmarked.root.certificate)).has(sandboxMarkerOid)).toBe(false);
  });
});

describe('a request for a certificate is refused', () => {
  const token = 'There was an error processing the identity token';
  const refusal = (message: string) => ({ status: 400, json: { code: 3, message, details: [] } });

  test('for another audience', async () => {
    expect(await askForCertificate(sandbox, newKey(), await jobToken(sandbox, 'nobody'))).toMatchObject(refusal(token));
  });

  test('with a token that has ended', async () => {
    sandbox.jobTokens.configure({ lifetimeSeconds: -1 });
    expect(await askForCertificate(sandbox, newKey(), await jobToken(sandbox))).toMatchObject(refusal(token));
  });

  test('with a token of another issuer', async () => {
    await using other = await startSandbox();
    expect(await askForCertificate(sandbox, newKey(), await jobToken(other))).toMatchObject(refusal(token));
    const forged = await other.personTokens.token('signer@example.com', { iss: sandbox.urls.personIssuer });
    expect(await askForCertificate(sandbox, newKey(), forged)).toMatchObject(refusal(token));
  });

  test('with a token that is none, or too long', async () => {
    for (const bad of ['x', 'a.b.c', `${'.'.repeat(20_000)}`]) {
      expect(await askForCertificate(sandbox, newKey(), bad, 'x').catch(String)).toMatchObject(refusal(token));
    }
  });

  test('of a person whose address is not verified', async () => {
    const unverified = await sandbox.personTokens.token('signer@example.com', { email_verified: false });
    expect(await askForCertificate(sandbox, newKey(), unverified)).toMatchObject(refusal(token));
  });

  test('with a signature over another challenge', async () => {
    const answer = await askForCertificate(sandbox, newKey(), await jobToken(sandbox), 'somebody else');
    expect(answer).toMatchObject(refusal('The signature supplied in the request could not be verified'));
  });

  test('without a token, a key, or JSON', async () => {
    const url = `${sandbox.urls.fulcio}/api/v2/signingCert`;
    const credentials = { oidcIdentityToken: await jobToken(sandbox) };
    expect(await post(url, {})).toMatchObject(refusal(token));
    expect(await post(url, { credentials })).toMatchObject(
      refusal('The public key supplied in the request could not be parsed'),
    );
    expect((await post(url, '{')).status).toBe(400);
  });
});

test('the token may come in the header instead, as sigstore-go sends it', async () => {
  const token = await jobToken(sandbox);
  const key = newKey();
  const response = await fetch(`${sandbox.urls.fulcio}/api/v2/signingCert`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({
      publicKeyRequest: {
        publicKey: { content: key.publicKey.export({ type: 'spki', format: 'pem' }) },
        proofOfPossession: key.sign(Buffer.from(claimsOf(token).sub ?? '')).toString('base64'),
      },
    }),
  });
  expect(response.status).toBe(200);
});

describe('wrong certificates on purpose', () => {
  const authority = () =>
    new CertificateAuthority({ sources: systemSources, log: new CertificateLog(systemSources.clock) });
  const identity = jobIdentity({ ...exampleJob, iss: 'http://issuer.test', sub: 'x' });

  test('each part can be chosen', () => {
    const key = newKey();
    const leaf = new X509Certificate(
      authority().issue({
        publicKey: spki(key),
        ...identity,
        notBefore: new Date('2030-01-01T00:00:00Z'),
        notAfter: new Date('2055-01-01T00:00:00Z'),
        serialNumber: new Uint8Array([1]),
        subject: { commonName: 'somebody' },
        extendedKeyUsage: undefined,
        keyUsage: ['keyCertSign'],
        basicConstraints: { authority: true, pathLength: 3 },
        signedCertificateTimestamps: () => [],
      }),
    );
    expect([leaf.validFrom, leaf.validTo]).toEqual(['Jan  1 00:00:00 2030 GMT', 'Jan  1 00:00:00 2055 GMT']);
    expect([leaf.serialNumber, leaf.subject, leaf.ca]).toEqual(['01', 'CN=somebody', true]);
    expect(leaf.keyUsage).toBeUndefined();
    expect(extensionsOf(leaf).has('1.3.6.1.4.1.11129.2.4.2')).toBe(false);
  });

  test('another key can sign', () => {
    const [one, other] = [authority(), authority()];
    const leaf = new X509Certificate(
      one.issue({ publicKey: spki(newKey()), ...identity, signingKey: other.intermediate.key }),
    );
    expect(leaf.verify(new X509Certificate(one.intermediate.certificate).publicKey)).toBe(false);
    expect(leaf.verify(new X509Certificate(other.intermediate.certificate).publicKey)).toBe(true);
  });

  test('the authority itself can be wrong', () => {
    const wrong = new CertificateAuthority({
      sources: systemSources,
      log: new CertificateLog(systemSources.clock),
      intermediate: { basicConstraints: undefined },
    });
    expect(new X509Certificate(wrong.intermediate.certificate).ca).toBe(false);
  });

  test('a signature by the log can be checked, and spoilt', () => {
    const log = new CertificateLog(systemSources.clock);
    const precertificate = { tbsCertificate: new Uint8Array([1, 2, 3]), issuerKeyHash: new Uint8Array(32).fill(9) };
    const timestamp = new Date(0x0102030405);
    const sct = log.submit(precertificate, { timestamp, extensions: new Uint8Array([7]) });
    const time = Buffer.from('0000000102030405', 'hex');
    const signed = Buffer.concat([
      Buffer.from('0000', 'hex'),
      time,
      Buffer.from('0001', 'hex'),
      precertificate.issuerKeyHash,
      Buffer.from('000003010203', 'hex'),
      Buffer.from('000107', 'hex'),
    ]);
    expect(Buffer.from(sct.subarray(33, 44))).toEqual(Buffer.concat([time, Buffer.from('000107', 'hex')]));
    const key = { key: Buffer.from(log.key.publicKey), format: 'der', type: 'spki' } as const;
    expect(verify('sha256', signed, key, sct.subarray(48))).toBe(true);
    expect(log.submit(precertificate, { version: 1 })[0]).toBe(1);
  });
});

test('the challenge of a person is the address', async () => {
  const token = await sandbox.personTokens.token('signer@example.com');
  const [leaf] = await certificateChain(sandbox, newKey(), token);
  expect(leaf?.subjectAltName).toBe('email:signer@example.com');
  expect((await askForCertificate(sandbox, newKey(), token, claimsOf(token).sub)).status).toBe(400);
});
