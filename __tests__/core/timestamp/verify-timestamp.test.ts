import { describe, expect, test } from '@jest/globals';
import { generateSigningKey, keyPurposes, type ProfileOverrides, type SigningKey } from '../../../sandbox/pki/index.ts';
import { timestampOids as oids, signedAttribute, type TokenOverrides } from '../../../sandbox/timestamp/index.ts';
import { readBundle } from '../../../src/core/bundle/index.ts';
import type { Certificate } from '../../../src/core/certificate/index.ts';
import { readPublicKey } from '../../../src/core/crypto/index.ts';
import { der } from '../../../src/core/encoding/index.ts';
import type { ErrorCode } from '../../../src/core/errors/index.ts';
import { namesSigner, readTimestampResponse, verifyTimestamp } from '../../../src/core/timestamp/index.ts';
import { readTrustedRoot } from '../../../src/core/trust/index.ts';
import { rsaKey } from '../../kit/keys.ts';
import { fixture } from '../bundle/vectors.ts';
import { used } from '../certificate/made.ts';
import { expectRejection } from '../errors/failure.ts';
import { at, chainOf, edited, makeAuthority, respond, sha, stamped } from './made.ts';

const authority = makeAuthority();
const chain = chainOf(authority);
const stranger = makeAuthority();

const verified = (response: Uint8Array, under: readonly Certificate[] = chain, bytes: Uint8Array = stamped) =>
  verifyTimestamp(readTimestampResponse(response), bytes, under);
const refused = (
  response: Uint8Array,
  code: ErrorCode,
  reason: RegExp,
  under: readonly Certificate[] = chain,
  bytes = stamped,
) => expectRejection(() => verified(response, under, bytes), code, reason);

describe('real timestamps', () => {
  const signatures = {
    'rekor2-happy-path': readBundle(fixture('vectors/rekor2-happy-path.json')).content.signature,
    'bundle-with-sct-with-extensions': readBundle(fixture('vectors/bundle-with-sct-with-extensions.json')).content
      .signature,
    'rekor2-dsse-happy-path': readBundle(fixture('vectors/rekor2-dsse-happy-path.json')).content.signature,
  } as const;

  test.each([
    ['rekor2-happy-path', '2025-06-12T12:02:20.000Z'],
    ['rekor2-dsse-happy-path', '2026-05-13T19:23:33.000Z'],
    ['bundle-with-sct-with-extensions', '2026-01-15T22:49:26.000Z'],
  ] as const)('%s was signed at %s', async (name, time) => {
    const token = readTimestampResponse(fixture(`vectors/${name}.tsr`));
    const { timestampAuthorities } = readTrustedRoot(fixture(`vectors/${name}.root.json`));
    const authorities = timestampAuthorities.filter(
      ({ chain: [leaf] }) => leaf !== undefined && namesSigner(token, leaf),
    );
    expect(authorities).toHaveLength(1);
    const real = authorities[0]?.chain ?? [];
    expect((await verifyTimestamp(token, signatures[name], real)).toISOString()).toBe(time);
    await expectRejection(() => verifyTimestamp(token, stamped, real), 'TIMESTAMP_MISMATCH', /a different signature/);
    await expectRejection(
      () => verifyTimestamp(token, signatures[name], chain),
      'TIMESTAMP_UNTRUSTED',
      /a different authority/,
    );
  });

  test('one bit of what is signed, or of the signature, and it is refused', async () => {
    const [real] = readTrustedRoot(fixture('vectors/rekor2-happy-path.root.json')).timestampAuthorities;
    const response = fixture('vectors/rekor2-happy-path.tsr');
    const token = readTimestampResponse(response);
    const under = real?.chain ?? [];
    const signature = signatures['rekor2-happy-path'];
    const { signer } = token;
    const spoiled = [
      { ...signer, signature: signer.signature.with(30, (signer.signature[30] ?? 0) ^ 1) },
      { ...signer, signedAttributes: signer.signedAttributes.with(-1, (signer.signedAttributes.at(-1) ?? 0) ^ 1) },
    ];
    for (const other of spoiled) {
      await expectRejection(
        () => verifyTimestamp({ ...token, signer: other }, signature, under),
        'TIMESTAMP_INVALID',
        /signature of the timestamp/,
      );
    }
    const info = token.info.with(-1, (token.info.at(-1) ?? 0) ^ 1);
    await expectRejection(
      () => verifyTimestamp({ ...token, info }, signature, under),
      'TIMESTAMP_INVALID',
      /signed message digest/,
    );
  });
});

