/** A strict reader of the X.509 certificates (RFC 5280) in Sigstore's chains. */

import { type PublicKey, readPublicKey } from '../crypto/index.ts';
import {
  contextTag,
  type DerElement,
  DerReader,
  equalBytes,
  readDer,
  readSequence,
  readUint,
  tags,
} from '../encoding/index.ts';
import { fail, reading } from '../errors/index.ts';
import { oids } from './oids.ts';
import { readSignatureAlgorithm, type SignatureAlgorithm } from './signature-algorithm.ts';
import { readSubjectAlternativeNames, type SubjectAlternativeName } from './subject-alternative-name.ts';

/** The bits of the key usage extension that are used here (RFC 5280, section 4.2.1.3). */
export type KeyUsage = 'digitalSignature' | 'keyCertSign' | 'cRLSign';

export interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
}

export interface BasicConstraints {
  readonly isAuthority: boolean;
  /** The number of further authorities allowed between this one and a leaf; `undefined` for any number. */
  readonly pathLength: number | undefined;
}

export interface Certificate {
  readonly der: Uint8Array;
  /** The bytes that the issuer signed: TBSCertificate, DER. */
  readonly tbs: Uint8Array;
  /** The contents of the serial number's INTEGER. */
  readonly serialNumber: Uint8Array;
  /** Name, DER. */
  readonly issuer: Uint8Array;
  /** Name, DER. */
  readonly subject: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly publicKey: PublicKey;
  readonly signatureAlgorithm: SignatureAlgorithm;
  readonly signature: Uint8Array;
  readonly extensions: ReadonlyMap<string, Extension>;
  readonly basicConstraints: BasicConstraints | undefined;
  readonly keyUsage: ReadonlySet<KeyUsage> | undefined;
  readonly extendedKeyUsage: readonly string[] | undefined;
  readonly subjectAlternativeNames: readonly SubjectAlternativeName[];
  readonly subjectKeyIdentifier: Uint8Array | undefined;
  readonly authorityKeyIdentifier: Uint8Array | undefined;
}

const maxCertificateLength = 64 * 1024;
const maxExtensions = 64;

/**
 * Reads a certificate.
 *
 * @param der the certificate, DER
 * @param what how an error names it
 * @throws CountersignError `CERTIFICATE_INVALID`, `KEY_UNSUPPORTED`, `LIMIT_EXCEEDED`
 */
export function readCertificate(der: Uint8Array, what = 'the certificate'): Certificate {
  if (der.length > maxCertificateLength)
    fail('LIMIT_EXCEEDED', `${what} has ${der.length} bytes; the limit is ${maxCertificateLength}`);
  return reading('CERTIFICATE_INVALID', what, () =>
    readSequence(der, (certificate) => {
      const tbs = certificate.element(tags.sequence);
      const outerAlgorithm = certificate.element(tags.sequence).der;
      const signature = certificate.bitString();
      const body = readTbs(tbs);
      // RFC 5280, section 4.1.1.2: or the algorithm could be exchanged, being outside of what is signed.
      if (!equalBytes(body.algorithm, outerAlgorithm))
        fail('CERTIFICATE_INVALID', 'the inner and outer signature algorithms differ');
      return {
        der,
        tbs: tbs.der,
        signature,
        signatureAlgorithm: readSignatureAlgorithm(outerAlgorithm),
        ...body.fields,
        ...readKnownExtensions(body.fields.extensions),
      };
    }),
  );
}

