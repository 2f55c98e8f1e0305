/** `hashedrekord` 0.0.2 (rekor-tiles, pkg/types/hashedrekord): the checks of Rekor v2 on an entry, and the entry it stores. */

import {
  canonicalJson,
  encodeBase64,
  type JsonValue,
  ProtoField,
  parseJson,
  utf8,
} from '../../src/core/encoding/index.ts';
import { CountersignError } from '../../src/core/errors/index.ts';
import { refuse } from '../http/index.ts';
import { hashLengths } from '../pki/index.ts';
import { acceptedKeyDetails, type KeyDetails, readVerifierKey } from './verifier-key.ts';

export interface HashedRekord {
  readonly digest: Uint8Array;
  readonly signature: Uint8Array;
  readonly keyDetails: KeyDetails;
  readonly verifier: 'publicKey' | 'x509Certificate';
  /** SubjectPublicKeyInfo or certificate, DER. */
  readonly rawBytes: Uint8Array;
}

/** The members that a message may have. */
interface Shape {
  readonly [member: string]: Shape;
}
const scalar: Shape = {};
/** A message that is refused as a whole, whatever it contains. */
const unread: Shape = {};
const verifierShape: Shape = {
  publicKey: { rawBytes: scalar },
  x509Certificate: { rawBytes: scalar },
  keyDetails: scalar,
};
const requestShape: Shape = {
  hashedRekordRequestV002: { digest: scalar, signature: { content: scalar, verifier: verifierShape } },
  dsseRequestV002: unread,
};

/**
 * Reads and checks a CreateEntryRequest (rekor_service.proto).
 *
 * @throws Refusal `invalidArgument`
 */
export function readHashedRekord(body: Uint8Array): HashedRekord {
  try {
    refuseUnknown(parseJson(body), requestShape);
    return check(ProtoField.parse(body, 'JSON_INVALID', 'request'));
  } catch (error) {
    if (error instanceof CountersignError) refuse('invalidArgument', error.message);
    throw error;
  }
}

/** Returns the canonical JSON (RFC 8785) that the log stores and hashes. */
export function encodeHashedRekord({ digest, signature, keyDetails, verifier, rawBytes }: HashedRekord): Uint8Array {
  const rekord = {
    data: { algorithm: keyDetails.hash.replace('sha', 'SHA2_'), digest: encodeBase64(digest) },
    signature: {
      content: encodeBase64(signature),
      verifier: { keyDetails: keyDetails.name, [verifier]: { rawBytes: encodeBase64(rawBytes) } },
    },
  };
  return utf8(canonicalJson({ apiVersion: '0.0.2', kind: 'hashedrekord', spec: { hashedRekordV002: rekord } }));
}

function check(request: ProtoField): HashedRekord {
  const rekord = request.field('hashedRekordRequestV002');
  if (request.field('dsseRequestV002').present || !rekord.present) {
    refuse('invalidArgument', 'invalid type, must be hashedrekord');
  }
  const digest = rekord.field('digest').data();
  const signature = rekord.field('signature').field('content').data();
  const verifierField = rekord.field('signature').field('verifier');
  const verifier = verifierKind(verifierField);
  const rawBytes = verifierField.field(verifier).field('rawBytes').data();
  const keyDetails = readKeyDetails(verifierField.field('keyDetails'));
  const key = readVerifierKey(verifier, rawBytes) ?? reject('parsing public key or certificate failed');
  if (!keyDetails.matches(key)) reject(`the key is not of the kind ${keyDetails.name}`);
  if (digest.length !== hashLengths[keyDetails.hash])
    reject(`a digest of ${digest.length} bytes for ${keyDetails.name}`);
  if (!keyDetails.verifies(key, signature, digest)) reject('verifying signature: invalid signature');
  return { digest, signature, keyDetails, verifier, rawBytes };
}

function verifierKind(field: ProtoField): HashedRekord['verifier'] {
  const [kind, other] = (['publicKey', 'x509Certificate'] as const).filter((one) => field.field(one).present);
  if (kind === undefined || other !== undefined) reject('one of public key and certificate is needed');
  return kind;
}

function readKeyDetails(field: ProtoField): KeyDetails {
  const table = Object.fromEntries(acceptedKeyDetails.map(({ name, number }) => [name, number]));
  const name = field.enum(table);
  return acceptedKeyDetails.find((details) => details.name === name) ?? reject('unsupported entry algorithm');
}

/** Refuses an entry. Rekor does not tell its clients why; the sandbox does in a header, to help find the mistake. */
function reject(reason: string): never {
  refuse('invalidArgument', 'invalid hashedrekord request', { 'x-sandbox-reason': reason });
}

/** Refuses members that protojson does not know. It has two names for each, such as `rawBytes` and `raw_bytes`. */
function refuseUnknown(value: JsonValue, shape: Shape): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  for (const [name, member] of Object.entries(value)) {
    const camel = name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    const known = Object.hasOwn(shape, camel) ? shape[camel] : undefined;
    if (known === undefined) refuse('invalidArgument', `proto: unknown field ${JSON.stringify(name)}`);
    if (known !== unread) refuseUnknown(member, known);
  }
}