describe('timestamps that hold', () => {
  test('give back their time', async () => {
    expect(await verified(respond(authority))).toEqual(used);
  });

  test.each(['P-256', 'P-384', 'P-521'] as const)('of an authority with a key of the kind %s', async (kind) => {
    const other = makeAuthority({ kind });
    for (const digestHash of ['sha256', 'sha384', 'sha512'] as const) {
      expect(await verified(respond(other, { digestHash }), chainOf(other))).toEqual(used);
    }
  });

  test('of an authority with an Ed25519 key', async () => {
    const other = makeAuthority({ kind: 'Ed25519' });
    expect(await verified(respond(other, { digestHash: 'sha512' }), chainOf(other))).toEqual(used);
  });

  test.each(['sha256', 'sha384', 'sha512'] as const)('over a digest by %s', async (imprintHash) => {
    expect(await verified(respond(authority, { imprintHash }))).toEqual(used);
  });

  test('with the certificates of the authority, whatever stands beside them', async () => {
    const certificates = [stranger.signer.certificate, ...authority.chain];
    expect(await verified(respond(authority, { certificates }))).toEqual(used);
    expect(await verified(respond(authority, { certificates: [] }))).toEqual(used);
    expect(await verified(respond(authority, { certificates: undefined }))).toEqual(used);
  });

  test('that do not say with which certificate they were signed', async () => {
    expect(await verified(respond(authority, { signingCertificate: undefined }))).toEqual(used);
  });

  test('that name their signer by its key', async () => {
    const byKey = (identifier: Uint8Array) =>
      edited(
        edited(respond(authority), at.signerIdentifier, () => [der.contextPrimitive(0, identifier)]),
        at.signerVersion,
        () => [der.integer(3)],
      );
    expect(await verified(byKey(authority.signer.key.keyIdentifier))).toEqual(used);
    await refused(byKey(stranger.signer.key.keyIdentifier), 'TIMESTAMP_UNTRUSTED', /signed by a different authority/);
    const nameless = makeAuthority({ signer: { subjectKeyIdentifier: undefined } });
    await refused(byKey(new Uint8Array()), 'TIMESTAMP_UNTRUSTED', /signed by a different authority/, chainOf(nameless));
  });
});

describe('whose it is', () => {
  test('that of another authority', async () => {
    await refused(respond(stranger), 'TIMESTAMP_UNTRUSTED', /signed by a different authority/);
    await refused(respond(authority), 'TIMESTAMP_UNTRUSTED', /signed by a different authority/, chainOf(stranger));
    await refused(respond(authority), 'TIMESTAMP_UNTRUSTED', /signed by a different authority/, []);
  });

  test('another issuer, or another serial number, of the signer', async () => {
    await refused(
      respond(authority, { signerIssuer: { commonName: 'somebody' } }),
      'TIMESTAMP_UNTRUSTED',
      /signed by a different authority/,
    );
    await refused(
      respond(authority, { signerSerialNumber: new Uint8Array([1]) }),
      'TIMESTAMP_UNTRUSTED',
      /signed by a different authority/,
    );
  });

  test('a token that names this authority and brings the certificate of another', async () => {
    await refused(
      respond(authority, { certificates: [...stranger.chain] }),
      'TIMESTAMP_UNTRUSTED',
      /contains the certificate of a different authority/,
    );
  });

  test('a token that names this authority and is signed by another', async () => {
    await refused(
      respond(authority, { signingKey: stranger.signer.key }),
      'TIMESTAMP_INVALID',
      /signature of the timestamp is invalid/,
    );
  });

  test('the signer of an authority without a URI under the root of another', async () => {
    const [leaf] = chain;
    const [, otherRoot] = chainOf(stranger);
    if (leaf === undefined || otherRoot === undefined) throw new Error('both authorities have a chain');
    await refused(respond(authority), 'CERTIFICATE_UNTRUSTED', /leaf certificate was issued by another authority/, [
      leaf,
      otherRoot,
    ]);
    const namesake = makeAuthority({
      root: { subject: authority.root.profile.subject, subjectKeyIdentifier: undefined },
    });
    const [, namesakeRoot] = chainOf(namesake);
    await refused(respond(authority), 'CERTIFICATE_UNTRUSTED', /leaf certificate was not signed by its issuer/, [
      leaf,
      ...(namesakeRoot ? [namesakeRoot] : []),
    ]);
  });

  test('a signer without a root', async () => {
    await refused(respond(authority), 'CERTIFICATE_UNTRUSTED', /no certificates/, chain.slice(0, 1));
  });
});

