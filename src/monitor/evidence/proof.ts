/** Proofs of misbehaviour, and their verification. */

import {
  promisedLeaf,
  readCertificate,
  readSignedCertificateTimestamps,
  verifySignedCertificateTimestamp,
} from '../../core/certificate/index.ts';
import { equalBytes } from '../../core/encoding/index.ts';
import { fail } from '../../core/errors/index.ts';
import { leafHash, verifyConsistency, verifyInclusion, verifySignedEntryTimestamp } from '../../core/log/index.ts';
import type { MonitoredLog, TreeHead } from '../log/index.ts';
import { shardOffset } from './known-shards.ts';

export type Proof = ContradictionProof | ThawedProof | PromiseProof;

/** Two signed trees, of which the smaller is not the beginning of the larger. */
export interface ContradictionProof {
  readonly kind: 'contradiction';
  readonly smaller: TreeHead;
  readonly larger: TreeHead;
  /** The root of the larger tree at the size of the smaller one. */
  readonly rootInstead: Uint8Array;
  /** The consistency proof from `rootInstead` to the larger tree (RFC 9162, section 2.1.4); empty if the sizes are equal. */
  readonly proof: readonly Uint8Array[];
}

/** A signed tree that is frozen, and a larger one. */
export interface ThawedProof {
  readonly kind: 'thawed';
  readonly frozen: TreeHead;
  readonly later: TreeHead;
}

/** A signed promise to include an entry, and the proof that the log has another entry in its place. */
export interface PromiseProof {
  readonly kind: 'promise';
  readonly promise: EntryPromise | CertificatePromise;
  /** The index of the leaf in the tree of `head`. */
  readonly index: number;
  /** The content of the leaf that is there instead. */
  readonly bytes: Uint8Array;
  /** Its inclusion proof. */
  readonly proof: readonly Uint8Array[];
  readonly head: TreeHead;
}

/** The signed entry timestamp of a log of Rekor v1. */
export interface EntryPromise {
  readonly kind: 'signed-entry-timestamp';
  readonly canonicalizedBody: Uint8Array;
  /** Seconds since 1970. */
  readonly integratedTime: bigint;
  /** Over all shards. */
  readonly logIndex: bigint;
  readonly signature: Uint8Array;
}

/** The signed certificate timestamp of a log of the Static CT API, which contains the index of the entry. */
export interface CertificatePromise {
  readonly kind: 'signed-certificate-timestamp';
  /** DER */
  readonly certificate: Uint8Array;
  /** The certificate of the authority that issued it, DER. */
  readonly issuer: Uint8Array;
}

/** The key of a log that verifies a proof, and its log's id. */
export type ProofKey = Pick<MonitoredLog, 'publicKey' | 'keyId'>;

/** The time within which a certificate log must include an entry (its maximum merge delay): 24 hours. */
export const maximumMergeDelay = 24 * 60 * 60 * 1000;

/**
 * Verifies a proof. The signatures of its heads must be verified already.
 *
 * @param offsetOf returns the number of entries of the earlier shards of a log of Rekor v1, if it is known
 * @returns what it proves, as a sentence without its full stop
 * @throws CountersignError if it proves nothing
 */
export async function verifyProof(proof: Proof, key: ProofKey, offsetOf = shardOffset): Promise<string> {
  switch (proof.kind) {
    case 'contradiction':
      return verifyContradiction(proof);
    case 'thawed':
      return verifyThawed(proof);
    case 'promise':
      return verifyBrokenPromise(proof, key, offsetOf);
  }
}

function verifyContradiction({ smaller, larger, rootInstead, proof }: ContradictionProof): string {
  if (smaller.origin !== larger.origin)
    fail('CONSISTENCY_UNPROVEN', `the checkpoints are of two logs: ${smaller.origin} and ${larger.origin}`);
  if (equalBytes(smaller.root, rootInstead))
    fail('CONSISTENCY_UNPROVEN', 'the larger tree begins with the smaller one');
  verifyConsistency({ size: smaller.size, root: rootInstead }, larger, proof);
  return smaller.size === larger.size
    ? `the log signed two different trees of ${smaller.size} entries`
    : `the log signed a tree of ${larger.size} entries that does not begin with the tree of ${smaller.size} entries that it signed`;
}

