/**
 * The release service of GitHub, with GitHub's own Sigstore: it has no logs, its certificates are for a year and name no issuer, and the
 * second certificate of its chain issues them.
 */

import { createHash } from 'node:crypto';
import { encodeBase64, type JsonObject, utf8 } from '../../src/core/encoding/index.ts';
import {
  type AuthorityOptions,
  authorityDefaults,
  type CertifiedKey,
  certifyAuthority,
  freshSerialNumber,
  keptSigningKey,
  keyIdentifierOf,
  keyPurposes,
  type ProfileOverrides,
  type SigningKey,
  signCertificate,
} from '../pki/index.ts';
import { type Sources, secondsAfter } from '../sources.ts';
import { MemoryStorage } from '../storage/index.ts';
import { TimestampAuthority, type TokenOverrides } from '../timestamp/index.ts';
import { trustedRoot } from '../trust/index.ts';

export interface SandboxRelease {
  /** `owner/name` */
  readonly repository: string;
  readonly tag: string;
  /** The commit of the tag, in hexadecimal. */
  readonly commit: string;
  readonly ownerId: string;
  readonly repositoryId: string;
  /** The contents of its files, by their names. */
  readonly assets: Readonly<Record<string, Uint8Array>>;
}

/** Changes to an attestation, to make an invalid one. */
export interface ReleaseAttestationChanges {
  readonly statement?: (statement: ReleaseStatement) => JsonObject;
  readonly leaf?: ProfileOverrides;
  readonly timestamp?: TokenOverrides;
}

export type ReleaseStatement = JsonObject & {
  readonly subject: readonly JsonObject[];
  readonly predicate: JsonObject;
};

export const exampleRelease: SandboxRelease = {
  repository: 'example-org/example-repo',
  tag: 'v1.2.3',
  commit: 'c0ffee'.padEnd(40, '0'),
  ownerId: '6000001',
  repositoryId: '700000001',
  assets: { 'app.tar.gz': utf8('an app'), 'app.zip': utf8('the same app') },
};

const day = 24 * 3600;
const statementType = 'application/vnd.in-toto+json';

/**
 * @example
 * const authority = new ReleaseAuthority({ sources });
 * const bundle = authority.attest(exampleRelease);
 * const late = authority.attest(exampleRelease, { timestamp: { genTime: new Date('2031-01-01T00:00:00Z') } });
 */
export class ReleaseAuthority {
  readonly root: CertifiedKey;
  /** The issuer of the release service's certificate, and of the issuer of job certificates. */
  readonly intermediate: CertifiedKey;
  /** The issuer of job certificates. */
  readonly jobs: CertifiedKey;
  readonly timestampAuthority: TimestampAuthority;
  readonly #key: SigningKey;
  readonly #sources: Sources;
  readonly #notBefore: Date;

  constructor(options: AuthorityOptions) {
    const { sources, storage = new MemoryStorage() } = options;
    const { certificates, subject } = authorityDefaults({ ...options, storage });
    this.#sources = sources;
    this.#notBefore = certificates.notBefore;
    const certify = (role: string, issuer: CertifiedKey | undefined, pathLength: number, codeSigning: boolean) =>
      certifyAuthority(
        { ...certificates, name: role, subject: subject(role), pathLength, codeSigning, ...(issuer && { issuer }) },
        sources,
      );
    this.root = certify('github-root', undefined, 2, false);
    this.intermediate = certify('github-l1', this.root, 1, false);
    this.jobs = certify('github-l2', this.intermediate, 0, true);
    this.timestampAuthority = new TimestampAuthority({ ...options, storage });
    this.#key = keptSigningKey(storage, 'github-releases', 'P-256');
  }

  /** The certificates of the authority, DER, in the order of a trusted root: the root last. */
  get chain(): readonly Uint8Array[] {
    return [this.jobs, this.intermediate, this.root].map(({ certificate }) => certificate);
  }

  /** The trusted root of this instance, which has no logs. */
  get trustedRoot(): JsonObject {
    const start = this.#notBefore;
    return trustedRoot({
      certificateAuthorities: [{ service: this, url: 'fulcio.github.sandbox', start }],
      timestampAuthorities: [{ service: this.timestampAuthority, url: 'timestamp.github.sandbox', start }],
    });
  }

  /** Returns the bundle about a release. */
  attest(
    release: SandboxRelease,
    { statement = (same) => same, leaf = {}, timestamp = {} }: ReleaseAttestationChanges = {},
  ): JsonObject {
    const payload = utf8(JSON.stringify(statement(statementOf(release))));
    const signature = this.#key.sign(
      utf8(`DSSEv1 ${statementType.length} ${statementType} ${payload.length} ${Buffer.from(payload).toString()}`),
    );
    const imprint = new Uint8Array(createHash('sha256').update(signature).digest());
    const signedTimestamp = this.timestampAuthority.timestamp({ imprint, ...timestamp });
    return {
      mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
      verificationMaterial: {
        certificate: { rawBytes: encodeBase64(this.#certificate(leaf)) },
        timestampVerificationData: { rfc3161Timestamps: [{ signedTimestamp: encodeBase64(signedTimestamp) }] },
      },
      dsseEnvelope: {
        payload: encodeBase64(payload),
        payloadType: statementType,
        signatures: [{ sig: encodeBase64(signature) }],
      },
    };
  }

  #certificate(overrides: ProfileOverrides): Uint8Array {
    const { key, profile } = this.intermediate;
    const { publicKey } = this.#key;
    return signCertificate({
      serialNumber: freshSerialNumber(this.#sources.random),
      issuer: profile.subject,
      subject: { organization: 'countersign-sandbox', commonName: 'Attester' },
      notBefore: this.#notBefore,
      notAfter: secondsAfter(this.#notBefore, 365 * day),
      publicKey,
      keyUsage: ['digitalSignature'],
      extendedKeyUsage: { critical: false, purposes: [keyPurposes.codeSigning] },
      basicConstraints: { authority: false },
      subjectKeyIdentifier: keyIdentifierOf(publicKey),
      authorityKeyIdentifier: key.keyIdentifier,
      subjectAlternativeNames: {
        critical: false,
        names: [{ kind: 'uniformResourceIdentifier', value: 'https://dotcom.releases.github.com' }],
      },
      additionalExtensions: [],
      signingKey: key,
      signatureHash: undefined,
      ...overrides,
    });
  }
}

function statementOf({ repository, tag, commit, ownerId, repositoryId, assets }: SandboxRelease): ReleaseStatement {
  const purl = `pkg:github/${repository}@${encodeURIComponent(tag)}`;
  const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [
      { uri: purl, digest: { sha1: commit } },
      ...Object.entries(assets).map(([name, bytes]) => ({ name, digest: { sha256: sha256(bytes) } })),
    ],
    predicateType: 'https://in-toto.io/attestation/release/v0.2',
    predicate: { databaseId: '1', ownerId, packageId: repositoryId, purl, repository, repositoryId, tag },
  };
}
