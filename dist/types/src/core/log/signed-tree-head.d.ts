/**
 * Tree heads of certificate logs (RFC 6962, section 3.5), as signed notes of signature type 5 (C2SP static-ct-api, "Checkpoints"). A tree
 * head that a log serves as JSON has the same signed bytes, and is written as such a note too.
 */
import { type PublicKey } from '../crypto/index.ts';
import type { Checkpoint } from './checkpoint.ts';
/** A tree head as RFC 6962 has it (section 4.3). */
export interface SignedTreeHead {
    readonly size: number;
    /** 32 bytes */
    readonly root: Uint8Array;
    /** The time that the log signed: milliseconds since 1970. */
    readonly milliseconds: number;
    /** DigitallySigned: two bytes that name the algorithm, and the signature with its length. */
    readonly signature: Uint8Array;
}
/** The key of a certificate log. */
export interface CertificateLogKey {
    /** SHA-256 of the log's SubjectPublicKeyInfo. */
    readonly logId: Uint8Array;
    readonly publicKey: PublicKey;
}
/**
 * Writes a tree head as a note.
 *
 * @param name the origin: the URL of the log without its scheme
 */
export declare function treeHeadNote(name: string, logId: Uint8Array, head: SignedTreeHead): string;
/**
 * Checks that a certificate log signed a checkpoint. The signature covers the time, the size and the root, but not the origin.
 *
 * @returns the time that the log signed
 * @throws CountersignError `CHECKPOINT_INVALID`
 */
export declare function verifyTreeHead(checkpoint: Checkpoint, { logId, publicKey }: CertificateLogKey): Promise<Date>;
