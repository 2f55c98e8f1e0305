/** The expected body of a log entry, made again from the bundle. */

import type { Bundle, DsseEnvelope, LogEntry } from '../bundle/index.ts';
import { digest, isHashAlgorithm } from '../crypto/index.ts';
import { decodePem, decodeUtf8, equalBytes, ProtoField, preAuthenticationEncoding } from '../encoding/index.ts';
import { fail, reading } from '../errors/index.ts';
import {
  canonicalBody,
  dsseV1,
  dsseV2,
  hashAlgorithmOf,
  hashedRekordV1,
  hashedRekordV2,
  type IntotoEnvelope,
  intotoV1,
  intotoV2,
  keyDetailsNames,
} from '../log/index.ts';
import { type Artifact, digestOf } from './artifact.ts';
import type { Signer } from './signer.ts';

/** The content, artifact and signer that an entry must be about. */
export interface Logged {
  readonly content: Bundle['content'];
  readonly artifact: Artifact;
  readonly signer: Signer;
}

/** The largest number of values in an entry. */
const maxValues = 1000;

/** Reports whether an entry is of a kind that logs of Rekor v2 hold. */
export function isRekorV2({ version, kind }: LogEntry): boolean {
  return version === '0.0.2' && kind !== 'intoto';
}

/** By kind and version: the canonical bodies of an entry about this signature. The parts that may vary are taken from its body. */
const bodies: Readonly<Record<string, (body: ProtoField, logged: Logged) => readonly Uint8Array[]>> = {
  'hashedrekord 0.0.1': hashedRekordV1Bodies,
  'hashedrekord 0.0.2': hashedRekordV2Bodies,
  'dsse 0.0.1': dsseV1Bodies,
  'dsse 0.0.2': dsseV2Bodies,
  'intoto 0.0.1': intotoV1Bodies,
  'intoto 0.0.2': intotoV2Bodies,
};

/**
 * Checks that an entry is about this artifact, signature and signer. The entry is not trusted: it is made again from the bundle,
 * and must be equal byte for byte.
 *
 * @throws CountersignError `LOG_ENTRY_INVALID` for a kind that is not read; `LOG_ENTRY_MISMATCH`
 */
export function checkEntryBody(entry: LogEntry, logged: Logged): void {
  const kind = `${entry.kind} ${entry.version}`;
  const make = Object.hasOwn(bodies, kind) ? bodies[kind] : undefined;
  if (make === undefined) {
    fail('LOG_ENTRY_INVALID', `the log entry type ${JSON.stringify(kind.slice(0, 100))} is not supported`);
  }
  const body = ProtoField.parse(entry.canonicalizedBody, 'LOG_ENTRY_INVALID', 'the log entry', { maxValues });
  if (!make(body, logged).some((expected) => equalBytes(expected, entry.canonicalizedBody))) {
    fail('LOG_ENTRY_MISMATCH', 'the log entry is for a different artifact, signature or signer');
  }
}

/**
 * Returns the bodies for a signed file, and refuses an envelope, which Rekor v1 holds as `dsse` or `intoto`. Otherwise, a signed file
 * whose bytes are a pre-authentication encoding would pass for the statement in it.
 */
function hashedRekordV1Bodies(body: ProtoField, { content, artifact, signer }: Logged): readonly Uint8Array[] {
  if (content.kind !== 'message-signature') {
    fail(
      'LOG_ENTRY_MISMATCH',
      'the log entry is for a file signature (hashedrekord 0.0.1), but the bundle contains an envelope',
      {
        remedy:
          'Do not trust this bundle. Rekor v1 records attestations as dsse or intoto entries, so this attestation may have been forged from a signed file.',
      },
    );
  }
  const { signature } = content;
  const spec = body.field('spec');
  const algorithm = spec.field('data').field('hash').field('algorithm');
  const name = algorithm.string();
  if (!isHashAlgorithm(name)) return algorithm.fail('is not sha256, sha384 or sha512');
  const signed = digestOf(artifact, name);
  const verifier = submittedVerifier(spec.field('signature').field('publicKey').field('content'), signer);
  return [canonicalBody(hashedRekordV1({ digest: signed, signature, verifier }))];
}

/** Returns the bodies for a signature. A log of Rekor v2 holds an envelope as any other signature: by the digest of the signed bytes. */
function hashedRekordV2Bodies(body: ProtoField, { content, artifact, signer }: Logged): readonly Uint8Array[] {
  const { signature } = content;
  const algorithm = hashAlgorithmOf(body.field('spec').field('hashedRekordV002').field('data').field('algorithm'));
  const signed =
    content.kind === 'message-signature' ? digestOf(artifact, algorithm) : digest(algorithm, encoded(content));
  const { publicKey } = signer;
  return keyDetailsNames(publicKey).map((keyDetails) =>
    canonicalBody(hashedRekordV2({ digest: signed, signature, keyDetails, ...verifierOf(signer) })),
  );
}

