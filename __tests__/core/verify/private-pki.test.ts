/** Certificates of a private PKI and of GitHub's releases: without an issuer of identities, and with intermediates in the bundle. */

import { describe, expect, test } from '@jest/globals';
import { type CertifiedKey, fulcioExtension, type ProfileOverrides } from '../../../sandbox/index.ts';
import { type Bundle, readBundle, writeBundle } from '../../../src/core/bundle/index.ts';
import { encodeBase64 } from '../../../src/core/encoding/index.ts';
import { exactly, matching, type Policy, pathWithin, policyFor } from '../../../src/core/policy/index.ts';
import type { TrustedRoot } from '../../../src/core/trust/index.ts';
import type { IdentityPolicy } from '../../../src/core/verify/index.ts';
import { artifact, issuer } from '../../kit/instance.ts';
import { leafKey, makeAuthority, makeLeaf } from '../certificate/made.ts';
import { accepted, artifactDigest, hours, instance, refused, trust } from './step-cases.ts';

const name = 'release@example.test';
const root = makeAuthority('root', undefined, {}, 2);
const intermediate = makeAuthority('intermediate', root, {}, 1);
const lower = makeAuthority('lower', intermediate);

/** A bundle of version 0.3 with these certificates beside the leaf, as it is read. */
function signedBy(by: CertifiedKey, others: readonly CertifiedKey[] = [], changes: ProfileOverrides = {}): Bundle {
  const certificate = makeLeaf(by, {
    notBefore: hours(-1),
    notAfter: hours(1),
    subjectAlternativeNames: { critical: false, names: [{ kind: 'rfc822Name', value: name }] },
    ...changes,
  });
  const signature = leafKey.sign(artifact);
  const bundle: Bundle = {
    ...instance.sign(),
    signer: { kind: 'certificate', certificate },
    logEntries: [instance.logged(certificate, signature, artifactDigest, leafKey)],
    timestamps: [instance.stamped(signature)],
    content: { kind: 'message-signature', messageDigest: artifactDigest, signature },
  };
  const { verificationMaterial, ...rest } = JSON.parse(writeBundle(bundle));
  const chain = [certificate, ...others.map((one) => one.certificate)].map((der) => ({ rawBytes: encodeBase64(der) }));
  const { certificate: alone, ...material } = verificationMaterial;
  const signer = others.length === 0 ? { certificate: alone } : { x509CertificateChain: { certificates: chain } };
  return readBundle(JSON.stringify({ ...rest, verificationMaterial: { ...material, ...signer } }));
}

const pinning = (...authorities: readonly CertifiedKey[]): TrustedRoot =>
  instance.trust({
    certificateAuthorities: [
      {
        service: { chain: authorities.map(({ certificate }) => certificate) },
        url: 'https://pki.example.test',
        start: hours(-2),
      },
    ],
  });

const signer: IdentityPolicy = { kind: 'identity', identity: exactly(name), issuer: 'any', claims: [] };
const policyOf = (changes: Partial<IdentityPolicy>, signedCertificateTimestamps = 0): Policy =>
  policyFor(
    { ...signer, ...changes },
    { thresholds: { signedCertificateTimestamps, logEntries: 1, timestamps: 1 }, sandbox: 'refuse' },
  );
const policy = policyOf({});

