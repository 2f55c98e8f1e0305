/** `dsse` 0.0.1 (rekor, pkg/types/dsse/v0.0.1): an envelope, of which the log keeps hashes and signatures. */

import { type KeyObject, verify } from 'node:crypto';
import {
  encodeHex,
  type JsonValue,
  parseJson,
  preAuthenticationEncoding,
  utf8,
} from '../../src/core/encoding/index.ts';
import { refuseEntry } from '../http/index.ts';
import { hashOf } from '../pki/index.ts';
import { memberAt, textAt } from './member.ts';
import type { CheckedSpec } from './proposed-entry.ts';
import { readBase64, readVerifier, type Verifier } from './verifier.ts';

/**
 * Checks what is proposed, and gives the `spec` that is stored, with the keys that it is found by.
 *
 * @throws Refusal 400
 */
export function checkDsse(spec: JsonValue): CheckedSpec {
  const text = textAt(spec, 'proposedContent', 'envelope') ?? refuseEntry('proposed content envelope is missing');
  const envelope = readEnvelope(text);
  const payload = readBase64(textAt(envelope, 'payload') ?? '', 'payload');
  const signed = preAuthenticationEncoding(textAt(envelope, 'payloadType') ?? '', payload);
  const signatures = list(memberAt(envelope, 'signatures')).map((signature) => textAt(signature, 'sig') ?? '');
  if (signatures.length === 0) refuseEntry('DSSE envelope must contain 1 or more signatures');
  const verifiers = list(memberAt(spec, 'proposedContent', 'verifiers')).map((verifier) =>
    readVerifier(typeof verifier === 'string' ? verifier : ''),
  );
  const [envelopeHash, payloadHash] = [sha256(utf8(text)), sha256(payload)];
  const pairs = pair(signed, signatures, verifiers).sort((a, b) => (a.signature < b.signature ? -1 : 1));
  return {
    spec: { envelopeHash, payloadHash, signatures: pairs },
    keys: [
      // Rekor writes the algorithm before the hash of the key here, and not elsewhere.
      ...verifiers.flatMap(({ hash, subjects }) => [`sha256:${hash}`, ...subjects]),
      ...[envelopeHash, payloadHash].map(({ algorithm, value }) => `${algorithm}:${value}`),
      ...(textAt(envelope, 'payloadType') === 'application/vnd.in-toto+json' ? statementKeys(payload) : []),
    ],
  };
}

/** The digests of a statement's subjects, and of the materials of older provenance. */
function statementKeys(payload: Uint8Array): readonly string[] {
  const statement = readJson(payload);
  const described = [...list(memberAt(statement, 'subject')), ...list(memberAt(statement, 'predicate', 'materials'))];
  return described.flatMap((one) =>
    Object.entries(memberAt(one, 'digest') ?? {}).flatMap(([algorithm, value]) =>
      typeof value === 'string' ? [`${algorithm}:${value}`] : [],
    ),
  );
}

function readJson(bytes: Uint8Array): JsonValue | undefined {
  try {
    return parseJson(bytes);
  } catch {
    return undefined;
  }
}

type StoredSignature = { readonly signature: string; readonly verifier: string };

/** Each verifier must have made a signature, as long as there are any, and each signature must have a verifier. */
function pair(signed: Uint8Array, signatures: readonly string[], verifiers: readonly Verifier[]): StoredSignature[] {
  const left = new Set(signatures);
  const pairs: StoredSignature[] = [];
  for (const { key, canonical } of verifiers) {
    if (left.size === 0) break;
    const made = [...left].filter((signature) => isSignature(key, signed, readBase64(signature, 'signature')));
    if (made.length === 0)
      refuseEntry('could not verify envelope: accepted signatures do not match threshold, Found: 0, Expected 1');
    for (const signature of made) {
      left.delete(signature);
      pairs.push({ signature, verifier: canonical });
    }
  }
  if (left.size > 0) refuseEntry('all signatures must have a key that verifies it');
  return pairs;
}

/** SHA-256 for every kind of key but Ed25519, which has no choice. */
function isSignature(key: KeyObject, signed: Uint8Array, signature: Uint8Array): boolean {
  return verify(key.asymmetricKeyType === 'ed25519' ? null : 'sha256', signed, key, signature);
}

function readEnvelope(text: string): JsonValue {
  try {
    return parseJson(text);
  } catch {
    return refuseEntry('invalid character in envelope');
  }
}

function list(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

function sha256(bytes: Uint8Array): { readonly algorithm: string; readonly value: string } {
  return { algorithm: 'sha256', value: encodeHex(hashOf('sha256', bytes)) };
}
