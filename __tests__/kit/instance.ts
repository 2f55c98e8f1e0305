/** A Sigstore made of the sandbox's parts, without HTTP, for making bundles of which one thing is wrong. */

import { randomBytes } from 'node:crypto';
import { type Bundle, bundleMediaType, type LogEntry, readLogEntry } from '../../src/core/bundle/index.ts';
import { type Digest, digest } from '../../src/core/crypto/index.ts';
import {
  canonicalJson,
  encodeBase64,
  encodeHex,
  type JsonObject,
  ProtoField,
  utf8,
} from '../../src/core/encoding/index.ts';
import { exactIdentity, type Policy } from '../../src/core/policy/index.ts';
import { readTrustedRoot, type TrustedRoot } from '../../src/core/trust/index.ts';
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
} from '../../src/sandbox/index.ts';

/** When everything in these tests happens. */
export const now = new Date('2026-11-23T12:00:00Z');
export const issuer = 'https://issuer.example.test';
export const identity = `https://github.com/${exampleJob.job_workflow_ref}`;
export const policy: Policy = exactIdentity(identity, issuer, { sandbox: 'accept' });
export const artifact = utf8('what is signed');

export const world = { clock: () => now, random: (length: number) => new Uint8Array(randomBytes(length)) };

/** The claims of the job that signs. */
export const claims = { ...exampleJob, iss: issuer, sub: 'repo:example-org/example-repo:ref:refs/heads/main' };

/** What a test changes on the way from a key to a bundle. */
export interface Changes {
  readonly leaf?: Partial<LeafRequest>;
  readonly timestamp?: TokenOverrides;
  readonly signature?: (signature: Uint8Array) => Uint8Array;
  /** What is really signed, where it is not the artifact. */
  readonly signed?: Uint8Array;
  readonly key?: SigningKey;
}

/** What of an entry of Rekor v1 is to be otherwise. */
export interface EntryChangesV1 {
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
  readonly certificateLog = new CertificateLog(world.clock);
  readonly certificateAuthority = new CertificateAuthority({ world, log: this.certificateLog });
  readonly timestampAuthority = new TimestampAuthority({ world });
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

  /** What is trusted, from an hour ago on, but for what a test says otherwise. */
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
  }: Changes = {}): Bundle {
    const certificate = this.certificateAuthority.issue({ publicKey: key.publicKey, ...jobIdentity(claims), ...leaf });
    const signatureBytes = signature(key.sign(signed));
    return {
      mediaType: bundleMediaType,
      certificate,
      logEntries: [this.logged(certificate, signatureBytes, digest('sha256', signed), key)],
      timestamps: [this.stamped(signatureBytes, timestamp)],
      content: { kind: 'message-signature', messageDigest: digest('sha256', artifact), signature: signatureBytes },
    };
  }

  stamped(signature: Uint8Array, overrides: TokenOverrides = {}): Uint8Array {
    return this.timestampAuthority.timestamp({ imprint: digest('sha256', signature).bytes, ...overrides });
  }

  /** An entry as Rekor makes it: it verifies the signature itself, so what is wrong in it must be made by hand. */
  logged(certificate: Uint8Array, signature: Uint8Array, signed: Digest, key: SigningKey): LogEntry {
    const keyDetails = { 'P-256': 'PKIX_ECDSA_P256_SHA_256', 'P-384': 'PKIX_ECDSA_P384_SHA_384' } as const;
    const entry = this.rekor.add(
      utf8(
        JSON.stringify({
          hashedRekordRequestV002: {
            digest: encodeBase64(signed.bytes),
            signature: {
              content: encodeBase64(signature),
              verifier: {
                x509Certificate: { rawBytes: encodeBase64(certificate) },
                keyDetails: keyDetails[key.kind === 'P-384' ? 'P-384' : 'P-256'],
              },
            },
          },
        }),
      ),
    );
    return logEntry(entry);
  }

  /** A bundle over a statement (DSSE), logged by Rekor v2 as a digest of what was signed. */
  attest(statement: Uint8Array = exampleStatement, payloadType = 'application/vnd.in-toto+json'): Bundle {
    const key = generateSigningKey('P-256');
    const certificate = this.certificateAuthority.issue({ publicKey: key.publicKey, ...jobIdentity(claims) });
    const encoded = utf8(
      `DSSEv1 ${payloadType.length} ${payloadType} ${statement.length} ${Buffer.from(statement).toString()}`,
    );
    const signature = key.sign(encoded);
    return {
      mediaType: bundleMediaType,
      certificate,
      logEntries: [this.logged(certificate, signature, digest('sha256', encoded), key)],
      timestamps: [this.stamped(signature)],
      content: { kind: 'dsse-envelope', payloadType, payload: statement, signature },
    };
  }

  /** An entry of Rekor v1 with this body: promised, proven, and counted over all shards. */
  loggedV1(kind: 'hashedrekord' | 'dsse', body: JsonObject, changes: EntryChangesV1 = {}): LogEntry {
    const canonicalizedBody = utf8(canonicalJson(body));
    const index = this.logV1.append(canonicalizedBody);
    const { time = now, logIndex = 1000 + index, signingKey = this.logV1.signer.key } = changes;
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
      kindVersion: { kind, version: '0.0.1' },
      integratedTime: String(integratedTime),
      inclusionPromise: { signedEntryTimestamp: encodeBase64(signingKey.sign(utf8(promise))) },
      inclusionProof: { ...entry.inclusionProof, checkpoint },
    });
  }

  /** An entry of any body, with a proof that is right. */
  appended(body: Uint8Array): LogEntry {
    return logEntry(this.log.entry(this.log.append(body)));
  }
}

export function logEntry(entry: unknown): LogEntry {
  return readLogEntry(ProtoField.parse(JSON.stringify(entry), 'BUNDLE_INVALID', 'entry'));
}
