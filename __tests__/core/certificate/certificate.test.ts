import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { generateSigningKey, signatureAlgorithm } from '../../../sandbox/pki/index.ts';
import { readBundle } from '../../../src/core/bundle/index.ts';
import {
  oids,
  readCertificate,
  type SignatureAlgorithm,
  serialNumberText,
} from '../../../src/core/certificate/index.ts';
import { concatBytes, der, utf8 } from '../../../src/core/encoding/index.ts';
import { certificateOf, fixture, fixtureText } from '../bundle/vectors.ts';
import { expectFailure } from '../errors/failure.ts';
import { elementsOf, extension, field, leafKey, makeAuthorities, makeLeaf, resigned } from './made.ts';

const { root, intermediate } = makeAuthorities();
const oldBundle = JSON.parse(fixtureText('vectors/happy-path-v0.1.json'));
const oldLeaf = new Uint8Array(
  Buffer.from(String(oldBundle.verificationMaterial.x509CertificateChain.certificates[0].rawBytes), 'base64'),
);
const leafOf = (name: string) => certificateOf(readBundle(fixture(`vectors/${name}.json`)));
const byFulcio: SignatureAlgorithm = { kind: 'ecdsa', hash: 'sha384' };
const realLeaves: readonly (readonly [string, Uint8Array, SignatureAlgorithm])[] = [
  ['rekor2-happy-path', leafOf('rekor2-happy-path'), byFulcio],
  ['rekor2-checkpoint-cosigned', leafOf('rekor2-checkpoint-cosigned'), byFulcio],
  ['happy-path-v0.1', oldLeaf, byFulcio],
  // Its authority has an RSA key.
  [
    'bundle-with-sct-with-extensions',
    leafOf('bundle-with-sct-with-extensions'),
    { kind: 'rsa', padding: 'pkcs1', hash: 'sha256' },
  ],
];

describe('real certificates', () => {
  test.each(realLeaves)('%s, as OpenSSL reads it', (_, bytes, signatureAlgorithm) => {
    const certificate = readCertificate(bytes);
    const openssl = new X509Certificate(bytes);
    expect(serialNumberText(certificate).toUpperCase()).toBe(openssl.serialNumber.replace(/^0+/, ''));
    expect(certificate.notBefore).toEqual(new Date(openssl.validFrom));
    expect(certificate.notAfter).toEqual(new Date(openssl.validTo));
    expect(certificate.notAfter.getTime() - certificate.notBefore.getTime()).toBe(600_000);
    expect(
      Buffer.from(certificate.publicKey.spki).equals(openssl.publicKey.export({ type: 'spki', format: 'der' })),
    ).toBe(true);
    expect(certificate.extendedKeyUsage).toEqual(openssl.keyUsage);
    expect(certificate.subjectAlternativeNames.map((name) => 'value' in name && `URI:${name.value}`)).toEqual([
      openssl.subjectAltName,
    ]);
    expect(certificate).toMatchObject({
      der: bytes,
      basicConstraints: undefined,
      extendedKeyUsage: [oids.codeSigning],
      keyUsage: new Set(['digitalSignature']),
    });
    expect(certificate.signatureAlgorithm).toEqual(signatureAlgorithm);
    expect(elementsOf(bytes)[0]).toEqual(certificate.tbs);
    expect(certificate.subjectKeyIdentifier).toHaveLength(20);
    expect(certificate.authorityKeyIdentifier).toHaveLength(20);
    expect(certificate.extensions.get(oids.keyUsage)?.critical).toBe(true);
    expect(certificate.extensions.get(oids.extendedKeyUsage)?.critical).toBe(false);
  });
});

