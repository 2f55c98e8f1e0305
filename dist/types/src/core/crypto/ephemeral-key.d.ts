/** The signing key of one run, disposed of after it. ECDSA on P-256 with SHA-256 (FIPS 186-5). */
import type { Digest } from './digest.ts';
import { type PublicKey } from './public-key.ts';
/** A source of `length` unpredictable bytes. */
export type RandomBytes = (length: number) => Uint8Array;
/**
 * A signing key whose bytes can be overwritten, which neither WebCrypto nor Node's key objects allow.
 *
 * Disposal fills the only array that holds the secret with zeros. It cannot reach the big integers that @noble/curves made of it
 * while signing, which stay in memory until they are collected. @noble/curves is not constant-time.
 *
 * @example
 * using key = EphemeralKey.generate(randomBytes);
 * const signature = key.sign(digest('sha256', message));
 */
export declare class EphemeralKey implements Disposable {
    #private;
    readonly publicKey: PublicKey;
    private constructor();
    static generate(random: RandomBytes): EphemeralKey;
    /** Takes over a secret that the caller holds: the same array is overwritten on disposal. */
    static fromSecret(secret: Uint8Array, random: RandomBytes): EphemeralKey;
    /**
     * Signs a digest. Two signatures of one digest differ (RFC 6979, section 3.6: fresh entropy is mixed into the nonce),
     * so that a log never sees a repeated submission as a duplicate.
     *
     * @returns the signature in DER, with low s
     * @throws CountersignError `KEY_DISPOSED`
     */
    sign(digest: Digest<'sha256'>): Uint8Array;
    /** Overwrites the secret. */
    [Symbol.dispose](): void;
}
