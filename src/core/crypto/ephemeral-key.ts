/** The signing key of one run, disposed of after it. ECDSA on P-256 with SHA-256 (FIPS 186-5). */

import { p256 } from '@noble/curves/nist.js';
import { fail } from '../errors/index.ts';
import type { Digest } from './digest.ts';
import { encodeP256PublicKey, type PublicKey, readPublicKey } from './public-key.ts';

/** A source of `length` unpredictable bytes. */
export type RandomBytes = (length: number) => Uint8Array;

// FIPS 186-5, A.2.1: eight bytes more than the order, so that the reduction is not biased.
const seedLength = 48;

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
export class EphemeralKey implements Disposable {
  readonly publicKey: PublicKey;
  readonly #secret: Uint8Array;
  readonly #random: RandomBytes;
  #disposed = false;

  private constructor(secret: Uint8Array, random: RandomBytes) {
    this.#secret = secret;
    this.#random = random;
    this.publicKey = readPublicKey(encodeP256PublicKey(p256.getPublicKey(secret, false)));
  }

  static generate(random: RandomBytes): EphemeralKey {
    const seed = random(seedLength);
    try {
      return new EphemeralKey(p256.utils.randomSecretKey(seed), random);
    } finally {
      seed.fill(0);
    }
  }

  /** Takes over a secret that the caller holds: the same array is overwritten on disposal. */
  static fromSecret(secret: Uint8Array, random: RandomBytes): EphemeralKey {
    return new EphemeralKey(secret, random);
  }

  /**
   * Signs a digest. Two signatures of one digest differ (RFC 6979, section 3.6: fresh entropy is mixed into the nonce),
   * so that a log never sees a repeated submission as a duplicate.
   *
   * @returns the signature in DER, with low s
   * @throws CountersignError `KEY_DISPOSED`
   */
  sign(digest: Digest<'sha256'>): Uint8Array {
    if (this.#disposed) fail('KEY_DISPOSED', 'the signing key was already disposed of; open a new session to sign');
    return p256.sign(digest.bytes, this.#secret, { prehash: false, format: 'der', extraEntropy: this.#random(32) });
  }

  /** Overwrites the secret. */
  [Symbol.dispose](): void {
    this.#disposed = true;
    this.#secret.fill(0);
  }
}
