/** Reading bundles: version 0.3, strictly. */

import { type Digest, type HashAlgorithm, toDigest } from '../crypto/index.ts';
import { ProtoField } from '../encoding/index.ts';
import { fail, reading } from '../errors/index.ts';
import type { Bundle, DsseEnvelope, LogEntry, MessageSignature } from './bundle.ts';

/** The two spellings of version 0.3. */
const mediaTypes: ReadonlySet<string> = new Set([
  'application/vnd.dev.sigstore.bundle.v0.3+json',
  'application/vnd.dev.sigstore.bundle+json;version=0.3',
]);

const maxLength = 16 * 1024 * 1024;
const maxLogEntries = 32;
const maxTimestamps = 32;
const maxProofHashes = 64;
const maxEnvelopeSignatures = 32;

const hashAlgorithms = { HASH_ALGORITHM_UNSPECIFIED: 0, SHA2_256: 1, SHA2_384: 2, SHA2_512: 3 } as const;
const hashNames: Readonly<Partial<Record<string, HashAlgorithm>>> = {
  SHA2_256: 'sha256',
  SHA2_384: 'sha384',
  SHA2_512: 'sha512',
};

/**
 * Reads a bundle. Nothing is verified; unknown members are passed over, for nothing unknown is ever believed.
 *
 * @throws CountersignError `BUNDLE_INVALID`, `BUNDLE_UNSUPPORTED`, `LIMIT_EXCEEDED`
 */
export function readBundle(json: string | Uint8Array): Bundle {
  const bundle = ProtoField.parse(json, 'BUNDLE_INVALID', 'bundle', { maxLength });
  const mediaType = bundle.field('mediaType').text();
  if (!mediaTypes.has(mediaType))
    fail('BUNDLE_UNSUPPORTED', `a bundle of the media type ${JSON.stringify(mediaType.slice(0, 100))}`);
  const material = bundle.field('verificationMaterial');
  return {
    mediaType,
    certificate: readCertificateField(material),
    logEntries: material.field('tlogEntries').list(maxLogEntries).map(readLogEntry),
    timestamps: material
      .field('timestampVerificationData')
      .field('rfc3161Timestamps')
      .list(maxTimestamps)
      .map((timestamp) => timestamp.field('signedTimestamp').data()),
    content: readContent(bundle),
  };
}

/** Exactly one kind of key material; version 0.3 has no chains. */
function readCertificateField(material: ProtoField): Uint8Array {
  for (const other of ['publicKey', 'x509CertificateChain']) {
    if (material.field(other).present)
      fail('BUNDLE_UNSUPPORTED', `${material.field(other).path} is not read in a bundle of version 0.3`);
  }
  return material.field('certificate').field('rawBytes').data();
}

/** Exactly one of the two kinds of content. */
function readContent(bundle: ProtoField): MessageSignature | DsseEnvelope {
  const envelope = bundle.field('dsseEnvelope');
  const message = bundle.field('messageSignature');
  if (envelope.present && message.present) bundle.fail('has two contents');
  return envelope.present ? readEnvelope(envelope) : readMessageSignature(message);
}

function readMessageSignature(message: ProtoField): MessageSignature {
  const messageDigest = message.field('messageDigest');
  return {
    kind: 'message-signature',
    messageDigest: messageDigest.present ? readDigest(messageDigest) : undefined,
    signature: message.field('signature').data(),
  };
}

function readEnvelope(envelope: ProtoField): DsseEnvelope {
  // With more than one it would be open which of them was verified.
  const [signature, ...others] = envelope.field('signatures').list(maxEnvelopeSignatures);
  if (signature === undefined || others.length > 0)
    return envelope.field('signatures').fail('does not hold exactly one signature');
  return {
    kind: 'dsse-envelope',
    payloadType: envelope.field('payloadType').text(),
    payload: envelope.field('payload').data(),
    signature: signature.field('sig').data(),
  };
}

function readDigest(field: ProtoField): Digest {
  const name = field.field('algorithm');
  const algorithm = hashNames[name.enum(hashAlgorithms) ?? ''] ?? name.fail('is not SHA2_256, SHA2_384 or SHA2_512');
  return reading('BUNDLE_INVALID', field.path, () => toDigest(algorithm, field.field('digest').data()));
}

/**
 * Reads an entry of a transparency log, in a bundle or as a log answers it.
 *
 * @throws CountersignError the code of the document it is part of
 */
export function readLogEntry(entry: ProtoField): LogEntry {
  const proof = entry.field('inclusionProof');
  const promise = entry.field('inclusionPromise');
  return {
    logIndex: entry.field('logIndex').uint64(),
    logKeyId: entry.field('logId').field('keyId').data(),
    kind: entry.field('kindVersion').field('kind').text(),
    version: entry.field('kindVersion').field('version').text(),
    integratedTime: entry.field('integratedTime').uint64(),
    signedEntryTimestamp: promise.present ? promise.field('signedEntryTimestamp').data() : undefined,
    inclusionProof: {
      logIndex: proof.field('logIndex').uint64(),
      rootHash: proof.field('rootHash').data(),
      treeSize: proof.field('treeSize').uint64(),
      hashes: proof
        .field('hashes')
        .list(maxProofHashes)
        .map((hash) => hash.data()),
      checkpoint: proof.field('checkpoint').field('envelope').text(),
    },
    canonicalizedBody: entry.field('canonicalizedBody').data(),
  };
}
