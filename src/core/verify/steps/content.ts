/** Step 5: that the signer's key signed this artifact, or a statement about it. */

import type { DsseEnvelope, MessageSignature } from '../../bundle/index.ts';
import {
  type Digest,
  equalDigests,
  formatDigest,
  type HashAlgorithm,
  type PublicKey,
  signingHashes,
  verifyDigestSignature,
  verifySignature,
} from '../../crypto/index.ts';
import { preAuthenticationEncoding } from '../../encoding/index.ts';
import { fail } from '../../errors/index.ts';
import {
  findSubject,
  readStatement,
  type Statement,
  type StatementSubject,
  statementPayloadType,
} from '../../statement/index.ts';
import { type Artifact, describe, digestOf } from '../artifact.ts';

export type VerifiedContent =
  | { readonly kind: 'message-signature'; readonly digest: Digest }
  /** A signature over a document that names the image, of this digest. */
  | { readonly kind: 'simple-signing'; readonly digest: Digest; readonly dockerReference: string }
  | {
      readonly kind: 'dsse-envelope';
      readonly digest: Digest;
      readonly statement: Statement;
      /** The subject of the statement that the artifact is. */
      readonly subject: StatementSubject;
    };

/** What is proven of a bundle alone. */
export type BundledContent = Exclude<VerifiedContent, { kind: 'simple-signing' }>;

export async function verifyMessageSignature(
  { messageDigest, signature }: MessageSignature,
  artifact: Artifact,
  publicKey: PublicKey,
): Promise<BundledContent> {
  if (messageDigest !== undefined && !equalDigests(messageDigest, digestOf(artifact, messageDigest.algorithm))) {
    fail(
      'ARTIFACT_MISMATCH',
      `the bundle is for an artifact ${formatDigest(messageDigest)}; this one is ${describe(artifact)}`,
    );
  }
  for (const algorithm of candidates(messageDigest, publicKey)) {
    const known = artifact.digests.find((one) => one.algorithm === algorithm);
    if (known !== undefined && (await isOver(known, publicKey, signature, artifact)))
      return { kind: 'message-signature', digest: known };
  }
  const [first] = artifact.digests;
  if (first !== undefined && (await isPure(publicKey, signature, artifact)))
    return { kind: 'message-signature', digest: first };
  // Which digest would have been needed, where it is not known.
  const [wanted] = candidates(messageDigest, publicKey);
  digestOf(artifact, wanted);
  return fail('SIGNATURE_INVALID', `the signature is not one over ${describe(artifact)} by the signer's key`);
}

/** The hash that the bundle names; else those of the key. A key of Ed25519 has one, whatever is named. */
function candidates(messageDigest: Digest | undefined, key: PublicKey): readonly [HashAlgorithm, ...HashAlgorithm[]] {
  return messageDigest === undefined || key.kind === 'ed25519' ? signingHashes(key) : [messageDigest.algorithm];
}

/** Below this, hashing an artifact once more costs less than computing on a curve without WebCrypto, which takes no digest. */
const worthHashing = 4 * 1024 * 1024;

/** Whether a signature is the key's over an artifact with this digest. */
async function isOver(known: Digest, key: PublicKey, signature: Uint8Array, { bytes }: Artifact): Promise<boolean> {
  return bytes !== undefined && bytes.length <= worthHashing && key.kind !== 'ed25519'
    ? verifySignature(key, signature, bytes, known.algorithm)
    : verifyDigestSignature(key, signature, known);
}

/** A signature of pure Ed25519 is over the artifact itself, which must be at hand: what is not must not pass for an empty one. */
async function isPure(key: PublicKey, signature: Uint8Array, { bytes }: Artifact): Promise<boolean> {
  return key.kind === 'ed25519' && bytes !== undefined && verifySignature(key, signature, bytes, 'sha512');
}

/** The statement of an envelope that the key signed. */
export async function verifyEnvelope(
  { payloadType, payload, signature }: DsseEnvelope,
  publicKey: PublicKey,
): Promise<Statement> {
  // The signature first: nothing of a payload is read that nobody vouches for.
  if (!(await isSigned(publicKey, signature, preAuthenticationEncoding(payloadType, payload)))) {
    fail('SIGNATURE_INVALID', "the signature is not one over the envelope by the signer's key");
  }
  if (payloadType !== statementPayloadType) {
    fail(
      'BUNDLE_UNSUPPORTED',
      `an envelope of the type ${JSON.stringify(payloadType.slice(0, 100))}; only in-toto statements are read`,
    );
  }
  return readStatement(payload);
}

/** That a verified statement is about the artifact. */
export function aboutArtifact(statement: Statement, artifact: Artifact): BundledContent {
  const { subject, digest } = findSubject(statement, artifact.digests);
  return { kind: 'dsse-envelope', digest, statement, subject };
}

async function isSigned(key: PublicKey, signature: Uint8Array, encoded: Uint8Array): Promise<boolean> {
  for (const hash of signingHashes(key)) if (await verifySignature(key, signature, encoded, hash)) return true;
  return false;
}