describe('made certificates', () => {
  test('an authority', () => {
    expect(readCertificate(root.certificate)).toMatchObject({
      basicConstraints: { isAuthority: true, pathLength: 1 },
      keyUsage: new Set(['keyCertSign', 'cRLSign']),
      extendedKeyUsage: undefined,
      authorityKeyIdentifier: undefined,
      subjectKeyIdentifier: root.key.keyIdentifier,
      subjectAlternativeNames: [],
    });
  });

  test('the fields of a leaf', () => {
    const serialNumber = new Uint8Array([0x40, 0x01]);
    const certificate = readCertificate(
      makeLeaf(intermediate, { serialNumber, extendedKeyUsage: { critical: true, purposes: ['1.2.3', '1.2.4'] } }),
    );
    expect(certificate).toMatchObject({
      serialNumber,
      issuer: readCertificate(intermediate.certificate).subject,
      subject: der.sequence(),
      extendedKeyUsage: ['1.2.3', '1.2.4'],
      authorityKeyIdentifier: intermediate.key.keyIdentifier,
      subjectKeyIdentifier: leafKey.keyIdentifier,
    });
    expect(serialNumberText(certificate)).toBe('4001');
    expect(certificate.extensions.get(oids.extendedKeyUsage)).toMatchObject({
      oid: oids.extendedKeyUsage,
      critical: true,
    });
  });

  test('basic constraints without a length of the path, and of nobody', () => {
    const constraints = (value: { authority: boolean; pathLength?: number }) =>
      readCertificate(makeLeaf(intermediate, { basicConstraints: value })).basicConstraints;
    expect(constraints({ authority: true })).toEqual({ isAuthority: true, pathLength: undefined });
    expect(constraints({ authority: true, pathLength: 0 })).toEqual({ isAuthority: true, pathLength: 0 });
    expect(constraints({ authority: false })).toEqual({ isAuthority: false, pathLength: undefined });
  });

  test('no extensions at all', () => {
    const bytes = resigned(makeLeaf(intermediate), intermediate.key, (fields) => fields.slice(0, field.extensions));
    expect(readCertificate(bytes)).toMatchObject({
      keyUsage: undefined,
      extendedKeyUsage: undefined,
      subjectAlternativeNames: [],
    });
  });

  test('an authority key identifier with the issuer and serial number beside the key', () => {
    const value = der.sequence(
      der.contextPrimitive(0, new Uint8Array([1, 2])),
      der.context(1),
      der.contextPrimitive(2, new Uint8Array([9])),
    );
    const additionalExtensions = [extension(oids.authorityKeyIdentifier, value)];
    const leaf = makeLeaf(intermediate, { authorityKeyIdentifier: undefined, additionalExtensions });
    expect(readCertificate(leaf).authorityKeyIdentifier).toEqual(new Uint8Array([1, 2]));
  });
});