describe('what it says', () => {
  test('another signature was stamped', async () => {
    await refused(
      respond(authority),
      'TIMESTAMP_MISMATCH',
      /a different signature/,
      chain,
      new TextEncoder().encode('other bytes'),
    );
    await refused(respond(authority, { imprint: new Uint8Array(32) }), 'TIMESTAMP_MISMATCH', /a different signature/);
    // The digest of the digest is not the digest.
    await refused(respond(authority), 'TIMESTAMP_MISMATCH', /a different signature/, chain, sha('sha256', stamped));
  });

  const withAttribute = (index: number, attribute: Uint8Array): TokenOverrides => ({
    amendSignedAttributes: (attributes) => attributes.with(index, attribute),
  });

  test('the signed content type is another', async () => {
    const attribute = signedAttribute(oids.contentType, der.oid('1.2.840.113549.1.7.1'));
    await refused(
      respond(authority, withAttribute(0, attribute)),
      'TIMESTAMP_INVALID',
      /signed content type 1\.2\.840\.113549\.1\.7\.1/,
    );
  });

  test('the signed digest is of something else', async () => {
    await refused(
      respond(authority, { messageDigest: new Uint8Array(32) }),
      'TIMESTAMP_INVALID',
      /signed message digest does not match/,
    );
    await refused(
      respond(authority, { messageDigest: new Uint8Array() }),
      'TIMESTAMP_INVALID',
      /signed message digest does not match/,
    );
  });

  test('the time was changed after it was signed', async () => {
    const late = edited(respond(authority), at.info, () => {
      const { info } = readTimestampResponse(respond(authority, { genTime: new Date('2027-01-01T00:00:00Z') }));
      return [der.octetString(info)];
    });
    expect(readTimestampResponse(late).time).toEqual(new Date('2027-01-01T00:00:00Z'));
    await refused(late, 'TIMESTAMP_INVALID', /signed message digest does not match/);
  });

  test('it is bound to another certificate', async () => {
    await refused(
      respond(authority, { signingCertificate: stranger.signer.certificate }),
      'TIMESTAMP_UNTRUSTED',
      /bound to a different certificate/,
    );
    await refused(
      respond(authority, { signingCertificate: authority.root.certificate }),
      'TIMESTAMP_UNTRUSTED',
      /bound to a different certificate/,
    );
  });

  test('it is bound to its certificate by another hash', async () => {
    const bound = (digest: Uint8Array) => {
      const id = der.sequence(der.sequence(der.oid('2.16.840.1.101.3.4.2.3')), der.octetString(digest));
      return respond(
        authority,
        withAttribute(3, signedAttribute(oids.signingCertificateV2, der.sequence(der.sequence(id)))),
      );
    };
    expect(await verified(bound(sha('sha512', authority.signer.certificate)))).toEqual(used);
    await refused(
      bound(sha('sha512', stranger.signer.certificate)),
      'TIMESTAMP_UNTRUSTED',
      /bound to a different certificate/,
    );
  });
});