describe('a certificate that names no issuer of the identity', () => {
  const bundle = signedBy(intermediate);
  const root1 = pinning(intermediate, root);

  test('is accepted by a policy that gives the exact name, and any issuer in so many words', async () => {
    const { signer: found } = await accepted({ bundle, trust: root1, policy });
    expect(found).toMatchObject({ kind: 'identity', identity: { subjectAlternativeName: name, issuer: undefined } });
  });

  test.each<[string, Partial<IdentityPolicy>]>([
    ['any name', { identity: 'any' }],
    ['a pattern of names', { identity: matching('*@example.test') }],
    ['an issuer', { issuer: exactly(issuer) }],
    ['a pattern of issuers', { issuer: matching('https://*.example.test') }],
  ])('is refused by one that gives %s', async (_, changes) => {
    const wrong = { bundle, trust: root1, policy: policyOf(changes) };
    await refused(wrong, 'CERTIFICATE_INVALID', /^the certificate has no OIDC issuer$/);
  });

  test('is refused by one that gives a path of names', async () => {
    const names = [{ kind: 'uniformResourceIdentifier', value: 'https://dotcom.releases.github.com/a/b' } as const];
    const release = signedBy(intermediate, [], { subjectAlternativeNames: { critical: false, names } });
    const under = (identity: IdentityPolicy['identity']) => ({
      bundle: release,
      trust: root1,
      policy: policyOf({ identity }),
    });
    await accepted(under(exactly('https://dotcom.releases.github.com/a/b')));
    for (const identity of [
      pathWithin('https://dotcom.releases.github.com/a'),
      matching('https://dotcom.releases.github.com/a/**'),
    ])
      await refused(under(identity), 'CERTIFICATE_INVALID', /has no OIDC issuer/);
    const other = under(exactly('https://acme.releases.github.com/a/b'));
    await refused(other, 'IDENTITY_MISMATCH', /signed by "https:\/\/dotcom\.releases/);
  });

  test('is refused by a policy of another name, or of a claim', async () => {
    const other = { bundle, trust: root1, policy: policyOf({ identity: exactly('other@example.test') }) };
    await refused(other, 'IDENTITY_MISMATCH', /signed by "release@example\.test"/);
    for (const claim of ['issuer', 'buildTrigger'] as const) {
      const claims = [{ claim, expected: [exactly('x')] }];
      await refused({ bundle, trust: root1, policy: policyOf({ claims }) }, 'CLAIM_MISMATCH', /has no claim/);
    }
  });

  test('is told apart from one that names an issuer in either form', async () => {
    for (const extension of [
      fulcioExtension(8, issuer),
      { oid: '1.3.6.1.4.1.57264.1.1', critical: false, value: Buffer.from(issuer) },
    ]) {
      const named = signedBy(intermediate, [], { additionalExtensions: [extension] });
      const exact = { bundle: named, trust: root1, policy: policyOf({ issuer: exactly(issuer) }) };
      const { signer: found } = await accepted(exact);
      expect(found).toMatchObject({ identity: { issuer } });
      const other = { ...exact, policy: policyOf({ issuer: exactly('https://other.example.test') }) };
      await refused(other, 'ISSUER_MISMATCH', /OIDC issuer is "https:\/\/issuer/);
    }
  });

  test('must be in a certificate transparency log as any other', async () => {
    await refused(
      { bundle, trust: root1, policy: policyOf({}, 1) },
      'SCT_MISSING',
      /from 0 of 1 required certificate transparency logs/,
    );
  });

  test.each<[string, ProfileOverrides['subjectAlternativeNames']]>([
    ['no name', undefined],
    [
      'two names',
      {
        critical: false,
        names: [
          { kind: 'rfc822Name', value: name },
          { kind: 'rfc822Name', value: 'other@example.test' },
        ],
      },
    ],
    ['the name of a host', { critical: false, names: [{ kind: 'dNSName', value: name }] }],
  ])('is refused with %s', async (_, subjectAlternativeNames) => {
    const wrong = { bundle: signedBy(intermediate, [], { subjectAlternativeNames }), trust: root1, policy };
    await refused(wrong, 'CERTIFICATE_INVALID', /exactly one identity/);
  });

  test('is refused if the name is of another kind', async () => {
    const subjectAlternativeNames = {
      critical: false,
      names: [{ kind: 'uniformResourceIdentifier', value: `mailto:${name}` } as const],
    };
    const wrong = { bundle: signedBy(intermediate, [], { subjectAlternativeNames }), trust: root1, policy };
    await refused(wrong, 'IDENTITY_MISMATCH', /./);
  });
});

describe('an issuer that is not the first certificate of the chain', () => {
  test('issues leaves, with their certificate transparency', async () => {
    const { chain } = instance.certificateAuthority;
    const other = makeAuthority('other', undefined);
    const longer = instance.trust({
      certificateAuthorities: [
        { service: { chain: [other.certificate, ...chain] }, url: 'https://ca.example.test', start: hours(-1) },
      ],
    });
    const { signedCertificateTimestamps } = await accepted({ trust: longer });
    expect(signedCertificateTimestamps).toHaveLength(1);
  });

  test('is found in each of several chains, in the one that was trusted at the time', async () => {
    const chains = [lower, makeAuthority('lower', intermediate)].map((first) => ({
      service: { chain: [first, intermediate, root].map(({ certificate }) => certificate) },
    }));
    const [early = { service: { chain: [] } }, late = early] = chains;
    const both = instance.trust({
      certificateAuthorities: [
        { ...early, url: 'https://early.example.test', start: hours(-9), end: hours(-3) },
        { ...late, url: 'https://late.example.test', start: hours(-3) },
      ],
    });
    await accepted({ bundle: signedBy(intermediate), trust: both, policy });
    await refused(
      { bundle: signedBy(lower), trust: both, policy },
      'CERTIFICATE_UNTRUSTED',
      /authority key identifier/,
    );
  });
});

describe('intermediates in a bundle', () => {
  test('lead to a root that is pinned alone', async () => {
    await accepted({ bundle: signedBy(intermediate, [intermediate]), trust: pinning(root), policy });
    await accepted({ bundle: signedBy(intermediate, [intermediate, root]), trust: pinning(root), policy });
    await accepted({ bundle: signedBy(lower, [lower, intermediate]), trust: pinning(root), policy });
    await accepted({ bundle: signedBy(lower, [root, intermediate, lower]), trust: pinning(root), policy });
  });

  test('are not needed where the trusted root pins them, and harm nothing', async () => {
    const stranger = makeAuthority('stranger', undefined);
    for (const others of [[], [intermediate], [root], [stranger]])
      await accepted({ bundle: signedBy(intermediate, others), trust: pinning(intermediate, root), policy });
  });

  test('are not used where the trusted root pins others', async () => {
    const wrong = { bundle: signedBy(lower, [lower]), trust: pinning(intermediate, root), policy };
    await refused(
      wrong,
      'CERTIFICATE_UNTRUSTED',
      /^the certificate was not issued by a certificate authority of the trusted root$/,
    );
    const namesake = makeAuthority('intermediate', root, { authorityKeyIdentifier: undefined }, 1);
    const bundle = signedBy(namesake, [namesake]);
    await refused(
      { bundle, trust: pinning(intermediate, root), policy },
      'CERTIFICATE_UNTRUSTED',
      /authority key identifier/,
    );
    await accepted({ bundle, trust: pinning(root), policy });
  });

  test.each<[string, Partial<IdentityPolicy>]>([
    ['an issuer', { issuer: exactly(issuer) }],
    ['any name', { identity: 'any' }],
    ['a pattern of names', { identity: matching('*@example.test') }],
  ])('are not used by a policy that gives %s', async (_, changes) => {
    const additionalExtensions = [fulcioExtension(8, issuer)];
    const bundle = signedBy(intermediate, [intermediate], { additionalExtensions });
    await accepted({ bundle, trust: pinning(root), policy });
    const wrong = { bundle, trust: pinning(root), policy: policyOf(changes) };
    await refused(
      wrong,
      'CERTIFICATE_UNTRUSTED',
      /^the certificate was not issued by a certificate authority of the trusted root$/,
    );
    await accepted({ ...wrong, trust: pinning(intermediate, root) });
  });

  test('are no roots', async () => {
    const own = makeAuthority('root', undefined, {}, 2);
    const below = makeAuthority('intermediate', own, {}, 1);
    for (const others of [[below], [below, own], [own, below]])
      for (const pinned of [pinning(root), pinning(intermediate, root)])
        await refused({ bundle: signedBy(below, others), trust: pinned, policy }, 'CERTIFICATE_UNTRUSTED', /./);
    await refused({ bundle: signedBy(own, [own]), trust: pinning(root), policy }, 'CERTIFICATE_UNTRUSTED', /./);
    await refused(
      { bundle: signedBy(own, [own]), trust, policy },
      'CERTIFICATE_UNTRUSTED',
      /^the certificate was not issued by/,
    );
  });

  test('are valid when the leaf is used, and allow its purpose', async () => {
    const refusedWith = (changes: ProfileOverrides, reason: RegExp, code = 'CERTIFICATE_UNTRUSTED') => {
      const wrong = makeAuthority('intermediate', root, changes, 1);
      return refused({ bundle: signedBy(wrong, [wrong]), trust: pinning(root), policy }, code as 'USAGE', reason);
    };
    await refusedWith({ notAfter: hours(-0.5) }, /of the bundle is valid from/, 'CERTIFICATE_OUTSIDE_VALIDITY');
    await refusedWith({ basicConstraints: undefined }, /is not a CA certificate/);
    const timeStamping = { critical: false, purposes: ['1.3.6.1.5.5.7.3.8'] };
    await refusedWith({ extendedKeyUsage: timeStamping }, /the extended key usage/, 'CERTIFICATE_PURPOSE');
  });

  test('of a sandbox are refused, where the sandbox was not asked for', async () => {
    const marker = { oid: '2.999.305821105.408246119', critical: false, value: new Uint8Array([5, 0]) };
    const marked = makeAuthority('marked', root, { additionalExtensions: [marker] }, 1);
    const bundle = signedBy(marked, [marked]);
    await refused({ bundle, trust: pinning(root), policy }, 'CERTIFICATE_SANDBOX', /issued by a sandbox/);
    await accepted({ bundle, trust: pinning(root), policy: { ...policy, sandbox: 'accept' } });
  });

  test('that cannot be read as certificates are passed over, as long as they are DER', async () => {
    const odd = { ...intermediate, certificate: new Uint8Array([0x30, 0]) };
    await accepted({ bundle: signedBy(intermediate, [odd, intermediate]), trust: pinning(root), policy });
  });
});