describe('what is not a certificate', () => {
  const leaf = makeLeaf(intermediate);
  const amended = (amend: (fields: readonly Uint8Array[]) => readonly Uint8Array[]) =>
    resigned(leaf, intermediate.key, amend);
  const withExtensions = (...extensions: readonly Uint8Array[]) =>
    amended((fields) => fields.with(field.extensions, der.context(3, der.sequence(...extensions))));
  const withExtension = (oid: string, value: Uint8Array) =>
    withExtensions(der.sequence(der.oid(oid), der.octetString(value)));

  test('amending nothing changes nothing: each of the cases below is the only thing that is wrong', () => {
    expect(readCertificate(amended((fields) => fields)).tbs).toEqual(readCertificate(leaf).tbs);
  });

  const utc = (text: string) => der.element(0x17, utf8(text));
  test.each([
    ['a byte after it', concatBytes(leaf, new Uint8Array(1)), /unexpected data after the end/],
    ['half of it', leaf.subarray(0, leaf.length / 2), /exceeds the remaining/],
    ['nothing', new Uint8Array(), /found nothing/],
    ['PEM', utf8('-----BEGIN CERTIFICATE-----'), /expected tag 0x30/],
    ['a fourth member', der.sequence(...elementsOf(leaf), der.null()), /unexpected data after the end/],
    ['no signature', der.sequence(...elementsOf(leaf).slice(0, 2)), /expected tag 0x3/],
    ['version 1', amended((fields) => fields.slice(1)), /the X.509 version is not 3/],
    [
      'version 1, written out',
      amended((fields) => fields.with(field.version, der.context(0, der.integer(0)))),
      /the X.509 version is not 3/,
    ],
    [
      'version 2',
      amended((fields) => fields.with(field.version, der.context(0, der.integer(1)))),
      /the X.509 version is not 3/,
    ],
    [
      'version 4',
      amended((fields) => fields.with(field.version, der.context(0, der.integer(3)))),
      /the X.509 version is not 3/,
    ],
    [
      'two versions',
      amended((fields) => fields.with(field.version, der.context(0, der.integer(2), der.integer(2)))),
      /unexpected data after the end/,
    ],
    [
      'a serial number that is not minimal',
      amended((fields) => fields.with(field.serialNumber, der.element(2, new Uint8Array([0, 1])))),
      /not minimal/,
    ],
    [
      'a third time',
      amended((fields) =>
        fields.with(field.validity, der.sequence(utc('260101000000Z'), utc('260101000000Z'), utc('260101000000Z'))),
      ),
      /unexpected data after the end/,
    ],
    [
      'a time that does not exist',
      amended((fields) => fields.with(field.validity, der.sequence(utc('260230000000Z'), utc('260301000000Z')))),
      /does not exist/,
    ],
    [
      'unique identifiers',
      amended((fields) => fields.toSpliced(field.extensions, 0, der.contextPrimitive(1, new Uint8Array([0, 1])))),
      /unexpected data after the end/,
    ],
    [
      'extensions twice',
      amended((fields) => [...fields, ...fields.slice(field.extensions)]),
      /unexpected data after the end/,
    ],
    ['a field after the extensions', amended((fields) => [...fields, der.null()]), /unexpected data after the end/],
    [
      'extensions in two lists',
      amended((fields) => fields.with(field.extensions, der.context(3, der.sequence(), der.sequence()))),
      /unexpected data after the end/,
    ],
    [
      'an extension twice',
      withExtensions(...[1, 2].map(() => der.sequence(der.oid('1.2.3'), der.octetString(new Uint8Array())))),
      /the extension 1\.2\.3 occurs twice/,
    ],
    [
      'an extension that says FALSE',
      withExtensions(der.sequence(der.oid('1.2.3'), der.boolean(false), der.octetString(new Uint8Array()))),
      /a default FALSE is encoded/,
    ],
    [
      'an extension with a fourth member',
      withExtensions(der.sequence(der.oid('1.2.3'), der.octetString(new Uint8Array()), der.null())),
      /unexpected data after the end/,
    ],
    ['an extension without a value', withExtensions(der.sequence(der.oid('1.2.3'))), /expected tag 0x4/],
    [
      'basic constraints that say FALSE',
      withExtension(oids.basicConstraints, der.sequence(der.boolean(false))),
      /2\.5\.29\.19: a default FALSE is encoded/,
    ],
    [
      'a negative length of the path',
      withExtension(oids.basicConstraints, der.sequence(der.boolean(true), der.element(2, new Uint8Array([0xff])))),
      /negative/,
    ],
    [
      'a third basic constraint',
      withExtension(oids.basicConstraints, der.sequence(der.boolean(true), der.integer(1), der.integer(1))),
      /unexpected data after the end/,
    ],
    [
      'bytes after the basic constraints',
      withExtension(oids.basicConstraints, concatBytes(der.sequence(), der.null())),
      /unexpected data after the end/,
    ],
    [
      'a key usage with zeros at the end',
      withExtension(oids.keyUsage, der.element(3, new Uint8Array([0, 0x80]))),
      /not minimal/,
    ],
    [
      'bytes after the key usage',
      withExtension(oids.keyUsage, concatBytes(der.namedBits(0), der.null())),
      /unexpected data after the end/,
    ],
    [
      'a purpose that is not an identifier',
      withExtension(oids.extendedKeyUsage, der.sequence(der.integer(1))),
      /expected tag 0x6/,
    ],
    [
      'bytes after the key identifier',
      withExtension(oids.subjectKeyIdentifier, concatBytes(der.octetString(new Uint8Array(20)), der.null())),
      /unexpected data after the end/,
    ],
    ['a raw key identifier', withExtension(oids.subjectKeyIdentifier, new Uint8Array(20).fill(1)), /expected tag 0x4/],
    [
      'an authority key identifier that is none',
      withExtension(oids.authorityKeyIdentifier, der.octetString(new Uint8Array(20))),
      /expected tag 0x30/,
    ],
  ])('%s', (_, bytes, reason) => {
    expectFailure(() => readCertificate(bytes, 'the leaf'), 'CERTIFICATE_INVALID', reason);
    expectFailure(() => readCertificate(bytes, 'the leaf'), 'CERTIFICATE_INVALID', /^the leaf: /);
  });

  test('two different algorithm identifiers', () => {
    const outer = signatureAlgorithm(intermediate.key, 'sha256');
    expectFailure(
      () => readCertificate(resigned(leaf, intermediate.key, (fields) => fields, outer)),
      'CERTIFICATE_INVALID',
      /the inner and outer signature algorithms differ/,
    );
  });

  test('an algorithm with parameters, which must be absent', () => {
    const algorithm = der.sequence(der.oid('1.2.840.10045.4.3.3'), der.null());
    const bytes = resigned(leaf, intermediate.key, (fields) => fields.with(field.signature, algorithm), algorithm);
    expectFailure(() => readCertificate(bytes), 'CERTIFICATE_INVALID', /unexpected data after the end/);
  });

  test('an algorithm that we do not verify with is read, for the certificate may be one that is never used', () => {
    const sha1 = der.sequence(der.oid('1.2.840.113549.1.1.5'), der.null());
    const bytes = resigned(leaf, intermediate.key, (fields) => fields.with(field.signature, sha1), sha1);
    expect(readCertificate(bytes).signatureAlgorithm).toEqual({ kind: 'unsupported', oid: '1.2.840.113549.1.1.5' });
  });

  test('a key that is not supported is not the same as one that is broken', () => {
    const publicKey = new Uint8Array(generateKeyPairSync('x25519').publicKey.export({ type: 'spki', format: 'der' }));
    expectFailure(
      () => readCertificate(makeLeaf(intermediate, { publicKey })),
      'KEY_UNSUPPORTED',
      /^the certificate: the public key: the key type .* is not supported/,
    );
  });

  test('a compressed key is broken', () => {
    const { publicKey } = generateSigningKey('P-256');
    const compressed = der.sequence(
      ...elementsOf(publicKey).slice(0, 1),
      der.bitString(concatBytes(new Uint8Array([2]), publicKey.subarray(-64, -32))),
    );
    expectFailure(
      () => readCertificate(makeLeaf(intermediate, { publicKey: compressed })),
      'CERTIFICATE_INVALID',
      /not in uncompressed form/,
    );
  });

  test('64 extensions are read, 65 are not', () => {
    const some = (count: number) =>
      withExtensions(
        ...Array.from({ length: count }, (_, i) =>
          der.sequence(der.oid(`1.2.${i}`), der.octetString(new Uint8Array())),
        ),
      );
    expect(readCertificate(some(64)).extensions.size).toBe(64);
    expectFailure(() => readCertificate(some(65)), 'LIMIT_EXCEEDED', /more than 64 extensions/);
  });

  test('60 KB are read, more than 64 KiB are not', () => {
    expect(readCertificate(withExtension('1.2.3', new Uint8Array(60_000))).extensions.size).toBe(1);
    expectFailure(
      () => readCertificate(withExtension('1.2.3', new Uint8Array(65_536)), 'the leaf'),
      'LIMIT_EXCEEDED',
      /^the leaf has \d+ bytes; the limit is \d+$/,
    );
  });
});
