/** Cosignatures with the time that they state (C2SP tlog-cosignature): by Ed25519 and ML-DSA-44. */

import { equalBytes, readUint } from '../encoding/index.ts';
import type { Checkpoint } from './checkpoint.ts';
import { isSigned, type WitnessKey } from './cosignature.ts';

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