function dsseV1Bodies(body: ProtoField, { content, signer }: Logged): readonly Uint8Array[] {
  const { payload, signature } = envelopeOf(content);
  const spec = body.field('spec');
  const [first] = spec.field('signatures').list(1);
  const verifier = submittedVerifier(first?.field('verifier') ?? spec.field('signatures').fail('is empty'), signer);
  // The hash depends on how the envelope was written, and binds nothing that the rest does not bind.
  const envelopeHash = hexDigest(spec.field('envelopeHash').field('value'));
  return [canonicalBody(dsseV1({ envelopeHash, payloadHash: digest('sha256', payload), signature, verifier }))];
}

function dsseV2Bodies(_body: ProtoField, { content, signer }: Logged): readonly Uint8Array[] {
  const { payload, signature } = envelopeOf(content);
  const payloadHash = digest('sha256', payload);
  return keyDetailsNames(signer.publicKey).map((keyDetails) =>
    canonicalBody(dsseV2({ payloadHash, signature, keyDetails, ...verifierOf(signer) })),
  );
}

function intotoV2Bodies(body: ProtoField, { content, signer }: Logged): readonly Uint8Array[] {
  const { payload, payloadType, signature } = envelopeOf(content);
  const stored = body.field('spec').field('content');
  const [first] = stored.field('envelope').field('signatures').list(1);
  const field = first ?? stored.field('envelope').field('signatures').fail('is empty');
  const keyId = field.field('keyid').string();
  return [
    canonicalBody(
      intotoV2({
        payloadType,
        payload,
        holdsPayload: stored.field('envelope').field('payload').present,
        envelopeHash: hexDigest(stored.field('hash').field('value')),
        signature,
        keyId: keyId === '' ? undefined : keyId,
        verifier: submittedVerifier(field.field('publicKey'), signer),
      }),
    ),
  ];
}

/**
 * Returns the bodies for an envelope. Version 0.0.1 does not hold the signature: only the hash of the envelope ties the entry to it, and
 * the hash depends on how the envelope was written. The ways of known clients are tried; other entries are refused.
 */
function intotoV1Bodies(body: ProtoField, { content, signer }: Logged): readonly Uint8Array[] {
  const envelope = envelopeOf(content);
  const spec = body.field('spec');
  const verifier = submittedVerifier(spec.field('publicKey'), signer);
  const hasPayloadHash = spec.field('content').field('payloadHash').present;
  const written: IntotoEnvelope = { ...envelope, keyId: undefined };
  return intotoV1(written, verifier, hasPayloadHash).map(canonicalBody);
}

function envelopeOf(content: Bundle['content']): DsseEnvelope {
  return content.kind === 'dsse-envelope'
    ? content
    : fail('LOG_ENTRY_MISMATCH', 'the log entry is for an envelope, but the bundle contains none');
}

function encoded({ payloadType, payload }: DsseEnvelope): Uint8Array {
  return preAuthenticationEncoding(payloadType, payload);
}

function verifierOf(signer: Signer): {
  readonly verifier: 'x509Certificate' | 'publicKey';
  readonly rawBytes: Uint8Array;
} {
  return signer.kind === 'certificate'
    ? { verifier: 'x509Certificate', rawBytes: signer.certificate.der }
    : { verifier: 'publicKey', rawBytes: signer.publicKey.spki };
}

/** Returns the PEM text in an entry, which may be written in several ways, but must be of this signer's certificate or key. */
function submittedVerifier(field: ProtoField, signer: Signer): string {
  const pem = decodeUtf8(field.data()) ?? field.fail('is not valid UTF-8');
  const label = signer.kind === 'certificate' ? 'CERTIFICATE' : 'PUBLIC KEY';
  const { rawBytes } = verifierOf(signer);
  const blocks = reading('LOG_ENTRY_MISMATCH', "the log entry's signer", () => decodePem(label, pem));
  if (blocks.length !== 1 || !blocks.every((block) => equalBytes(block, rawBytes))) {
    fail('LOG_ENTRY_MISMATCH', 'the log entry is for a different signer');
  }
  return pem;
}

function hexDigest(field: ProtoField): string {
  const text = field.string();
  return /^[0-9a-f]{64}$/.test(text) ? text : field.fail('is not a SHA-256 digest');
}