function verifyThawed({ frozen, later }: ThawedProof): string {
  if (frozen.origin !== later.origin)
    fail('CONSISTENCY_UNPROVEN', `the checkpoints are of two logs: ${frozen.origin} and ${later.origin}`);
  if (!frozen.frozen) fail('CONSISTENCY_UNPROVEN', 'the first checkpoint does not say that the log is frozen');
  if (later.size <= frozen.size) fail('CONSISTENCY_UNPROVEN', 'the second checkpoint does not have more entries');
  return `the log signed that it is frozen at ${frozen.size} entries, and signed a tree of ${later.size} entries`;
}

async function verifyBrokenPromise(
  { promise, index, bytes, proof, head }: PromiseProof,
  key: ProofKey,
  offsetOf: typeof shardOffset,
): Promise<string> {
  const promised = await promisedEntry(promise, key, head, offsetOf);
  if (promised.index !== BigInt(index))
    fail('LOG_ENTRY_MISMATCH', `the promise is for index ${promised.index}, and the entry is at index ${index}`);
  if (equalBytes(promised.leaf, bytes)) fail('LOG_ENTRY_MISMATCH', 'the entry is the promised one');
  const inclusion = { index: BigInt(index), size: BigInt(head.size), hashes: proof };
  verifyInclusion(leafHash(bytes), inclusion, head.root);
  return `the log signed the promise to include an entry at index ${index}, and has another entry there`;
}

/** Verifies the signature of a promise, and returns the leaf that the log promised and its index. */
async function promisedEntry(
  promise: EntryPromise | CertificatePromise,
  { publicKey, keyId }: ProofKey,
  head: TreeHead,
  offsetOf: typeof shardOffset,
): Promise<{ readonly leaf: Uint8Array; readonly index: bigint }> {
  if (promise.kind === 'signed-entry-timestamp') {
    const { signature, ...entry } = promise;
    await verifySignedEntryTimestamp({ ...entry, logKeyId: keyId }, signature, publicKey);
    const offset = offsetOf(head.origin, keyId);
    if (offset === undefined)
      fail(
        'LOG_ENTRY_INVALID',
        `the promise is for an index over all shards of the log, and no signature states where the shard ${head.origin} begins`,
      );
    return { leaf: promise.canonicalizedBody, index: promise.logIndex - BigInt(offset) };
  }
  const certificate = readCertificate(promise.certificate);
  const issuer = readCertificate(promise.issuer);
  const timestamp = readSignedCertificateTimestamps(certificate).find(({ logId }) => equalBytes(logId, keyId));
  if (timestamp === undefined) fail('SCT_MISSING', 'the certificate has no timestamp of the log');
  if (!(await verifySignedCertificateTimestamp(timestamp, certificate, issuer, publicKey)))
    fail('SCT_INVALID', 'the signed certificate timestamp of the log is invalid');
  const late = timestamp.timestamp.getTime() + maximumMergeDelay;
  if (head.time === undefined || head.time.getTime() < late)
    fail('SCT_INVALID', 'the checkpoint was signed before the log had to include the certificate');
  const index = promisedIndex(timestamp.extensions);
  if (index === undefined) fail('SCT_INVALID', 'the signed certificate timestamp contains no index');
  return { leaf: promisedLeaf(timestamp, certificate, issuer), index: BigInt(index) };
}

/** Returns the index in the extensions of a timestamp (C2SP static-ct-api, "SCT Extension"); `undefined` without one. */
export function promisedIndex(extensions: Uint8Array): number | undefined {
  // Type 0, the length 5 in two bytes, and the index.
  if (extensions.length !== 8 || extensions[0] !== 0 || extensions[1] !== 0 || extensions[2] !== 5) return undefined;
  return extensions.subarray(3).reduce((index, byte) => index * 256 + byte, 0);
}
