/**
 * A person logs in with a real browser, at the sandbox's issuer and at one that the real Fulcio trusts. cosign, sigstore-python and
 * Countersign get certificates with the same fields, and every verifier accepts what they sign.
 */

import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readCertificate } from '../../src/core/certificate/index.ts';
import type { VerifyRequest } from './kit/client.ts';
import { Court, clientNames, services, verifierNames } from './kit/court.ts';
import { desktopOf, signAtDesktop } from './kit/login.ts';
import { expectAccepted, expectRefused } from './kit/signed-by.ts';

/** The extensions that depend on the key, or on the time of the certificate. */
const ownExtensions = ['2.5.29.14', '1.3.6.1.4.1.11129.2.4.2'];

/** Returns the fields of the certificate in a bundle that do not depend on the key or the time. */
async function fieldsOf(bundle: string): Promise<unknown> {
  const { verificationMaterial: material } = JSON.parse(await readFile(bundle, 'utf8'));
  const { rawBytes } = material.certificate ?? material.x509CertificateChain.certificates[0];
  const certificate = readCertificate(new Uint8Array(Buffer.from(rawBytes, 'base64')));
  const { notBefore, notAfter, publicKey } = certificate;
  return {
    subject: Buffer.from(certificate.subject).toString('hex'),
    issuer: Buffer.from(certificate.issuer).toString('hex'),
    minutes: (notAfter.getTime() - notBefore.getTime()) / 60_000,
    key: publicKey.kind,
    extensions: [...certificate.extensions]
      .filter(([oid]) => !ownExtensions.includes(oid))
      .map(([oid, { value }]) => [oid, Buffer.from(value).toString('hex')]),
  };
}

describe.each(services)('%s', (where) => {
  let court: Court;
  const signed = new Map<string, VerifyRequest>();
  beforeAll(async () => {
    court = await Court.open(where);
  });
  afterAll(() => court[Symbol.asyncDispose]());

  describe.each(clientNames)('what %s signs after a login', (client) => {
    beforeAll(async () => {
      const { instance } = court;
      const identity = instance.identity('person');
      const file = await court.file(`${client}-login.bin`);
      const bundle = court.path(`${client}-login.sigstore.json`);
      await using desktop = await desktopOf(court.path(`${client}-desktop`), identity.name);
      expectAccepted(await signAtDesktop(client, { instance, file, bundle }, desktop));
      const page = await desktop.page;
      signed.set(client, { instance, source: { kind: 'files', log: 2 }, form: 'message', file, bundle, identity });
      if (client !== 'countersign') return;
      expect(page).toContain('You are logged in');
      expect(page).toContain('You can close this window');
    });

    test.each(verifierNames)('is accepted by %s as the signature of that person, and of nobody else', async (name) => {
      const request = signed.get(client);
      if (request === undefined) throw new Error(`${client} has signed nothing`);
      const verifier = court.verifier(name);
      expectAccepted(await verifier.verify(request));
      const identity = { ...request.identity, name: `other-${request.identity.name}` };
      expectRefused(name, 'identity', await verifier.verify({ ...request, identity }));
    });
  });

  test('the certificates of all clients have the same fields', async () => {
    const [own, ...others] = await Promise.all(
      ['countersign', 'cosign', 'sigstore-python'].map((client) => fieldsOf(signed.get(client)?.bundle ?? '')),
    );
    expect(others).toEqual([own, own]);
  });
});
