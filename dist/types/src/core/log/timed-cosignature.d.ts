/** Cosignatures with the time that they state (C2SP tlog-cosignature): by Ed25519 and ML-DSA-44. */
import type { Checkpoint } from './checkpoint.ts';
import { type WitnessKey } from './cosignature.ts';
/** The result of looking for a witness's cosignature of a checkpoint. */
export type CosignatureCheck = {
    readonly status: 'absent';
} | {
    readonly status: 'valid';
    readonly time: Date;
}
/** The reason continues a sentence: `is invalid`. */
 | {
    readonly status: 'refused';
    readonly reason: string;
};
/**
 * Verifies the cosignature of a witness. Of several, all must be valid, and the latest time counts.
 *
 * @param now a cosignature of a later time is refused, as is one without a time: its time shows that the checkpoint is recent
 */
export declare function checkCosignature(checkpoint: Checkpoint, witness: WitnessKey, now: Date): Promise<CosignatureCheck>;
