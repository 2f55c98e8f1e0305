/** Reads what a bundle claims. Nothing is verified: anyone can write a bundle with any claims. */

import { type FulcioClaims, readCertificate, readFulcioClaims } from '../core/certificate/index.ts';
import { type Digest, isHash } from '../core/crypto/index.ts';
import { attempt } from '../core/errors/index.ts';
import { readCheckpoint } from '../core/log/index.ts';
import {
  readSimpleSigning,
  readStatement,
  type StatementSubject,
  statementPayloadType,
} from '../core/statement/index.ts';
import { readTimestampResponse } from '../core/timestamp/index.ts';
import type { Bundle } from '../core/verify/index.ts';

export interface BundleClaims {
  readonly mediaType: string;
  readonly signer: ClaimedSigner;
  readonly content: ClaimedContent;
  readonly logEntries: readonly ClaimedEntry[];
  /** The times of the timestamps; `undefined` for one that cannot be read. */
  readonly timestamps: readonly (Date | undefined)[];
}

export type ClaimedSigner =
  | { readonly kind: 'key'; readonly hint: string }
  | { readonly kind: 'unreadable' }
  | {
      readonly kind: 'certificate';
      readonly names: readonly string[];
      readonly claims: FulcioClaims;
      readonly notBefore: Date;
      readonly notAfter: Date;
    };

export type ClaimedContent =
  /** A signature over the artifact itself. The digest is the one that the bundle states, if it states one. */
  | { readonly kind: 'artifact'; readonly digest: Digest | undefined }
  /** A signature over a document about an image, in cosign's older layout. */
  | { readonly kind: 'simple-signing'; readonly dockerReference: string; readonly digest: Digest }
  | {
      readonly kind: 'statement';
      readonly predicateType: string;
      readonly subjects: readonly StatementSubject[];
    }
  /** A payload that is not a statement, or one that cannot be read. */
  | { readonly kind: 'payload'; readonly payloadType: string };

export interface ClaimedEntry {
  readonly kind: string;
  readonly index: bigint;
  /** The origin in the checkpoint: the name of the log. */
  readonly origin: string | undefined;
  /** The time that the log states; logs of version 2 state none. */
  readonly integratedTime: Date | undefined;
}

/** Returns the claims of a bundle. `document` is the one that an older signature of an image signs. */
export function bundleClaims(bundle: Bundle, document: Uint8Array | undefined): BundleClaims {
  return {
    mediaType: bundle.mediaType,
    signer: claimedSigner(bundle),
    content: claimedContent(bundle, document),
    logEntries: bundle.logEntries.map(({ kind, version, logIndex, inclusionProof, integratedTime }) => ({
      kind: `${kind} ${version}`,
      index: logIndex,
      origin: inclusionProof && attempt(() => readCheckpoint(inclusionProof.checkpoint).origin),
      integratedTime: dateOf(integratedTime),
    })),
    timestamps: bundle.timestamps.map((der) => attempt(() => readTimestampResponse(der).time)),
  };
}

/** Returns the digest of an artifact that a bundle names: the first one, if it names several. */
export function claimedDigest({ content }: BundleClaims): Digest | undefined {
  if (content.kind === 'artifact' || content.kind === 'simple-signing') return content.digest;
  if (content.kind === 'payload') return undefined;
  return content.subjects.flatMap(({ digests }) => digests.filter(isHash))[0];
}

function claimedSigner({ signer }: Bundle): ClaimedSigner {
  if (signer.kind === 'public-key') return { kind: 'key', hint: signer.hint };
  const read = attempt(() => {
    const certificate = readCertificate(signer.certificate);
    return { certificate, claims: readFulcioClaims(certificate) };
  });
  if (read === undefined) return { kind: 'unreadable' };
  const { notBefore, notAfter, subjectAlternativeNames } = read.certificate;
  const names = subjectAlternativeNames.map((name) =>
    name.kind === 'unknown' ? 'a name of another kind' : name.value,
  );
  return { kind: 'certificate', names, claims: read.claims, notBefore, notAfter };
}

function claimedContent({ content }: Bundle, document: Uint8Array | undefined): ClaimedContent {
  if (document !== undefined) {
    const read = attempt(() => readSimpleSigning(document));
    if (read === undefined) return { kind: 'payload', payloadType: 'simple signing' };
    return { kind: 'simple-signing', dockerReference: read.dockerReference, digest: read.manifestDigest };
  }
  if (content.kind === 'message-signature') return { kind: 'artifact', digest: content.messageDigest };
  const { payloadType, payload } = content;
  const statement = payloadType === statementPayloadType ? attempt(() => readStatement(payload)) : undefined;
  if (statement === undefined) return { kind: 'payload', payloadType };
  return { kind: 'statement', predicateType: statement.predicateType, subjects: statement.subjects };
}

/** The latest time of a date: September of the year 275760, in seconds. */
const latest = 8_640_000_000_000n;

function dateOf(seconds: bigint): Date | undefined {
  return seconds === 0n || seconds > latest ? undefined : new Date(Number(seconds) * 1000);
}
