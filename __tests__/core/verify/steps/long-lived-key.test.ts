import { describe, expect, test } from '@jest/globals';
import { generateSigningKey, jobIdentity } from '../../../../sandbox/index.ts';
import { utf8 } from '../../../../src/core/encoding/index.ts';
import { claims, now, policyOfKey, withEntries } from '../../../kit/instance.ts';
import { rsaKey } from '../../../kit/keys.ts';

import { artifactDigest, instance, refused, verdict } from '../step-cases.ts';

describe('a long-lived key', () => {
  const key = generateSigningKey('P-256');
  const bundle = instance.sign({ key, managed: true });
  const kept = policyOfKey(key);

  test('is the one that was given, and needs no timestamp', async () => {
    const { signer, signedCertificateTimestamps, times } = await verdict({
      bundle: { ...bundle, timestamps: [] },
      policy: kept,
    });
    expect(signer).toMatchObject({ kind: 'key', publicKey: { spki: key.publicKey } });
    expect([signedCertificateTimestamps, times]).toEqual([[], []]);
  });

  test('a timestamp that is there is verified all the same, and counts if the policy asks for one', async () => {
    const bad = [instance.stamped(utf8('another signature'))];
    await refused(
      { bundle: { ...bundle, timestamps: bad }, policy: kept },
      'TIMESTAMP_MISMATCH',
      /a different signature/,
    );
    const thresholds = { signedCertificateTimestamps: 0, logEntries: 1, timestamps: 1 };
    const strict = policyOfKey(key, { thresholds });
    await expect(verdict({ bundle, policy: strict })).resolves.toMatchObject({ times: [{ time: now }] });
    await refused(
      { bundle: { ...bundle, timestamps: [] }, policy: strict },
      'TIMESTAMP_MISSING',
      /from 0 of 1 required sources/,
    );
  });

  test('another key', async () => {
    await refused(
      { bundle, policy: policyOfKey(generateSigningKey('P-256')) },
      'SIGNATURE_INVALID',
      /with the signer's key/,
    );
    await refused({ bundle, policy: policyOfKey(rsaKey(2048)) }, 'SIGNATURE_INVALID', /with the signer's key/);
  });

  test('a certificate of the same key, where the key was expected', async () => {
    await refused({ bundle: instance.sign({ key }), policy: kept }, 'KEY_MISMATCH', /signed with a certificate/);
  });

  test('a key, where a certificate was expected', async () => {
    await refused({ bundle }, 'IDENTITY_MISMATCH', /signed with a long-lived key; expected a certificate/);
  });

  test('an entry for a certificate of the same key', async () => {
    const { signature } = bundle.content;
    const certificate = instance.certificateAuthority.issue({ publicKey: key.publicKey, ...jobIdentity(claims) });
    const entry = instance.logged(certificate, signature, artifactDigest, key);
    await refused({ bundle: withEntries(bundle, entry), policy: kept }, 'LOG_ENTRY_MISMATCH', /a different/);
  });

  test('there must be an entry', async () => {
    await refused({ bundle: withEntries(bundle), policy: kept }, 'LOG_ENTRY_MISSING', /from 0 of 1 required/);
  });
});
