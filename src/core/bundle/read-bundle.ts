/** Reading bundles: versions 0.1 to 0.3, strictly. */

import { type Digest, type HashAlgorithm, toDigest } from '../crypto/index.ts';
import { ProtoField, readDer, tags } from '../encoding/index.ts';
import { fail, reading } from '../errors/index.ts';
import type {
  Bundle,
  BundleSigner,
  BundleVersion,
  DsseEnvelope,
  LogEntry,
  LogInclusion,
  MessageSignature,
} from './bundle.ts';
import { bundleShape } from './shape.ts';

/** The media types: two spellings of version 0.3, and one of each version before. */
const versions: ReadonlyMap<string, BundleVersion> = new Map<string, BundleVersion>([
  ['application/vnd.dev.sigstore.bundle+json;version=0.1', '0.1'],
  ['application/vnd.dev.sigstore.bundle+json;version=0.2', '0.2'],
  ['application/vnd.dev.sigstore.bundle+json;version=0.3', '0.3'],
  ['application/vnd.dev.sigstore.bundle.v0.3+json', '0.3'],
]);

/** The length of the longest bundle that is read, in bytes: one with a predicate of 16 MiB in base64. */
export const maxBundleLength = 24 * 1024 * 1024;
const maxLogEntries = 32;
const maxTimestamps = 32;
const maxProofHashes = 64;
const maxEnvelopeSignatures = 32;
const maxChainLength = 8;

const hashAlgorithms = { HASH_ALGORITHM_UNSPECIFIED: 0, SHA2_256: 1, SHA2_384: 2, SHA2_512: 3 } as const;
const hashNames: Readonly<Partial<Record<string, HashAlgorithm>>> = {
  SHA2_256: 'sha256',
  SHA2_384: 'sha384',
  SHA2_512: 'sha512',
};

/**
 * Reads a bundle. Nothing is verified. Unknown members are refused: new members come with a new media type, and a member that is
 * ignored here could mean something to another client.
 *
 * @throws CountersignError `BUNDLE_INVALID`, `BUNDLE_UNSUPPORTED`, `LIMIT_EXCEEDED`
 *
 * @example
 * readBundle(await readFile('app.tar.gz.sigstore.json')).version; // → '0.3'
 */
export function readBundle(json: string | Uint8Array): Bundle {
  const bundle = ProtoField.parse(json, 'BUNDLE_INVALID', 'bundle', { maxLength: maxBundleLength });
  const mediaType = bundle.field('mediaType').text();
  const version =
    versions.get(mediaType) ??
    fail('BUNDLE_UNSUPPORTED', `the bundle's media type ${JSON.stringify(mediaType.slice(0, 100))} is not supported`);
  bundle.demandShape(bundleShape);
  const material = bundle.field('verificationMaterial');
  const logEntries = material.field('tlogEntries').list(maxLogEntries);
  return {
    mediaType,
    version,
    signer: readSigner(material),
    logEntries: logEntries.map((entry) => readBundledEntry(entry, version)),
    timestamps: material
      .field('timestampVerificationData')
      .field('rfc3161Timestamps')
      .list(maxTimestamps)
      .map((timestamp) => timestamp.field('signedTimestamp').data()),
    content: readContent(bundle),
  };
}

/** Reads exactly one kind of key material. Public instances wrote chains before version 0.3; private PKIs also write them in 0.3. */
function readSigner(material: ProtoField): BundleSigner {
  const kinds = ['certificate', 'x509CertificateChain', 'publicKey'].filter((kind) => material.field(kind).present);
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1)
    return material.fail('must have exactly one of certificate, x509CertificateChain and publicKey');
  const field = material.field(kind);
  if (kind === 'publicKey') return { kind: 'public-key', hint: field.field('hint').string() };
  if (kind === 'certificate') return { kind: 'certificate', certificate: field.field('rawBytes').data() };
  return { kind: 'certificate', ...readChain(field.field('certificates')) };
}

