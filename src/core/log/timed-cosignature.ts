/** Cosignatures with the time that they state (C2SP tlog-cosignature): by Ed25519 and ML-DSA-44. */

import { verifySignature } from '../crypto/index.ts';
import { concatBytes, equalBytes, readUint, uintBytes, utf8 } from '../encoding/index.ts';
import type { Checkpoint } from './checkpoint.ts';
import { cosignedText } from './cosignature.ts';
import type { WitnessKey } from './verifier-key.ts';

/** The result of looking for a witness's cosignature of a checkpoint. */
export type CosignatureCheck =
  | { readonly status: 'absent' }
  | { readonly status: 'valid'; readonly time: Date }
  /** The reason continues a sentence: `is invalid`. */
  | { readonly status: 'refused'; readonly reason: string };

/** The time by which the clock of a witness may be ahead, in seconds. */
const maxAhead = 300;

/**
 * Verifies the cosignature of a witness. Of several, all must be valid, and the latest time counts.
 *
 * @param now a cosignature of a later time is refused, as is one without a time: its time shows that the checkpoint is recent
 */
export async function checkCosignature(
  checkpoint: Checkpoint,
  witness: WitnessKey,
  now: Date,
): Promise<CosignatureCheck> {
  const lines = checkpoint.note.signatures.filter(
    (line) => line.name === witness.name && equalBytes(line.keyHint, witness.keyHint),
  );
  let latest = 0n;
  for (const { signature } of lines) {
    const time = readUint(signature.subarray(0, 8));
    if (!(await isSigned(checkpoint, witness, signature))) return { status: 'refused', reason: 'is invalid' };
    if (time === 0n) return { status: 'refused', reason: 'states no time' };
    if (time > BigInt(Math.floor(now.getTime() / 1000) + maxAhead))
      return { status: 'refused', reason: 'states a time in the future' };
    if (time > latest) latest = time;
  }
  return lines.length === 0 ? { status: 'absent' } : { status: 'valid', time: new Date(Number(latest) * 1000) };
}

async function isSigned(checkpoint: Checkpoint, witness: WitnessKey, cosignature: Uint8Array): Promise<boolean> {
  const signature = cosignature.subarray(8);
  if (witness.type === 'ed25519-cosignature')
    return verifySignature(witness.publicKey, signature, cosignedText(checkpoint, cosignature), 'sha512');
  const message = cosignedMessage(checkpoint, witness.name, cosignature.subarray(0, 8));
  if (message === undefined) return false;
  const { verifyMlDsa44 } = await import('./ml-dsa.ts');
  return verifyMlDsa44(witness.raw, signature, message);
}

/**
 * Returns the message that a witness with an ML-DSA-44 key signs about a whole tree. It does not contain the extension lines.
 *
 * @returns `undefined` for a name or an origin that the message cannot contain
 */
function cosignedMessage(
  { origin, size, rootHash }: Checkpoint,
  witness: string,
  time: Uint8Array,
): Uint8Array | undefined {
  const [name, log] = [utf8(witness), utf8(origin)];
  if (name.length > 255 || log.length > 255) return undefined;
  return concatBytes(
    utf8('subtree/v1\n\0'),
    uintBytes(name.length, 1),
    name,
    time,
    uintBytes(log.length, 1),
    log,
    uintBytes(0, 8),
    uintBytes(size, 8),
    rootHash,
  );
}
