/** A Sigstore made of the sandbox's parts, without HTTP, for making bundles of which one thing is wrong. */

import { createHash, createPublicKey, randomBytes } from 'node:crypto';
import {
  CertificateAuthority,
  CertificateLog,
  exampleJob,
  generateSigningKey,
  jobIdentity,
  type LeafRequest,
  RekorService,
  type SigningKey,
  TimestampAuthority,
  type TokenOverrides,
  TransparencyLog,
  type TrustedServices,
  trustedRoot,
} from '../../sandbox/index.ts';
import { acceptedKeyDetails } from '../../sandbox/rekor/index.ts';
import {
  type Bundle,
  type BundleVersion,
  bundleMediaType,
  type DsseEnvelope,
  type LogEntry,
  readLogEntry,
} from '../../src/core/bundle/index.ts';
import { type Digest, digest } from '../../src/core/crypto/index.ts';
import {
  canonicalJson,
  encodeBase64,
  encodeHex,
  encodePem,
  type JsonObject,
  ProtoField,
  utf8,
} from '../../src/core/encoding/index.ts';
import { exactIdentity, managedKey, type Policy } from '../../src/core/policy/index.ts';
import { readTrustedRoot, type TrustedRoot } from '../../src/core/trust/index.ts';
import { readPublicKeyPem } from '../../src/core/verify/index.ts';
import type { LeafKey } from './keys.ts';

/** The time at which everything in these tests happens. */
export const now = new Date('2026-11-23T12:00:00Z');
export const issuer = 'https://issuer.example.test';
export const identity = `https://github.com/${exampleJob.job_workflow_ref}`;
export const policy: Policy = exactIdentity(identity, issuer, { sandbox: 'accept' });
export const artifact = utf8('what is signed');

export const sources = { clock: () => now, random: (length: number) => new Uint8Array(randomBytes(length)) };

/** The claims of the job that signs. */
export const claims = { ...exampleJob, iss: issuer, sub: 'repo:example-org/example-repo:ref:refs/heads/main' };

/** The changes that a test makes on the way from a key to a bundle. */
export interface Changes {
  readonly leaf?: Partial<LeafRequest>;
  readonly timestamp?: TokenOverrides;
  readonly signature?: (signature: Uint8Array) => Uint8Array;
  /** The bytes that are signed, if they are not the artifact. */
  readonly signed?: Uint8Array;
  readonly key?: LeafKey;
  /** True for a long-lived key, which has no certificate. */
  readonly managed?: boolean;
}

/** Changes to an envelope. */
export interface EnvelopeChanges extends Pick<Changes, 'key' | 'managed' | 'leaf'> {
  readonly payloadType?: string;
}

/** Changes to an entry of Rekor v1. */
export interface EntryChangesV1 {
  readonly version?: '0.0.1' | '0.0.2';
  readonly time?: Date;
  readonly logIndex?: number;
  readonly signingKey?: SigningKey;
}

export const exampleStatement = utf8(
  JSON.stringify({
    _type: 'https://in-toto.io/Statement/v1',
    subject: [
      { name: 'other', digest: { sha256: '0'.repeat(64) } },
      { name: 'what.txt', digest: { sha256: encodeHex(digest('sha256', artifact).bytes) } },
    ],
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {},
  }),
);

export class Instance {
  readonly certificateLog = new CertificateLog(sources.clock);
  readonly certificateAuthority = new CertificateAuthority({ sources, log: this.certificateLog });
  readonly timestampAuthority = new TimestampAuthority({ sources });
  readonly log = new TransparencyLog({ origin: 'log.example.test' });
  readonly rekor = new RekorService(this.log);
  /** A log of Rekor v1: ECDSA, and indices that count the entries of earlier shards too. */
  readonly logV1 = new TransparencyLog({ origin: 'rekor.example.test', kind: 'P-256' });

  constructor() {
    // The first entry of a log has a proof without hashes; a few make the proofs worth breaking.
    for (const text of ['one', 'two', 'three', 'four', 'five']) {
      this.log.append(utf8(text));
      this.logV1.append(utf8(text));
    }
  }

  /** Returns the trusted material, valid from an hour ago unless a test says otherwise. */
  trust(changes: TrustedServices = {}): TrustedRoot {
    return readTrustedRoot(JSON.stringify(this.trustedRoot(changes)));
  }

  trustedRoot(changes: TrustedServices = {}): JsonObject {
    const start = new Date(now.getTime() - 3_600_000);
    return trustedRoot({
      certificateAuthorities: [{ service: this.certificateAuthority, url: 'https://ca.example.test', start }],
      certificateLogs: [{ service: this.certificateLog, url: 'https://ct.example.test', start }],
      transparencyLogs: [
        { service: this.log, url: 'https://log.example.test', start },
        { service: this.logV1, url: 'https://rekor.example.test', start },
      ],
      timestampAuthorities: [{ service: this.timestampAuthority, url: 'https://tsa.example.test', start }],
      ...changes,
    });
  }

