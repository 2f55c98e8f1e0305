import { describe, expect, test } from '@jest/globals';
import { CertificateAuthority, generateSigningKey, jobIdentity, type LeafRequest } from '../../../../sandbox/index.ts';
import type { Bundle } from '../../../../src/core/bundle/index.ts';
import { oids } from '../../../../src/core/certificate/index.ts';
import { der } from '../../../../src/core/encoding/index.ts';
import { type ErrorCode, type Policy, verifyCertificate } from '../../../../src/core/verify/index.ts';
import { artifact, claims, now, policy, sources } from '../../../kit/instance.ts';
import { expectRejection } from '../../errors/failure.ts';

import { accepted, artifactDigest, hours, instance, leaf, refusal, refused, trust } from '../step-cases.ts';

describe('the certificate', () => {
  test('of an authority that is not trusted', async () => {
    const stranger = new CertificateAuthority({ sources, log: instance.certificateLog });
    const root = instance.trust({
      certificateAuthorities: [{ service: stranger, url: 'https://ca.example.test', start: hours(-1) }],
    });
    await refused({ trust: root }, 'CERTIFICATE_UNTRUSTED', /not issued by a certificate authority/);
  });

  test('of an authority of the same name with another key', async () => {
    const { intermediate } = instance.certificateAuthority;
    const namesake = new CertificateAuthority({
      sources,
      log: instance.certificateLog,
      intermediate: { subject: intermediate.profile.subject },
    });
    const start = hours(-1);
    const root = instance.trust({
      certificateAuthorities: [{ service: namesake, url: 'https://ca.example.test', start }],
    });
    await refused({ trust: root }, 'CERTIFICATE_UNTRUSTED', /authority key identifier/);
    const both = instance.trust({
      certificateAuthorities: [
        { service: namesake, url: 'https://namesake.example.test', start },
        { service: instance.certificateAuthority, url: 'https://ca.example.test', start },
      ],
    });
    await accepted({ trust: both });
  });

  test('signed with another key than its authority has', async () => {
    await refused(
      leaf({ signingKey: generateSigningKey('P-384') }),
      'CERTIFICATE_UNTRUSTED',
      /not signed by its issuer/,
    );
  });

  test('used after it had expired', async () => {
    await refused(
      leaf({ notBefore: hours(-1), notAfter: new Date(now.getTime() - 1000) }),
      'CERTIFICATE_OUTSIDE_VALIDITY',
      /leaf certificate is valid .* used at 2026-11-23T12:00/,
    );
  });

  test('used before it was valid', async () => {
    await refused(
      leaf({ notBefore: new Date(now.getTime() + 1000) }),
      'CERTIFICATE_OUTSIDE_VALIDITY',
      /leaf certificate/,
    );
  });

  test('used at two times, at one of which it was not valid', async () => {
    const bundle = instance.sign();
    const timestamps = [
      ...bundle.timestamps,
      instance.stamped(bundle.content.signature, { genTime: new Date(now.getTime() - 1000) }),
    ];
    await refused({ bundle: { ...bundle, timestamps } }, 'CERTIFICATE_OUTSIDE_VALIDITY', /used at 2026-11-23T11:59:59/);
  });

  test.each([
    ['before', hours(1), undefined],
    ['after', hours(-3), hours(-1)],
  ])("used %s the authority's window", async (_, start, end) => {
    const window = end === undefined ? { start } : { start, end };
    const root = instance.trust({
      certificateAuthorities: [{ service: instance.certificateAuthority, url: 'https://ca.example.test', ...window }],
    });
    await refused({ trust: root }, 'CERTIFICATE_UNTRUSTED', /https:\/\/ca\.example\.test was not trusted at/);
  });

  test('used at the first and the last moment of its window and of its authority’s', async () => {
    const root = instance.trust({
      certificateAuthorities: [
        { service: instance.certificateAuthority, url: 'https://ca.example.test', start: now, end: now },
      ],
    });
    await accepted({ ...leaf({ notBefore: now, notAfter: now }), trust: root });
  });

  test.each<[string, Partial<LeafRequest>, ErrorCode, RegExp]>([
    [
      'any purpose',
      { extendedKeyUsage: { critical: false, purposes: ['2.5.29.37.0'] } },
      'CERTIFICATE_PURPOSE',
      /lacks the extended key usage/,
    ],
    ['no purpose', { extendedKeyUsage: undefined }, 'CERTIFICATE_PURPOSE', /lacks the extended key usage/],
    ['no usage', { keyUsage: undefined }, 'CERTIFICATE_PURPOSE', /lacks the key usage digitalSignature/],
    ['another usage', { keyUsage: ['keyEncipherment'] }, 'CERTIFICATE_PURPOSE', /lacks the key usage digitalSignature/],
  ])('for %s', async (_, changes, code, reason) => {
    await refused(leaf(changes), code, reason);
  });

  test('with a critical extension that is not understood', async () => {
    const { additionalExtensions } = jobIdentity(claims);
    const extended = (critical: boolean) =>
      leaf({ additionalExtensions: [...additionalExtensions, { oid: '1.2.3.4', critical, value: der.null() }] });
    await refused(extended(true), 'CERTIFICATE_UNTRUSTED', /unknown critical extension 1\.2\.3\.4/);
    await accepted(extended(false));
  });

  test('for another purpose than signing code', async () => {
    await refused(
      leaf({ extendedKeyUsage: { critical: false, purposes: [oids.timeStamping] } }),
      'CERTIFICATE_PURPOSE',
      /lacks the extended key usage 1\.3\.6\.1\.5\.5\.7\.3\.3/,
    );
  });

  test('an authority itself', async () => {
    await refused(leaf({ basicConstraints: { authority: true } }), 'CERTIFICATE_PURPOSE', /is a CA certificate/);
  });

  test('of the authority itself, which the trusted root pins', async () => {
    for (const { certificate } of [instance.certificateAuthority.intermediate, instance.certificateAuthority.root]) {
      const bundle: Bundle = { ...instance.sign(), signer: { kind: 'certificate', certificate } };
      await refused(
        { bundle },
        'CERTIFICATE_UNTRUSTED',
        /^the certificate was not issued by a certificate authority of the trusted root$/,
      );
    }
  });

  test('a public key in its place (GHSA-fx35-mq7g-6g98)', async () => {
    const key = generateSigningKey('P-256');
    await refused(
      { bundle: { ...instance.sign({ key }), signer: { kind: 'certificate', certificate: key.publicKey } } },
      'CERTIFICATE_INVALID',
      /signer's certificate/,
    );
  });

  test('of the sandbox, where the sandbox was not asked for', async () => {
    await refused({ policy: { ...policy, sandbox: 'refuse' } }, 'CERTIFICATE_SANDBOX', /issued by a sandbox/);
    const log = instance.certificateLog;
    const unmarked = new CertificateAuthority({ sources, log, marked: false });
    const rootMarked = new CertificateAuthority({
      sources,
      log,
      marked: false,
      root: { additionalExtensions: [{ oid: oids.sandboxMarker, critical: false, value: der.utf8String('x') }] },
    });
    for (const [authority, code] of [
      [unmarked, undefined],
      [rootMarked, 'CERTIFICATE_SANDBOX'],
    ] as const) {
      const key = generateSigningKey('P-256');
      const certificate = authority.issue({ publicKey: key.publicKey, ...jobIdentity(claims) });
      const signature = key.sign(artifact);
      const bundle: Bundle = {
        ...instance.sign(),
        signer: { kind: 'certificate', certificate },
        logEntries: [instance.logged(certificate, signature, artifactDigest, key)],
        timestamps: [instance.stamped(signature)],
        content: { kind: 'message-signature', messageDigest: artifactDigest, signature },
      };
      const root = instance.trust({
        certificateAuthorities: [{ service: authority, url: 'https://ca.example.test', start: hours(-1) }],
      });
      const [found] = await refusal({ bundle, trust: root, policy: { ...policy, sandbox: 'refuse' } });
      expect(found).toBe(code);
    }
  });
});

describe('verifyCertificate, by itself', () => {
  const { signer } = instance.sign();
  if (signer.kind !== 'certificate') throw new Error('the bundle has a certificate');

  test('of bytes that were changed in place, judges what they are now', async () => {
    const bytes = new Uint8Array(signer.certificate);
    await verifyCertificate(bytes, trust, [now], 'accept');
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    await expect(verifyCertificate(bytes, trust, [now], 'accept')).rejects.toMatchObject({
      code: 'CERTIFICATE_UNTRUSTED',
    });
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    await expect(verifyCertificate(bytes, trust, [now], 'accept')).resolves.toBeDefined();
  });

  test('refuse the sandbox unless it is accepted in so many words', async () => {
    await expect(verifyCertificate(signer.certificate, trust, [now], 'accept')).resolves.toMatchObject({
      authority: { uri: 'https://ca.example.test' },
    });
    for (const word of ['refuse', undefined, 'yes'] as const) {
      const sandbox = word as Policy['sandbox'];
      await expectRejection(
        () => verifyCertificate(signer.certificate, trust, [now], sandbox),
        'CERTIFICATE_SANDBOX',
        /issued by a sandbox/,
      );
    }
  });
});
