/** A code signing authority of Fulcio's shape: a root, an intermediate, and leaves of ten minutes. */

import { der, encodeHex } from '../../src/core/encoding/index.ts';
import {
  type CertificateLog,
  encodeSctList,
  type Precertificate,
  poisonOid,
  poisonValue,
} from '../certificate-log/index.ts';
import {
  type CertificateProfile,
  type CertifiedKey,
  certifyAuthority,
  type Extension,
  encodeTbsCertificate,
  freshSerialNumber,
  hashOf,
  keyIdentifierOf,
  keyPurposes,
  type ProfileOverrides,
  signCertificate,
} from '../pki/index.ts';
import { type Sources, secondsAfter, wholeSecond } from '../sources.ts';
import { MemoryStorage, type Storage } from '../storage/index.ts';

export interface CertificateAuthorityOptions {
  readonly sources: Sources;
  readonly log: CertificateLog;
  /** `countersign-sandbox` by default. */
  readonly organization?: string;
  /** Whether the CA certificates carry the sandbox's marker; true by default. */
  readonly marked?: boolean;
  /** The start of both CA certificates; by default an hour ago. They live for ten years. */
  readonly notBefore?: Date;
  readonly root?: ProfileOverrides;
  readonly intermediate?: ProfileOverrides;
  /** Where its keys and certificates are kept; by default in memory. */
  readonly storage?: Storage;
  /** What tells its certificates from those of other sandboxes; by default random. */
  readonly name?: string;
}

/** All of a leaf certificate. Only the public key and the identity have no default. */
export interface LeafProfile extends CertificateProfile {
  /** Where the SCTs come from: by default one of the authority's log. None leaves the extension out. */
  readonly signedCertificateTimestamps: (precertificate: Precertificate) => readonly Uint8Array[];
  /** Extensions after the SCTs, which no log has seen. */
  readonly trailingExtensions: readonly Extension[];
}

/** What a leaf is issued with. A member given as `undefined` leaves that extension out. */
export type LeafRequest = Partial<LeafProfile> &
  Pick<LeafProfile, 'publicKey' | 'subjectAlternativeNames' | 'additionalExtensions'>;

const sctListOid = '1.3.6.1.4.1.11129.2.4.2';
const tenMinutes = 600;
const tenYears = 10 * 365 * 24 * 3600;

/**
 * @example
 * const authority = new CertificateAuthority({ sources, log: new CertificateLog(sources.clock) });
 * const right = authority.issue({ publicKey, ...jobIdentity(claims) });
 * const wrong = authority.issue({ publicKey, ...jobIdentity(claims), extendedKeyUsage: undefined });
 * const stray = authority.issue({
 *   publicKey,
 *   ...jobIdentity(claims),
 *   signedCertificateTimestamps: (precertificate) => [otherLog.submit(precertificate)],
 * });
 */
export class CertificateAuthority {
  readonly root: CertifiedKey;
  readonly intermediate: CertifiedKey;
  readonly log: CertificateLog;
  readonly #sources: Sources;

  constructor({
    sources,
    log,
    organization = 'countersign-sandbox',
    marked = true,
    ...options
  }: CertificateAuthorityOptions) {
    const notBefore = wholeSecond(options.notBefore ?? secondsAfter(sources.clock(), -3600));
    const notAfter = secondsAfter(notBefore, tenYears);
    const { name = encodeHex(sources.random(4)), storage = new MemoryStorage() } = options;
    const common = { kind: 'P-384', notBefore, notAfter, marked, storage } as const;
    this.#sources = sources;
    this.log = log;
    this.root = certifyAuthority(
      {
        ...common,
        name: 'fulcio-root',
        subject: { organization, commonName: `sandbox-root-${name}` },
        pathLength: 1,
        codeSigning: false,
        overrides: options.root ?? {},
      },
      sources,
    );
    this.intermediate = certifyAuthority(
      {
        ...common,
        name: 'fulcio-intermediate',
        subject: { organization, commonName: `sandbox-intermediate-${name}` },
        issuer: this.root,
        pathLength: 0,
        codeSigning: true,
        overrides: options.intermediate ?? {},
      },
      sources,
    );
  }

  /** The certificates of the authority, DER, the root last, as a trusted root lists them. */
  get chain(): readonly Uint8Array[] {
    return [this.intermediate.certificate, this.root.certificate];
  }

  /** Issues a leaf, DER, with SCTs over its precertificate (RFC 6962, section 3.2). */
  issue(request: LeafRequest): Uint8Array {
    const profile = this.#profile(request);
    const poison = { oid: poisonOid, critical: true, value: poisonValue };
    const scts = profile.signedCertificateTimestamps({
      tbsCertificate: encodeTbsCertificate(profile),
      issuerKeyHash: hashOf('sha256', this.intermediate.key.publicKey),
      certificate: signCertificate(profile, [poison]),
      issuers: this.chain,
    });
    const sctExtension = { oid: sctListOid, critical: false, value: der.octetString(encodeSctList(scts)) };
    return signCertificate(profile, [...(scts.length === 0 ? [] : [sctExtension]), ...profile.trailingExtensions]);
  }

  #profile(request: LeafRequest): LeafProfile {
    const notBefore = wholeSecond(request.notBefore ?? this.#sources.clock());
    return {
      serialNumber: freshSerialNumber(this.#sources.random),
      issuer: this.intermediate.profile.subject,
      subject: {},
      notBefore,
      notAfter: secondsAfter(notBefore, tenMinutes),
      keyUsage: ['digitalSignature'],
      extendedKeyUsage: { critical: false, purposes: [keyPurposes.codeSigning] },
      basicConstraints: undefined,
      subjectKeyIdentifier: keyIdentifierOf(request.publicKey),
      authorityKeyIdentifier: this.intermediate.key.keyIdentifier,
      signingKey: this.intermediate.key,
      signatureHash: undefined,
      signedCertificateTimestamps: (precertificate) => [this.log.submit(precertificate)],
      trailingExtensions: [],
      ...request,
    };
  }
}
