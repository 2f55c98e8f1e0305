/** `dsse` 0.0.1 (rekor, pkg/types/dsse/v0.0.1): an envelope, of which the log stores hashes and signatures. */

import { verify } from 'node:crypto';
import { encodeHex, type JsonValue, preAuthenticationEncoding, utf8 } from '../../src/core/encoding/index.ts';
import { refuseEntry } from '../http/index.ts';
import { hashOf } from '../pki/index.ts';
import { type CheckedSpec, listAt, memberAt, readBase64, readJson, textAt } from './spec.ts';
import { readVerifier, type Verifier } from './verifier.ts';

/**
 * Checks a proposed `spec`.
 *
 * @throws Refusal 400
 */
export function checkDsse(spec: JsonValue): CheckedSpec {
  const text = textAt(spec, 'proposedContent', 'envelope') ?? refuseEntry('proposed content envelope is missing');
  const envelope = readJson(text, () => refuseEntry('invalid character in envelope'));
  const payload = readBase64(textAt(envelope, 'payload') ?? '', 'payload');
  const payloadType = textAt(envelope, 'payloadType') ?? '';
  const signatures = listAt(envelope, 'signatures').map((signature) => textAt(signature, 'sig') ?? '');
  if (signatures.length === 0) refuseEntry('DSSE envelope must contain 1 or more signatures');
  const verifiers = listAt(spec, 'proposedContent', 'verifiers').map((verifier) =>
    readVerifier(typeof verifier === 'string' ? verifier : ''),
  );
  const pairs = pair(preAuthenticationEncoding(payloadType, payload), signatures, verifiers);
  const [envelopeHash, payloadHash] = [sha256(utf8(text)), sha256(payload)];
  return {
    spec: { envelopeHash, payloadHash, signatures: pairs.sort((a, b) => (a.signature < b.signature ? -1 : 1)) },
    keys: [
      // Rekor writes the algorithm before the hash of the key here, and not elsewhere.
      ...verifiers.flatMap(({ hash, subjects }) => [`sha256:${hash}`, ...subjects]),
      ...[envelopeHash, payloadHash].map(({ algorithm, value }) => `${algorithm}:${value}`),
      ...(payloadType === 'application/vnd.in-toto+json' ? statementKeys(payload) : []),
    ],
  };
}

/** Returns the digests of a statement's subjects, and of the materials of older provenance. */
function statementKeys(payload: Uint8Array): readonly string[] {
  const statement = readJson(payload, () => undefined);
  const described = [...listAt(statement, 'subject'), ...listAt(statement, 'predicate', 'materials')];
  return described.flatMap((one) =>
    Object.entries(memberAt(one, 'digest') ?? {}).flatMap(([algorithm, value]) =>
      typeof value === 'string' ? [`${algorithm}:${value}`] : [],
    ),
  );
}

/** Pairs signatures and verifiers: each verifier must have one of the signatures left, and each signature a verifier. */
function pair(signed: Uint8Array, signatures: readonly string[], verifiers: readonly Verifier[]) {
  const left = new Set(signatures);
  const pairs: { readonly signature: string; readonly verifier: string }[] = [];
  for (const { key, canonical } of verifiers) {
    if (left.size === 0) break;
    // SHA-256 for all keys but Ed25519, which takes no hash.
    const hash = key.asymmetricKeyType === 'ed25519' ? null : 'sha256';
    const made = [...left].filter((signature) => verify(hash, signed, key, readBase64(signature, 'signature')));
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

function sha256(bytes: Uint8Array): { readonly algorithm: string; readonly value: string } {
  return { algorithm: 'sha256', value: encodeHex(hashOf('sha256', bytes)) };
}
