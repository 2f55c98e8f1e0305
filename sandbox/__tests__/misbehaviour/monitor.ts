/** A monitor of a few lines: it reads a log as strangers do, and says what it finds wrong. Nothing of it is Countersign's. */

import { createPublicKey, verify } from 'node:crypto';
import { naiveRoot, provesConsistency, rootOfProof, sha256 } from '../client.ts';

/** A tree as a log signed it. */
export interface Head {
  readonly size: number;
  readonly root: Buffer;
}

/** The answer of a log to a submission. */
export interface Acknowledgement {
  /** The leaf as it was submitted. */
  readonly leaf: Buffer;
  /** The leaf as it was answered. */
  readonly answered: Buffer;
  readonly index: number;
  /** The tree in which it is proved to be, where there is a proof. */
  readonly proof?: { readonly head: Head; readonly hashes: readonly Buffer[] };
}

/** Reads one kind of log. A part that is missing is `undefined`; faults are reported. */
export interface Reader {
  head(tell: Tell): Promise<Head | undefined>;
  /** The leaves from the first on, so many, or as many as there are. */
  leaves(count: number): Promise<readonly Buffer[]>;
  /** Their hashes, by another way. */
  leafHashes(count: number): Promise<readonly Buffer[]>;
  consistency?(first: number, second: number): Promise<readonly Buffer[] | undefined>;
  inclusion?(leaf: Buffer, size: number): Promise<readonly Buffer[] | undefined>;
  submit(tell: Tell): Promise<Acknowledgement>;
  /** Reports whether the shards that have ended are as they were at first. */
  ended?(): Promise<boolean>;
}

export type Tell = (finding: string) => void;

/** Begins to watch: what the log is like now. */
export async function look(reader: Reader): Promise<Head> {
  const head = await reader.head(() => undefined);
  if (head === undefined) throw new Error('no head');
  return head;
}

/** Everything that is wrong with a log, since it was like this, and with how it deals with one more entry. */
export async function findings(reader: Reader, known: Head): Promise<readonly string[]> {
  const found = new Set<string>();
  const tell: Tell = (finding) => found.add(finding);
  // Whoever would show an old head for ever has shown it to somebody.
  await reader.head(() => undefined);
  const acknowledged = await reader.submit(tell);
  const head = await reader.head(tell);
  if ((await reader.ended?.()) === false) tell('an ended shard has changed');
  checkAcknowledgement(acknowledged, tell);
  const leaves = await reader.leaves(acknowledged.index + 1);
  const hashes = leaves.map((leaf) => leafHash(leaf));
  const same = (index: number): boolean => hashes[index]?.equals(leafHash(acknowledged.leaf)) ?? false;
  if (!same(acknowledged.index) && !leaves.some((leaf) => leaf.equals(acknowledged.answered))) tell('entry is missing');
  const told = await reader.leafHashes(leaves.length);
  if (told.some((hash, at) => !hash.equals(hashes[at] ?? Buffer.alloc(0)))) tell('entries are not the leaves');
  if (acknowledged.proof !== undefined && leaves.length >= acknowledged.proof.head.size) {
    if (!rootOf(leaves, acknowledged.proof.head.size).equals(acknowledged.proof.head.root)) tell('another view');
  }
  if (head === undefined) return [...found].sort();
  if (head.size < known.size) tell('log has shrunk');
  if (head.size <= acknowledged.index) tell('entry is not published');
  if (leaves.length >= head.size && !rootOf(leaves, head.size).equals(head.root)) tell('root is not of the entries');
  if (leaves.length >= known.size && !rootOf(leaves, known.size).equals(known.root)) tell('history is another');
  await checkProofs(reader, known, head, acknowledged.leaf, tell);
  return [...found].sort();
}

function checkAcknowledgement({ leaf, answered, index, proof }: Acknowledgement, tell: Tell): void {
  if (!leaf.equals(answered)) tell('answer is of another entry');
  if (proof === undefined) return;
  const root = rootOfProof(index, proof.head.size, answered, proof.hashes);
  if (root === undefined || !root.equals(proof.head.root)) tell('proof does not lead to the root');
}

async function checkProofs(reader: Reader, known: Head, head: Head, leaf: Buffer, tell: Tell): Promise<void> {
  const { consistency, inclusion } = reader;
  if (consistency !== undefined && head.size >= known.size) {
    const proof = await consistency(known.size, head.size);
    const proven = proof && provesConsistency([known.size, known.root], [head.size, head.root], proof);
    if (!proven) tell('consistency is not proven');
  }
  if (inclusion !== undefined) {
    const proof = await inclusion(leaf, head.size);
    if (proof === undefined) return;
    const root = rootOfProof(head.size - 1, head.size, leaf, proof);
    if (root === undefined || !root.equals(head.root)) tell('inclusion is not proven');
  }
}

export function leafHash(leaf: Buffer): Buffer {
  return sha256(new Uint8Array([0]), leaf);
}

function rootOf(leaves: readonly Buffer[], size: number): Buffer {
  return naiveRoot(leaves.slice(0, size));
}

export interface Cosigner {
  readonly name: string;
  readonly publicKey: Uint8Array;
}

/** Checks the cosignatures of Ed25519 keys in a checkpoint, and that nobody else signed it. */
export function checkCosignatures(note: string, log: string, witnesses: readonly Cosigner[], tell: Tell): void {
  const [text = '', signatures = ''] = note.split('\n\n');
  const lines = [...signatures.matchAll(/^— (\S+) (\S+)$/gm)];
  for (const { name, publicKey } of witnesses) {
    const [, , encoded = ''] = lines.find(([, signer]) => signer === name) ?? [];
    const blob = Buffer.from(encoded, 'base64');
    if (blob.length === 0) {
      tell('not cosigned');
      continue;
    }
    const time = Number(blob.readBigUInt64BE(4));
    if (Math.abs(time - Date.now() / 1000) > 3600) tell('cosignature is of another time');
    const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
    const message = Buffer.from(`cosignature/v1\ntime ${time}\n${text}\n`);
    if (!verify(null, message, key, blob.subarray(12))) tell('cosignature does not verify');
  }
  const known = [log, ...witnesses.map(({ name }) => name)];
  if (lines.some(([, signer = '']) => !known.includes(signer))) tell('signed by strangers');
}

export interface NoteKey {
  readonly origin: string;
  readonly name: string;
  readonly publicKey: Uint8Array;
  readonly keyId: Uint8Array;
}

/** Reads a checkpoint, and tells what is wrong with its name and its signature. */
export function readCheckpoint(note: string, expected: NoteKey, tell: Tell): Head {
  const [text = '', signatures = ''] = note.split('\n\n');
  const [origin, size, root = ''] = text.split('\n');
  if (origin !== expected.origin) tell('origin is another');
  const lines = [...signatures.matchAll(/^— (\S+) (\S+)$/gm)].map(([, name, blob = '']) => ({
    name,
    blob: Buffer.from(blob, 'base64'),
  }));
  const own = lines.find(({ name }) => name === expected.name)?.blob ?? Buffer.alloc(4);
  if (!own.subarray(0, 4).equals(expected.keyId.subarray(0, 4))) tell('key id is another');
  const key = createPublicKey({ key: Buffer.from(expected.publicKey), format: 'der', type: 'spki' });
  const hash = key.asymmetricKeyType === 'ed25519' ? null : 'sha256';
  if (!verify(hash, Buffer.from(`${text}\n`), key, own.subarray(4))) tell('signature does not verify');
  return { size: Number(size), root: Buffer.from(root, 'base64') };
}
