import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../index.ts';
import { jobToken, newKey, requestCertificate } from './client.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

test('a certification request gets a certificate for its key', async () => {
  const key = newKey();
  const { status, json } = await requestCertificate(sandbox, key, await jobToken(sandbox));
  expect(status).toBe(200);
  const [leaf = ''] = json.signedCertificateEmbeddedSct.chain.certificates;
  expect(new X509Certificate(leaf).publicKey.equals(key.publicKey)).toBe(true);
});

test('a certification request signed by another key is refused', async () => {
  expect(await requestCertificate(sandbox, newKey(), await jobToken(sandbox), newKey())).toMatchObject({
    status: 400,
    json: { code: 3, message: 'The signature supplied in the request could not be verified' },
  });
});

test('what is no certification request is refused', async () => {
  const response = await fetch(`${sandbox.urls.fulcio}/api/v2/signingCert`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await jobToken(sandbox)}` },
    body: JSON.stringify({ certificateSigningRequest: btoa('nothing') }),
  });
  expect([response.status, (await response.json()).message]).toEqual([
    400,
    'The certificate signing request could not be parsed',
  ]);
});