  /** A bundle over the artifact, in which all that is not changed is right. */
  sign({
    leaf = {},
    timestamp = {},
    signature = (bytes) => bytes,
    signed = artifact,
    key = generateSigningKey('P-256'),
    managed = false,
  }: Changes = {}): Bundle {
    const { hash } = keyDetailsOf(key);
    const signer = this.#signer(key, managed, leaf);
    const signatureBytes = signature(key.sign(signed));
    return {
      mediaType: bundleMediaType,
      version: '0.3',
      signer,
      logEntries: [this.logged(certificateOf(signer), signatureBytes, digest(hash, signed), key)],
      timestamps: [this.stamped(signatureBytes, timestamp)],
      content: { kind: 'message-signature', messageDigest: digest(hash, artifact), signature: signatureBytes },
    };
  }

  #signer(key: LeafKey, managed: boolean, leaf: Partial<LeafRequest> = {}): Bundle['signer'] {
    if (managed) return { kind: 'public-key', hint: 'a hint' };
    const request = { publicKey: key.publicKey, ...jobIdentity(claims), ...leaf };
    return { kind: 'certificate', certificate: this.certificateAuthority.issue(request) };
  }

  stamped(signature: Uint8Array, overrides: TokenOverrides = {}): Uint8Array {
    return this.timestampAuthority.timestamp({ imprint: digest('sha256', signature).bytes, ...overrides });
  }

  /**
   * An entry as Rekor makes it: it verifies the signature itself, so what is wrong in it must be made by hand.
   *
   * @param certificate `undefined`: logged with the key itself
   */
  logged(certificate: Uint8Array | undefined, signature: Uint8Array, signed: Digest, key: LeafKey): LogEntry {
    const entry = this.rekor.add(
      utf8(
        JSON.stringify({
          hashedRekordRequestV002: {
            digest: encodeBase64(signed.bytes),
            signature: {
              content: encodeBase64(signature),
              verifier: {
                ...(certificate === undefined
                  ? { publicKey: { rawBytes: encodeBase64(key.publicKey) } }
                  : { x509Certificate: { rawBytes: encodeBase64(certificate) } }),
                keyDetails: keyDetailsOf(key).name,
              },
            },
          },
        }),
      ),
    );
    return logEntry(entry);
  }

  /** A bundle over a statement (DSSE), logged by Rekor v2 as a digest of what was signed. */
  attest(statement: Uint8Array = exampleStatement, changes: EnvelopeChanges = {}): Bundle & { content: DsseEnvelope } {
    const { key = generateSigningKey('P-256'), managed = false, payloadType = inTotoType, leaf } = changes;
    const signer = this.#signer(key, managed, leaf);
    const encoded = utf8(
      `DSSEv1 ${payloadType.length} ${payloadType} ${statement.length} ${Buffer.from(statement).toString()}`,
    );
    const signature = key.sign(encoded);
    return {
      mediaType: bundleMediaType,
      version: '0.3',
      signer,
      logEntries: [this.logged(certificateOf(signer), signature, digest(keyDetailsOf(key).hash, encoded), key)],
      timestamps: [this.stamped(signature)],
      content: { kind: 'dsse-envelope', payloadType, payload: statement, signature },
    };
  }

  /** An entry of Rekor v1 with this body: promised, proven, and counted over all shards. */
  loggedV1(kind: 'hashedrekord' | 'dsse' | 'intoto', body: JsonObject, changes: EntryChangesV1 = {}): LogEntry {
    const canonicalizedBody = utf8(canonicalJson(body));
    const index = this.logV1.append(canonicalizedBody);
    const { time = now, logIndex = 1000 + index, signingKey = this.logV1.signer.key, version = '0.0.1' } = changes;
    const integratedTime = Math.floor(time.getTime() / 1000);
    const promise = canonicalJson({
      body: encodeBase64(canonicalizedBody),
      integratedTime,
      logID: encodeHex(this.logV1.logId),
      logIndex,
    });
    const entry = this.logV1.entry(index);
    const checkpoint = { envelope: this.logV1.checkpoint({ origin: 'rekor.example.test - 1193050959916656506' }) };
    return logEntry({
      ...entry,
      logIndex: String(logIndex),
      kindVersion: { kind, version },
      integratedTime: String(integratedTime),
      inclusionPromise: { signedEntryTimestamp: encodeBase64(signingKey.sign(utf8(promise))) },
      inclusionProof: { ...entry.inclusionProof, checkpoint },
    });
  }

  /** An entry of any body, with a proof that is right. */
  appended(body: Uint8Array | JsonObject, kind = 'hashedrekord', version = '0.0.2'): LogEntry {
    const bytes = body instanceof Uint8Array ? body : utf8(canonicalJson(body));
    return logEntry({ ...this.log.entry(this.log.append(bytes)), kindVersion: { kind, version } });
  }
}

const inTotoType = 'application/vnd.in-toto+json';

