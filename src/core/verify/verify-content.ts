/** Step 5: that the certificate's key signed this artifact, or a statement about it. */

import type { Bundle, DsseEnvelope, MessageSignature } from '../bundle/index.ts';
import type { Certificate } from '../certificate/index.ts';
import {
  type Digest,
  equalDigests,
  formatDigest,
  signingHash,
  verifyDigestSignature,
  verifySignature,
} from '../crypto/index.ts';
import { preAuthenticationEncoding } from '../encoding/index.ts';
import { fail } from '../errors/index.ts';
import {
  findSubject,
  readStatement,
  type Statement,
  type StatementSubject,
  statementPayloadType,
} from '../statement/index.ts';

export type VerifiedContent =
  | { readonly kind: 'message-signature'; readonly digest: Digest }
  | {
      readonly kind: 'dsse-envelope';
      readonly digest: Digest;
      readonly statement: Statement;
      /** The subject of the statement that the artifact is. */
      readonly subject: StatementSubject;
    };

export function verifyContent(
  { content }: Bundle,
  artifact: Digest,
  { publicKey }: Certificate,
): Promise<VerifiedContent> {
  return content.kind === 'message-signature'
    ? verifyMessageSignature(content, artifact, publicKey)
    : verifyEnvelope(content, artifact, publicKey);
}

async function verifyMessageSignature(
  { messageDigest, signature }: MessageSignature,
  artifact: Digest,
  publicKey: Certificate['publicKey'],
): Promise<VerifiedContent> {
  if (messageDigest !== undefined && !equalDigests(messageDigest, artifact)) {
    fail(
      'ARTIFACT_MISMATCH',
      `the bundle is for an artifact ${formatDigest(messageDigest)}; this one is ${formatDigest(artifact)}`,
    );
  }
  if (!verifyDigestSignature(publicKey, signature, artifact)) {
    fail('SIGNATURE_INVALID', `the signature is not one over ${formatDigest(artifact)} by the key of the certificate`);
  }
  return { kind: 'message-signature', digest: artifact };
}

async function verifyEnvelope(
  { payloadType, payload, signature }: DsseEnvelope,
  artifact: Digest,
  publicKey: Certificate['publicKey'],
): Promise<VerifiedContent> {
  // The signature first: nothing of a payload is read that nobody vouches for.
  if (
    !(await verifySignature(
      publicKey,
      signature,
      preAuthenticationEncoding(payloadType, payload),
      signingHash(publicKey),
    ))
  ) {
    fail('SIGNATURE_INVALID', 'the signature is not one over the envelope by the key of the certificate');
  }
  if (payloadType !== statementPayloadType) {
    fail(
      'BUNDLE_UNSUPPORTED',
      `an envelope of the type ${JSON.stringify(payloadType.slice(0, 100))}; only in-toto statements are read`,
    );
  }
  const statement = readStatement(payload);
  return { kind: 'dsse-envelope', digest: artifact, statement, subject: findSubject(statement, artifact) };
}
