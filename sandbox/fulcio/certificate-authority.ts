/** A certificate authority like Fulcio's: a root, an intermediate, and leaf certificates for ten minutes. */

import { der } from '../../src/core/encoding/index.ts';
import {
  type CertificateLog,
  encodeSctList,
  type Precertificate,
  poisonOid,
  poisonValue,
} from '../certificate-log/index.ts';
import {
  type AuthorityOptions,
  authorityDefaults,
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

export interface CertificateAuthorityOptions extends AuthorityOptions {
  readonly log: CertificateLog;
  /** Changes to the certificate of the intermediate. */
  readonly intermediate?: ProfileOverrides;
}

/** The contents of a leaf certificate. */
export interface LeafProfile extends CertificateProfile {
  /** Returns the SCTs; by default, one of the authority's log. Without any, the extension is left out. */
  readonly signedCertificateTimestamps: (precertificate: Precertificate) => readonly Uint8Array[];
  /** Extensions after the SCTs, which no log has seen. */
  readonly trailingExtensions: readonly Extension[];
}

/** The public key and the identity of a leaf, and changes to its defaults. An extension given as `undefined` is left out. */
export type LeafRequest = Partial<LeafProfile> &
  Pick<LeafProfile, 'publicKey' | 'subjectAlternativeNames' | 'additionalExtensions'>;

const sctListOid = '1.3.6.1.4.1.11129.2.4.2';
const tenMinutes = 600;

/**
 * @example
 * const authority = new CertificateAuthority({ sources, log: new CertificateLog(sources.clock) });
 * const valid = authority.issue({ publicKey, ...jobIdentity(claims) });
 * const invalid = authority.issue({ publicKey, ...jobIdentity(claims), extendedKeyUsage: undefined });
 */
export class CertificateAuthority {
  readonly root: CertifiedKey;
  readonly intermediate: CertifiedKey;
  readonly log: CertificateLog;
  readonly #sources: Sources;

  constructor(options: CertificateAuthorityOptions) {
    const { sources, root = {}, intermediate = {} } = options;
    const { certificates, subject } = authorityDefaults(options);
    this.#sources = sources;
    this.log = options.log;
    const rootRole = { name: 'fulcio-root', subject: subject('root'), pathLength: 1, codeSigning: false };
    this.root = certifyAuthority({ ...certificates, ...rootRole, overrides: root }, sources);
    const role = { name: 'fulcio-intermediate', subject: subject('intermediate'), pathLength: 0, codeSigning: true };
    this.intermediate = certifyAuthority(
      { ...certificates, ...role, issuer: this.root, overrides: intermediate },
      sources,
    );
  }

  /** The certificates of the authority, DER, in the order of a trusted root: the root last. */
  get chain(): readonly Uint8Array[] {
    return [this.intermediate.certificate, this.root.certificate];
  }

  /** Issues a leaf certificate, DER, with SCTs over its precertificate (RFC 6962, section 3.2). */
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
    const { key, profile } = this.intermediate;
    const notBefore = wholeSecond(request.notBefore ?? this.#sources.clock());
    return {
      serialNumber: freshSerialNumber(this.#sources.random),
      issuer: profile.subject,
      subject: {},
      notBefore,
      notAfter: secondsAfter(notBefore, tenMinutes),
      keyUsage: ['digitalSignature'],
      extendedKeyUsage: { critical: false, purposes: [keyPurposes.codeSigning] },
      basicConstraints: undefined,
      subjectKeyIdentifier: keyIdentifierOf(request.publicKey),
      authorityKeyIdentifier: key.keyIdentifier,
      signingKey: key,
      signatureHash: undefined,
      signedCertificateTimestamps: (precertificate) => [this.log.submit(precertificate)],
      trailingExtensions: [],
      ...request,
    };
  }
}