/** The ID of a log's key, and its hash algorithm. */
export function keyDetailsOf({ publicKey }: Pick<LeafKey, 'publicKey'>): { name: string; hash: Digest['algorithm'] } {
  const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
  const details = acceptedKeyDetails.find(({ matches }) => matches(key));
  if (details === undefined) throw new Error('a log takes no such key');
  return details;
}

/** The certificate of a bundle that has one. */
export function certificateOf(signer: Bundle['signer']): Uint8Array | undefined {
  return signer.kind === 'certificate' ? signer.certificate : undefined;
}

/** A policy of this key. */
export function policyOfKey({ publicKey }: Pick<LeafKey, 'publicKey'>, options: Parameters<typeof managedKey>[1] = {}) {
  return managedKey(readPublicKeyPem(encodePem('PUBLIC KEY', publicKey)), options);
}

const mediaTypes: Readonly<Record<BundleVersion, string>> = {
  '0.1': 'application/vnd.dev.sigstore.bundle+json;version=0.1',
  '0.2': 'application/vnd.dev.sigstore.bundle+json;version=0.2',
  '0.3': bundleMediaType,
};

/** The bundle, said to be of another version. */
export function inVersion(bundle: Bundle, version: BundleVersion): Bundle {
  return { ...bundle, version, mediaType: mediaTypes[version] };
}

/** The bundle with other entries than its own. */
export function withEntries<B extends Bundle>(bundle: B, ...logEntries: readonly LogEntry[]): B {
  return { ...bundle, logEntries };
}

/** The bundle with each entry changed. */
export function withEntry(bundle: Bundle, change: (entry: LogEntry) => Partial<LogEntry>): Bundle {
  return { ...bundle, logEntries: bundle.logEntries.map((entry) => ({ ...entry, ...change(entry) })) };
}

/** The bundle with the proof of each entry changed. */
export function withProof(bundle: Bundle, change: (proof: Proof) => Partial<Proof>): Bundle {
  return withEntry(bundle, ({ inclusionProof }) => {
    if (inclusionProof === undefined) throw new Error('the entry has a proof');
    return { inclusionProof: { ...inclusionProof, ...change(inclusionProof) } };
  });
}

export type Proof = NonNullable<LogEntry['inclusionProof']>;

const sha256Hex = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
const base64 = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64');

/** The PEM text in which a signer is submitted to Rekor v1. */
export function submittedPem(bundle: Bundle, key?: LeafKey): string {
  const certificate = certificateOf(bundle.signer);
  if (certificate !== undefined) return encodePem('CERTIFICATE', certificate);
  if (key === undefined) throw new Error('the bundle has no certificate, and the key was not given');
  return encodePem('PUBLIC KEY', key.publicKey);
}

/** Bodies of Rekor v1, written out here by hand so that they judge those that the verifier makes. */
export const bodiesV1 = {
  hashedrekord: (bundle: Bundle, pem: string, signed: Digest = digest('sha256', artifact)): JsonObject => ({
    apiVersion: '0.0.1',
    kind: 'hashedrekord',
    spec: {
      data: { hash: { algorithm: signed.algorithm, value: Buffer.from(signed.bytes).toString('hex') } },
      signature: { content: base64(bundle.content.signature), publicKey: { content: base64(pem) } },
    },
  }),

  dsse: ({ content }: { readonly content: DsseEnvelope }, pem: string): JsonObject => ({
    apiVersion: '0.0.1',
    kind: 'dsse',
    spec: {
      envelopeHash: { algorithm: 'sha256', value: 'ab'.repeat(32) },
      payloadHash: { algorithm: 'sha256', value: sha256Hex(content.payload) },
      signatures: [{ signature: base64(content.signature), verifier: base64(pem) }],
    },
  }),

  /** `intoto` 0.0.2, in which signature and payload are in base64 twice. */
  intoto: ({ content }: { readonly content: DsseEnvelope }, pem: string): JsonObject => ({
    apiVersion: '0.0.2',
    kind: 'intoto',
    spec: {
      content: {
        envelope: {
          payloadType: content.payloadType,
          signatures: [{ publicKey: base64(pem), sig: base64(base64(content.signature)) }],
        },
        hash: { algorithm: 'sha256', value: 'cd'.repeat(32) },
        payloadHash: { algorithm: 'sha256', value: sha256Hex(content.payload) },
      },
    },
  }),

  /** `intoto` 0.0.1 of an envelope that was sent as this text. */
  intotoV1: ({ content }: { readonly content: DsseEnvelope }, pem: string, envelope: string): JsonObject => ({
    apiVersion: '0.0.1',
    kind: 'intoto',
    spec: {
      content: {
        hash: { algorithm: 'sha256', value: sha256Hex(envelope) },
        payloadHash: { algorithm: 'sha256', value: sha256Hex(content.payload) },
      },
      publicKey: base64(pem),
    },
  }),
} as const;

export function logEntry(entry: unknown): LogEntry {
  return readLogEntry(ProtoField.parse(JSON.stringify(entry), 'BUNDLE_INVALID', 'entry'));
}