function readTbs(tbs: DerElement) {
  const reader = new DerReader(tbs.contents);
  const version = reader.optional(contextTag(0, 'constructed'));
  if (version === undefined || readDer(version.contents, (der) => der.unsigned()) !== 2n) {
    fail('CERTIFICATE_INVALID', 'the X.509 version is not 3');
  }
  const serialNumber = reader.integerBytes();
  const algorithm = reader.element(tags.sequence).der;
  const issuer = reader.element(tags.sequence).der;
  const validity = reader.sequence();
  const notBefore = validity.time();
  const notAfter = validity.time();
  validity.end();
  const subject = reader.element(tags.sequence).der;
  const publicKey = readPublicKey(reader.element(tags.sequence).der);
  const extensions = reader.optional(contextTag(3, 'constructed'));
  reader.end();
  return {
    algorithm,
    fields: {
      serialNumber,
      issuer,
      subject,
      notBefore,
      notAfter,
      publicKey,
      extensions: readExtensions(extensions?.contents),
    },
  };
}

function readExtensions(list: Uint8Array | undefined): ReadonlyMap<string, Extension> {
  const extensions = new Map<string, Extension>();
  if (list === undefined) return extensions;
  const items = new DerReader(readDer(list, (der) => der.element(tags.sequence).contents));
  while (!items.done) {
    const extension = items.sequence();
    const oid = extension.oid();
    // DER omits FALSE, so a written FALSE is a second encoding.
    const critical =
      extension.nextTag === tags.boolean && (extension.boolean() || fail('DER_INVALID', 'a default FALSE is encoded'));
    const value = extension.octetString();
    extension.end();
    if (extensions.has(oid)) fail('CERTIFICATE_INVALID', `the extension ${oid} occurs twice`);
    if (extensions.size === maxExtensions) fail('LIMIT_EXCEEDED', `there are more than ${maxExtensions} extensions`);
    extensions.set(oid, { oid, critical, value });
  }
  return extensions;
}

function readKnownExtensions(extensions: ReadonlyMap<string, Extension>) {
  const read = <T>(oid: string, reader: (value: Uint8Array) => T): T | undefined => {
    const extension = extensions.get(oid);
    return extension === undefined
      ? undefined
      : reading('CERTIFICATE_INVALID', `the extension ${oid}`, () => reader(extension.value));
  };
  return {
    basicConstraints: read(oids.basicConstraints, readBasicConstraints),
    keyUsage: read(oids.keyUsage, readKeyUsage),
    extendedKeyUsage: read(oids.extendedKeyUsage, readExtendedKeyUsage),
    subjectAlternativeNames: read(oids.subjectAlternativeName, readSubjectAlternativeNames) ?? [],
    subjectKeyIdentifier: read(oids.subjectKeyIdentifier, (value) => readDer(value, (der) => der.octetString())),
    authorityKeyIdentifier: read(oids.authorityKeyIdentifier, readAuthorityKeyIdentifier),
  };
}

function readBasicConstraints(value: Uint8Array): BasicConstraints {
  return readSequence(value, (der) => {
    const isAuthority =
      der.nextTag === tags.boolean && (der.boolean() || fail('DER_INVALID', 'a default FALSE is encoded'));
    const pathLength = der.nextTag === tags.integer ? Number(der.unsigned()) : undefined;
    return { isAuthority, pathLength };
  });
}

function readKeyUsage(value: Uint8Array): ReadonlySet<KeyUsage> {
  const bits = readDer(value, (der) => der.namedBits());
  const names: readonly (readonly [number, KeyUsage])[] = [
    [0, 'digitalSignature'],
    [5, 'keyCertSign'],
    [6, 'cRLSign'],
  ];
  return new Set(names.filter(([bit]) => bits.has(bit)).map(([, name]) => name));
}

function readExtendedKeyUsage(value: Uint8Array): readonly string[] {
  return readSequence(value, (der) => {
    const purposes: string[] = [];
    while (!der.done) purposes.push(der.oid());
    return purposes;
  });
}

function readAuthorityKeyIdentifier(value: Uint8Array): Uint8Array | undefined {
  return readSequence(value, (der) => {
    const keyIdentifier = der.optional(contextTag(0, 'primitive'));
    while (!der.done) der.any();
    return keyIdentifier?.contents;
  });
}

/** Returns the serial number in hexadecimal, for people. */
export function serialNumberText(certificate: Certificate): string {
  return readUint(certificate.serialNumber).toString(16);
}
