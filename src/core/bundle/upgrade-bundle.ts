/** Converts bundles of earlier versions to version 0.3, without signing, and compares what two bundles prove. */

import { type Digest, equalDigests } from '../crypto/index.ts';
import { equalBytes } from '../encoding/index.ts';
import { fail } from '../errors/index.ts';
import type { Bundle, DsseEnvelope, LogEntry, LogInclusion, MessageSignature } from './bundle.ts';
import { bundleMediaType } from './write-bundle.ts';

/**
 * Returns a bundle as one of version 0.3: with the certificate of the signer alone, and with the digest of the artifact.
 *
 * @param digest that the signature was verified for; `undefined` if it is not known, and for statements, which name their subjects
 * @throws CountersignError `BUNDLE_UNSUPPORTED` if a log entry has no inclusion proof, which this version requires
 */
export function upgradeBundle({ signer, logEntries, timestamps, content }: Bundle, digest: Digest | undefined): Bundle {
  if (logEntries.some(({ inclusionProof }) => inclusionProof === undefined))
    fail('BUNDLE_UNSUPPORTED', 'a log entry has no inclusion proof, which bundles of version 0.3 require');
  return {
    mediaType: bundleMediaType,
    version: '0.3',
    signer: signer.kind === 'certificate' ? { kind: 'certificate', certificate: signer.certificate } : signer,
    logEntries,
    timestamps,
    content:
      content.kind === 'message-signature' ? { ...content, messageDigest: content.messageDigest ?? digest } : content,
  };
}

/**
 * Returns the first part in which a bundle does not prove what an older one proves; `undefined` if it proves the same. It may have an
 * inclusion proof or a message digest where the older one has none.
 */
export function differentPart(older: Bundle, newer: Bundle): string | undefined {
  if (!isSameSigner(older, newer)) return 'the certificate or key';
  if (!isSameContent(older.content, newer.content)) return 'the signature or its content';
  if (!isEach(older.timestamps, newer.timestamps, equalBytes)) return 'the timestamps';
  if (!isEach(older.logEntries, newer.logEntries, isSameEntry)) return 'the log entries';
  return undefined;
}

function isSameSigner({ signer: older }: Bundle, { signer: newer }: Bundle): boolean {
  if (older.kind === 'certificate')
    return newer.kind === 'certificate' && equalBytes(older.certificate, newer.certificate);
  return newer.kind === 'public-key' && older.hint === newer.hint;
}

function isSameContent(older: MessageSignature | DsseEnvelope, newer: MessageSignature | DsseEnvelope): boolean {
  if (!equalBytes(older.signature, newer.signature)) return false;
  if (older.kind === 'message-signature') {
    const { messageDigest } = older;
    if (newer.kind !== 'message-signature') return false;
    if (messageDigest === undefined) return true;
    return newer.messageDigest !== undefined && equalDigests(messageDigest, newer.messageDigest);
  }
  if (newer.kind !== 'dsse-envelope') return false;
  return older.payloadType === newer.payloadType && equalBytes(older.payload, newer.payload);
}

function isSameEntry(older: LogEntry, newer: LogEntry): boolean {
  const isSame =
    older.logIndex === newer.logIndex &&
    older.integratedTime === newer.integratedTime &&
    older.kind === newer.kind &&
    older.version === newer.version &&
    equalBytes(older.logKeyId, newer.logKeyId) &&
    equalBytes(older.canonicalizedBody, newer.canonicalizedBody) &&
    isSameOrAbsent(older.signedEntryTimestamp, newer.signedEntryTimestamp, equalBytes);
  if (!isSame) return false;
  return older.inclusionProof === undefined || isSameOrAbsent(older.inclusionProof, newer.inclusionProof, isSameProof);
}

function isSameProof(older: LogInclusion, newer: LogInclusion): boolean {
  return (
    older.logIndex === newer.logIndex &&
    older.treeSize === newer.treeSize &&
    older.checkpoint === newer.checkpoint &&
    equalBytes(older.rootHash, newer.rootHash) &&
    isEach(older.hashes, newer.hashes, equalBytes)
  );
}

function isSameOrAbsent<T>(older: T | undefined, newer: T | undefined, isSame: (a: T, b: T) => boolean): boolean {
  if (older === undefined || newer === undefined) return older === newer;
  return isSame(older, newer);
}

function isEach<T>(older: readonly T[], newer: readonly T[], isSame: (a: T, b: T) => boolean): boolean {
  if (older.length !== newer.length) return false;
  return older.every((one, index) => {
    const other = newer[index];
    return other !== undefined && isSame(one, other);
  });
}
