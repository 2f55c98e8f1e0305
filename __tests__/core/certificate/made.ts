/** Certificates made for a test by the sandbox's writer, right unless told otherwise. */

import { randomBytes } from 'node:crypto';
import {
  type CertificateProfile,
  type CertifiedKey,
  certifyAuthority,
  freshSerialNumber,
  generateSigningKey,
  type KeyKind,
  keyPurposes,
  type ProfileOverrides,
  type SigningKey,
  signCertificate,
} from '../../../sandbox/pki/index.ts';
import type { Sources } from '../../../sandbox/sources.ts';
import { type Certificate, oids, readCertificate } from '../../../src/core/certificate/index.ts';
import { DerReader, der, readDer, tags } from '../../../src/core/encoding/index.ts';

/** The time at which the leaf is used: five minutes into its ten. */
export const used = new Date('2026-11-23T06:05:00Z');
export const leafStart = new Date('2026-11-23T06:00:00Z');
export const leafEnd = new Date('2026-11-23T06:10:00Z');
export const authorityStart = new Date('2026-01-01T00:00:00Z');
export const authorityEnd = new Date('2035-12-31T23:59:59Z');

export const sources: Sources = { clock: () => used, random: (length) => new Uint8Array(randomBytes(length)) };

export interface Authorities {
  readonly root: CertifiedKey;
  readonly intermediate: CertifiedKey;
  /** As `verifyPath` takes it: the issuer of the leaf first. */
  readonly chain: readonly Certificate[];
}

export function makeAuthorities(
  changes: { readonly root?: ProfileOverrides; readonly intermediate?: ProfileOverrides; readonly kind?: KeyKind } = {},
): Authorities {
  const common = {
    kind: changes.kind ?? 'P-384',
    notBefore: authorityStart,
    notAfter: authorityEnd,
    marked: false,
  } as const;
  const root = certifyAuthority(
    { ...common, subject: { commonName: 'root' }, pathLength: 1, codeSigning: false, overrides: changes.root ?? {} },
    sources,
  );
  const intermediate = certifyAuthority(
    {
      ...common,
      subject: { commonName: 'intermediate' },
      issuer: root,
      pathLength: 0,
      codeSigning: true,
      overrides: changes.intermediate ?? {},
    },
    sources,
  );
  return { root, intermediate, chain: [intermediate, root].map(({ certificate }) => readCertificate(certificate)) };
}

/** Makes a further authority below another one, or a root. */
export function makeAuthority(
  commonName: string,
  issuer: CertifiedKey | undefined,
  overrides: ProfileOverrides = {},
  pathLength = 0,
): CertifiedKey {
  return certifyAuthority(
    {
      kind: 'P-256',
      notBefore: authorityStart,
      notAfter: authorityEnd,
      marked: false,
      subject: { commonName },
      ...(issuer !== undefined && { issuer }),
      pathLength,
      codeSigning: false,
      overrides,
    },
    sources,
  );
}

/** Returns certificates as `verifyPath` takes them. */
export const chainOf = (...authorities: readonly CertifiedKey[]): readonly Certificate[] =>
  authorities.map(({ certificate }) => readCertificate(certificate));

export const leafKey = generateSigningKey('P-256');

export function leafProfile(issuer: CertifiedKey, changes: ProfileOverrides = {}): CertificateProfile {
  return {
    serialNumber: freshSerialNumber(sources.random),
    issuer: issuer.profile.subject,
    subject: {},
    notBefore: leafStart,
    notAfter: leafEnd,
    publicKey: leafKey.publicKey,
    keyUsage: ['digitalSignature'],
    extendedKeyUsage: { critical: false, purposes: [keyPurposes.codeSigning] },
    basicConstraints: undefined,
    subjectKeyIdentifier: leafKey.keyIdentifier,
    authorityKeyIdentifier: issuer.key.keyIdentifier,
    subjectAlternativeNames: { critical: true, names: [{ kind: 'rfc822Name', value: 'a@example.test' }] },
    additionalExtensions: [],
    signingKey: issuer.key,
    signatureHash: undefined,
    ...changes,
  };
}

export function makeLeaf(issuer: CertifiedKey, changes: ProfileOverrides = {}): Uint8Array {
  return signCertificate(leafProfile(issuer, changes));
}

/** An extension that the profile has no member for. */
export function extension(oid: string, value: Uint8Array, critical = false) {
  return { oid, critical, value };
}

export const sctExtension = (list: Uint8Array) => extension(oids.signedCertificateTimestamps, der.octetString(list));

/** The elements inside of a SEQUENCE, each whole. */
export function elementsOf(sequence: Uint8Array): readonly Uint8Array[] {
  const reader = new DerReader(readDer(sequence, (whole) => whole.element(tags.sequence).contents));
  const elements: Uint8Array[] = [];
  while (!reader.done) elements.push(reader.any().der);
  return elements;
}

/** The positions of the fields of a TBSCertificate. */
export const field = {
  version: 0,
  serialNumber: 1,
  signature: 2,
  issuer: 3,
  validity: 4,
  subject: 5,
  publicKey: 6,
  extensions: 7,
} as const;

/** The certificate with other fields in what is signed, and signed again. */
export function resigned(
  certificate: Uint8Array,
  key: Pick<SigningKey, 'sign'>,
  amend: (fields: readonly Uint8Array[]) => readonly Uint8Array[],
  outerAlgorithm?: Uint8Array,
): Uint8Array {
  const [tbs = new Uint8Array(), ownAlgorithm = new Uint8Array()] = elementsOf(certificate);
  const amended = der.sequence(...amend(elementsOf(tbs)));
  return der.sequence(amended, outerAlgorithm ?? ownAlgorithm, der.bitString(key.sign(amended)));
}