describe('the signature', () => {
  test('one bit of it', async () => {
    const amendSignature = (signature: Uint8Array) => signature.with(40, (signature[40] ?? 0) ^ 1);
    await refused(respond(authority, { amendSignature }), 'TIMESTAMP_INVALID', /signature of the timestamp is invalid/);
  });

  test('is over the attributes, not over the content', async () => {
    const { info } = readTimestampResponse(respond(authority));
    const amendSignature = () => authority.signer.key.sign(info, 'sha256');
    await refused(respond(authority, { amendSignature }), 'TIMESTAMP_INVALID', /signature of the timestamp is invalid/);
  });

  test('covers the attributes under the tag of a SET', async () => {
    const key = authority.signer.key;
    const signingKey: SigningKey = { ...key, sign: (message, hash) => key.sign(message.slice().with(0, 0xa0), hash) };
    await refused(respond(authority, { signingKey }), 'TIMESTAMP_INVALID', /signature of the timestamp is invalid/);
  });

  test('with another hash than the token states, though it is right', async () => {
    const key = authority.signer.key;
    const signingKey: SigningKey = { ...key, sign: (message) => key.sign(message, 'sha384') };
    const ecdsaWithSha384 = der.sequence(der.oid('1.2.840.10045.4.3.3'));
    const response = edited(respond(authority, { signingKey }), at.signatureAlgorithm, () => [ecdsaWithSha384]);
    await refused(response, 'TIMESTAMP_INVALID', /does not match its digest algorithm/);
  });

  test('with an algorithm that we do not verify with', async () => {
    const sha1 = der.sequence(der.oid('1.2.840.113549.1.1.5'), der.null());
    await refused(
      edited(respond(authority), at.signatureAlgorithm, () => [sha1]),
      'KEY_UNSUPPORTED',
      /1\.2\.840\.113549\.1\.1\.5/,
    );
  });

  test('with an algorithm of RSA, which the key is not of', async () => {
    const rsa = der.sequence(der.oid('1.2.840.113549.1.1.11'), der.null());
    await refused(
      edited(respond(authority), at.signatureAlgorithm, () => [rsa]),
      'TIMESTAMP_INVALID',
      /signature of the timestamp is invalid/,
    );
  });

  test('by an authority with an RSA key, whose CMS names the hash or leaves that to the digest algorithm', async () => {
    const rsa = rsaKey(2048);
    const [leaf, ...above] = chain;
    if (leaf === undefined) throw new Error('the authority has a certificate');
    const under = [{ ...leaf, publicKey: readPublicKey(rsa.publicKey) }, ...above];
    const signingKey = { ...authority.signer.key, sign: (bytes: Uint8Array) => rsa.sign(bytes, 'sha256') };
    const signed = (oid: string) =>
      edited(respond(authority, { signingKey }), at.signatureAlgorithm, () => [der.sequence(der.oid(oid), der.null())]);
    // The certificate is that of the ECDSA key, which the path is checked for first.
    for (const oid of ['1.2.840.113549.1.1.11', '1.2.840.113549.1.1.1'])
      expect(await verified(signed(oid), under)).toEqual(used);
    await refused(signed('1.2.840.113549.1.1.12'), 'TIMESTAMP_INVALID', /does not match its digest algorithm/, under);
    await refused(signed('1.2.840.113549.1.1.1'), 'TIMESTAMP_INVALID', /is invalid/);
    const other = [{ ...leaf, publicKey: readPublicKey(rsaKey(2048).publicKey) }, ...above];
    await refused(signed('1.2.840.113549.1.1.1'), 'TIMESTAMP_INVALID', /is invalid/, other);
  });
});

