import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { CertificateLog, fulcioExtension, generateSigningKey, type LeafProfile } from '../../../../sandbox/index.ts';
import { rememberSignaturesOf } from '../../../../src/core/crypto/index.ts';
import { verifyCertificate, verifySCTs } from '../../../../src/core/verify/index.ts';
import { now, policy, sources } from '../../../kit/instance.ts';
import { expectRejection } from '../../errors/failure.ts';

import { accepted, type Case, hours, instance, leaf, refused, trust, verdict } from '../step-cases.ts';

describe('signed certificate timestamps', () => {
  const scts = (make: LeafProfile['signedCertificateTimestamps']): Case => leaf({ signedCertificateTimestamps: make });
  const { certificateLog } = instance;

  test('there must be one', async () => {
    await refused(
      scts(() => []),
      'SCT_MISSING',
      /from 0 of 1 required certificate transparency logs/,
    );
  });

  test('of a log that is not trusted', async () => {
    const stranger = new CertificateLog(sources.clock);
    await refused(
      scts((precertificate) => [stranger.submit(precertificate)]),
      'SCT_MISSING',
      /from 0 of 1 required/,
    );
  });

  test('one of a stranger beside one of a trusted log does no harm', async () => {
    const stranger = new CertificateLog(sources.clock);
    const both = scts((precertificate) => [stranger.submit(precertificate), certificateLog.submit(precertificate)]);
    await expect(verdict(both)).resolves.toMatchObject({ signedCertificateTimestamps: [{ timestamp: now }] });
  });

  test('two of one log count once', async () => {
    const twice = scts((precertificate) => [
      certificateLog.submit(precertificate),
      certificateLog.submit(precertificate),
    ]);
    const strict = { ...policy, thresholds: { ...policy.thresholds, signedCertificateTimestamps: 2 } };
    await refused({ ...twice, policy: strict }, 'SCT_MISSING', /from 1 of 2 required/);
  });

  test('two of two logs: both must be right, and count twice', async () => {
    const second = new CertificateLog(sources.clock);
    const start = hours(-1);
    const root = instance.trust({
      certificateLogs: [
        { service: certificateLog, url: 'https://one.example.test', start },
        { service: second, url: 'https://two.example.test', start },
      ],
    });
    const strict = { ...policy, thresholds: { ...policy.thresholds, signedCertificateTimestamps: 2 } };
    const both = (overrides: Parameters<CertificateLog['submit']>[1]) =>
      scts((precertificate) => [certificateLog.submit(precertificate), second.submit(precertificate, overrides)]);
    await expect(verdict({ ...both({}), trust: root, policy: strict })).resolves.toMatchObject({
      signedCertificateTimestamps: [{ timestamp: now }, { timestamp: now }],
    });
    // One would be enough, and is there: a bad one beside it is not passed over.
    const bad = both({ signingKey: generateSigningKey('P-256') });
    await refused({ ...bad, trust: root }, 'SCT_INVALID', /two\.example\.test is invalid/);
    const early = both({ timestamp: hours(-2) });
    await refused({ ...early, trust: root }, 'SCT_INVALID', /two\.example\.test was not trusted/);
  });

  test('at the first and the last moment of the log’s window', async () => {
    const root = instance.trust({
      certificateLogs: [{ service: certificateLog, url: 'https://ct.example.test', start: now, end: now }],
    });
    await accepted({ trust: root });
  });

  test('of another certificate, though the log signed it and its signatures are remembered', async () => {
    for (const { publicKey } of trust.certificateTransparencyLogs) rememberSignaturesOf(publicKey);
    let earlier: ReturnType<CertificateLog['submit']> | undefined;
    const first = scts((precertificate) => {
      earlier = certificateLog.submit(precertificate);
      return [earlier];
    });
    await accepted(first);
    await accepted(first);
    const second = scts((precertificate) => [earlier ?? certificateLog.submit(precertificate)]);
    await refused(second, 'SCT_INVALID', /signed certificate timestamp of the log .* is invalid/);
  });

  test('signed with another key than the log has', async () => {
    const signingKey = generateSigningKey('P-256');
    await refused(
      scts((precertificate) => [certificateLog.submit(precertificate, { signingKey })]),
      'SCT_INVALID',
      /signed certificate timestamp of the log .* is invalid/,
    );
  });

  test('over another certificate', async () => {
    let first: Uint8Array | undefined;
    const recorded = (precertificate: Parameters<CertificateLog['submit']>[0]) => {
      first ??= certificateLog.submit(precertificate);
      return [first];
    };
    await accepted(scts(recorded));
    await refused(scts(recorded), 'SCT_INVALID', /signed certificate timestamp of the log .* is invalid/);
  });

  test("over a certificate of another issuer's", async () => {
    const issuerKeyHash = new Uint8Array(randomBytes(32));
    await refused(
      scts((precertificate) => [certificateLog.submit({ ...precertificate, issuerKeyHash })]),
      'SCT_INVALID',
      /signed certificate timestamp of the log .* is invalid/,
    );
  });

  test("outside of the log's window", async () => {
    const late = scts((precertificate) => [certificateLog.submit(precertificate, { timestamp: hours(-2) })]);
    await refused(late, 'SCT_INVALID', /was not trusted at 2026-11-23T10:00/);
  });

  test('an extension that no log has seen', async () => {
    await refused(
      leaf({ trailingExtensions: [fulcioExtension(99, 'smuggled in')] }),
      'SCT_INVALID',
      /signed certificate timestamp of the log .* is invalid/,
    );
  });
});

describe('verifySCTs, by itself', () => {
  const { signer } = instance.sign();
  if (signer.kind !== 'certificate') throw new Error('the bundle has a certificate');

  test('take what is no number for more than there is', async () => {
    const verified = await verifyCertificate(signer.certificate, trust, [now], 'accept');
    await expect(verifySCTs(verified, trust, 1)).resolves.toHaveLength(1);
    await expectRejection(() => verifySCTs(verified, trust, Number.NaN), 'SCT_MISSING', /of NaN required/);
  });
});