/** Reads a chain. The first certificate is the signer's; of the others, nothing but their form is checked, since nothing relies on them. */
function readChain(field: ProtoField): Pick<Extract<BundleSigner, { kind: 'certificate' }>, 'certificate' | 'others'> {
  const [certificate, ...others] = field.list(maxChainLength).map((one) => one.field('rawBytes').data());
  if (certificate === undefined) return field.fail('is empty');
  for (const [index, other] of others.entries())
    reading('CERTIFICATE_INVALID', `${field.path}[${index + 1}]`, () =>
      readDer(other, (der) => der.element(tags.sequence)),
    );
  return others.length === 0 ? { certificate } : { certificate, others };
}

/** Checks what the version demands of a log: 0.1 a promise, later versions a proof (protobuf-specs, sigstore_bundle.proto). */
function readBundledEntry(field: ProtoField, version: BundleVersion): LogEntry {
  const entry = readLogEntry(field);
  if (version === '0.1' && entry.signedEntryTimestamp === undefined) field.field('inclusionPromise').fail('is missing');
  if (version !== '0.1' && entry.inclusionProof === undefined) field.field('inclusionProof').fail('is missing');
  return entry;
}

/** Reads exactly one of the two kinds of content. */
function readContent(bundle: ProtoField): MessageSignature | DsseEnvelope {
  const envelope = bundle.field('dsseEnvelope');
  const message = bundle.field('messageSignature');
  if (envelope.present && message.present) bundle.fail('has both a messageSignature and a dsseEnvelope');
  return envelope.present ? readEnvelope(envelope) : readMessageSignature(message);
}

function readMessageSignature(message: ProtoField): MessageSignature {
  const messageDigest = message.field('messageDigest');
  return {
    kind: 'message-signature',
    messageDigest: readDigest(messageDigest),
    signature: message.field('signature').data(),
  };
}

function readEnvelope(envelope: ProtoField): DsseEnvelope {
  // With several signatures, it would be unclear which one was verified.
  const [signature, ...others] = envelope.field('signatures').list(maxEnvelopeSignatures);
  if (signature === undefined || others.length > 0)
    return envelope.field('signatures').fail('must contain exactly one signature');
  signature.field('keyid').string(); // Only a hint, but a text.
  return {
    kind: 'dsse-envelope',
    payloadType: envelope.field('payloadType').text(),
    payload: envelope.field('payload').data(),
    signature: signature.field('sig').data(),
  };
}

/** Reads a digest; `undefined` if it is absent, or a message without a value, as cosign writes it for Ed25519. */
function readDigest(field: ProtoField): Digest | undefined {
  const name = field.field('algorithm');
  if (name.enum(hashAlgorithms) === 'HASH_ALGORITHM_UNSPECIFIED' && field.field('digest').bytes().length === 0)
    return undefined;
  const algorithm = hashNames[name.enum(hashAlgorithms) ?? ''] ?? name.fail('is not SHA2_256, SHA2_384 or SHA2_512');
  return reading('BUNDLE_INVALID', field.path, () => toDigest(algorithm, field.field('digest').data()));
}

/**
 * Reads an entry of a transparency log, from a bundle or from the answer of a log.
 *
 * @throws CountersignError with the code of the document that the entry is part of
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
    inclusionProof: proof.present ? readInclusion(proof) : undefined,
    canonicalizedBody: entry.field('canonicalizedBody').data(),
  };
}

function readInclusion(proof: ProtoField): LogInclusion {
  return {
    logIndex: proof.field('logIndex').uint64(),
    rootHash: proof.field('rootHash').data(),
    treeSize: proof.field('treeSize').uint64(),
    hashes: proof
      .field('hashes')
      .list(maxProofHashes)
      .map((hash) => hash.data()),
    checkpoint: proof.field('checkpoint').field('envelope').text(),
  };
}