describe('the authority', () => {
  const under = async (
    changes: { signer?: ProfileOverrides; root?: ProfileOverrides },
    code: ErrorCode,
    reason: RegExp,
  ) => {
    const other = makeAuthority(changes);
    return refused(respond(other), code, reason, chainOf(other));
  };
  const timeStamping = keyPurposes.timeStamping;
  const before = new Date(used.getTime() - 1000);
  const after = new Date(used.getTime() + 1000);

  test.each<[string, ProfileOverrides, ErrorCode, RegExp]>([
    ['that had expired', { notAfter: before }, 'CERTIFICATE_OUTSIDE_VALIDITY', /^the leaf certificate is valid/],
    ['that was not yet valid', { notBefore: after }, 'CERTIFICATE_OUTSIDE_VALIDITY', /^the leaf certificate is valid/],
    [
      'that may issue certificates',
      { basicConstraints: { authority: true } },
      'CERTIFICATE_PURPOSE',
      /is a CA certificate/,
    ],
    ['that may not sign', { keyUsage: ['keyCertSign'] }, 'CERTIFICATE_PURPOSE', /lacks the key usage digitalSignature/],
    ['without a key usage', { keyUsage: undefined }, 'CERTIFICATE_PURPOSE', /lacks the key usage digitalSignature/],
    ['without a purpose', { extendedKeyUsage: undefined }, 'CERTIFICATE_PURPOSE', /the extended key usage/],
    [
      'for code signing',
      { extendedKeyUsage: { critical: true, purposes: [keyPurposes.codeSigning] } },
      'CERTIFICATE_PURPOSE',
      /the extended key usage/,
    ],
    [
      'for any purpose',
      { extendedKeyUsage: { critical: true, purposes: [keyPurposes.anyExtendedKeyUsage] } },
      'CERTIFICATE_PURPOSE',
      /the extended key usage/,
    ],
    [
      'whose purpose is not critical',
      { extendedKeyUsage: { critical: false, purposes: [timeStamping] } },
      'CERTIFICATE_PURPOSE',
      /not limited to timestamping/,
    ],
    [
      'with a second purpose',
      { extendedKeyUsage: { critical: true, purposes: [timeStamping, keyPurposes.codeSigning] } },
      'CERTIFICATE_PURPOSE',
      /not limited to timestamping/,
    ],
    [
      'signed by somebody else',
      { signingKey: generateSigningKey('P-384') },
      'CERTIFICATE_UNTRUSTED',
      /not signed by its issuer/,
    ],
  ])('with a signer %s', async (_, signer, code, reason) => {
    await under({ signer }, code, reason);
  });

  test.each<[string, ProfileOverrides, ErrorCode, RegExp]>([
    [
      'that had expired',
      { notAfter: before },
      'CERTIFICATE_OUTSIDE_VALIDITY',
      /certificate 1 of the authority is valid/,
    ],
    ['that is no authority', { basicConstraints: undefined }, 'CERTIFICATE_UNTRUSTED', /is not a CA certificate/],
    [
      'for code signing',
      { extendedKeyUsage: { critical: false, purposes: [keyPurposes.codeSigning] } },
      'CERTIFICATE_PURPOSE',
      /certificate 1 of the authority does not allow/,
    ],
  ])('with a root %s', async (_, root, code, reason) => {
    await under({ root }, code, reason);
  });

  const nameConstraints = der.sequence(der.context(0, der.sequence()));
  const constraints = [
    ['name constraints', '2.5.29.30', nameConstraints],
    ['policy constraints', '2.5.29.36', der.sequence(der.contextPrimitive(0, new Uint8Array([0])))],
    ['an inhibitAnyPolicy extension', '2.5.29.54', der.integer(0)],
    ['the unknown critical extension 1.2.3', '1.2.3', der.null()],
  ] as const;

  test.each(constraints)('with %s, which are not evaluated', async (name, oid, value) => {
    for (const critical of name.startsWith('the unknown') ? [true] : [true, false]) {
      const changed = { additionalExtensions: [{ oid, critical, value }] };
      await under({ root: changed }, 'CERTIFICATE_UNTRUSTED', new RegExp(`certificate 1 of the authority has ${name}`));
      await under({ signer: changed }, 'CERTIFICATE_UNTRUSTED', new RegExp(`^the leaf certificate has ${name}`));
    }
  });

  test('is judged at the time it states: what has expired since was good then', async () => {
    const old = makeAuthority({
      signer: { notAfter: new Date('2026-11-23T07:00:00Z') },
      root: { notAfter: new Date('2026-11-23T07:00:00Z') },
    });
    expect(await verified(respond(old), chainOf(old))).toEqual(used);
    await refused(
      respond(old, { genTime: new Date('2026-11-23T07:00:01Z') }),
      'CERTIFICATE_OUTSIDE_VALIDITY',
      /leaf/,
      chainOf(old),
    );
  });
});
