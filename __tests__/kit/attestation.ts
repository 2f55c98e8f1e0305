/** Bundles as GitHub's attestation store takes them. Their certificates are from the sandbox, but nothing is signed: the store verifies no signature. */

import { exampleJob, generateSigningKey, jobIdentity, type Sandbox } from '../../sandbox/index.ts';
import { encodeBase64, type JsonObject, type JsonValue, utf8 } from '../../src/core/encoding/index.ts';

export interface AttestationOptions {
  /** The repository in the certificate. */
  readonly repository: string;
  /** The subjects of the statement: names with the hexadecimal SHA-256 digests. */
  readonly subjects: Readonly<Record<string, string>>;
  readonly predicateType?: string;
  /** Members of the statement that differ. */
  readonly statement?: Readonly<Record<string, JsonValue>>;
  /** Tells bundles with the same statement apart. */
  readonly signature?: string;
}

export const provenanceType = 'https://slsa.dev/provenance/v1';

/** Makes a bundle with a DSSE envelope. */
export function attestation(sandbox: Sandbox, options: AttestationOptions): JsonObject {
  const { repository, subjects, predicateType = provenanceType, signature = 'signature' } = options;
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: Object.entries(subjects).map(([name, sha256]) => ({ name, digest: { sha256 } })),
    predicateType,
    predicate: {},
    ...options.statement,
  };
  const certificate = sandbox.certificateAuthority.issue({
    publicKey: generateSigningKey('P-256').publicKey,
    ...jobIdentity({ ...exampleJob, repository, iss: sandbox.jobTokens.issuer.url, sub: `repo:${repository}` }),
  });
  return {
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: { certificate: { rawBytes: encodeBase64(certificate) }, tlogEntries: [] },
    dsseEnvelope: {
      payload: encodeBase64(utf8(JSON.stringify(statement))),
      payloadType: 'application/vnd.in-toto+json',
      signatures: [{ sig: encodeBase64(utf8(signature)) }],
    },
  };
}
