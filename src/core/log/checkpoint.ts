/** Checkpoints (C2SP tlog-checkpoint): the state of a log, as a signed note. */

import { type PublicKey, verifySignature } from '../crypto/index.ts';
import { decodeBase64, equalBytes } from '../encoding/index.ts';
import { fail, reading } from '../errors/index.ts';
import { readSignedNote, type SignedNote, signedBytes } from './signed-note.ts';

export interface Checkpoint {
  readonly origin: string;
  readonly size: bigint;
  /** 32 bytes */
  readonly rootHash: Uint8Array;
  readonly note: SignedNote;
}

/** The key that signs a log's checkpoints. */
export interface CheckpointKey {
  /** The names of the log in a note: the host of its address, with and without the port. */
  readonly names: readonly string[];
  /** The whole key id; a note has its first four bytes. */
  readonly keyId: Uint8Array;
  readonly publicKey: PublicKey;
}

/**
 * Reads a checkpoint. No signature is verified.
 *
 * @throws CountersignError `CHECKPOINT_INVALID`
 */
export function readCheckpoint(envelope: string): Checkpoint {
  const note = readSignedNote(envelope);
  const [origin = '', size = '', root = '', ...extensions] = note.text.slice(0, -1).split('\n');
  if (origin === '') fail('CHECKPOINT_INVALID', 'the checkpoint has no origin');
  if (!/^(?:0|[1-9]\d{0,18})$/.test(size))
    fail('CHECKPOINT_INVALID', 'the second line of the checkpoint is not a tree size');
  const rootHash = reading('CHECKPOINT_INVALID', 'the root hash of the checkpoint', () => decodeBase64(root));
  if (rootHash.length !== 32)
    fail('CHECKPOINT_INVALID', `the root hash of the checkpoint has ${rootHash.length} bytes, not 32`);
  if (extensions.includes('')) fail('CHECKPOINT_INVALID', 'the checkpoint has an empty line');
  return { origin, size: BigInt(size), rootHash, note };
}

/**
 * Checks that a log signed a checkpoint: a line with the log's name and key id must be there and verify.
 * Lines of others (witnesses, or other keys of the log) are ignored.
 *
 * @throws CountersignError `CHECKPOINT_INVALID`
 */
export async function verifyCheckpoint(checkpoint: Checkpoint, key: CheckpointKey): Promise<void> {
  const [host = ''] = key.names;
  // Names are compared literally: they come from the author of the bundle.
  const name = key.names.find((candidate) => isOriginOf(checkpoint.origin, candidate));
  if (name === undefined) {
    fail(
      'CHECKPOINT_INVALID',
      `the checkpoint's origin is ${JSON.stringify(checkpoint.origin)}; expected ${JSON.stringify(host)}`,
    );
  }
  const hint = key.keyId.subarray(0, 4);
  const lines = checkpoint.note.signatures.filter((line) => line.name === name && equalBytes(line.keyHint, hint));
  if (lines.length === 0) fail('CHECKPOINT_INVALID', `the checkpoint is not signed by ${name}`);
  const bytes = signedBytes(checkpoint.note);
  for (const line of lines) {
    if (!(await verifySignature(key.publicKey, line.signature, bytes, 'sha256', ['pkcs1']))) {
      fail('CHECKPOINT_INVALID', `the checkpoint's signature by ${name} is invalid`);
    }
  }
}

/** Compares an origin with a name. Rekor v1 adds the id of the shard's tree to the name of the log: `rekor.example.test - 1193050959916656506`. */
function isOriginOf(origin: string, name: string): boolean {
  return origin === name || (origin.startsWith(`${name} - `) && /^\d+$/.test(origin.slice(name.length + 3)));
}
