/** The credentials of a session: one at a time, replaced before it ends, overwritten when nobody signs with it any more. */

import { fail } from '../core/errors/index.ts';
import type { CertifiedKey } from './certified-key.ts';

/** A credential is not used in its last minute: the timestamp must still be within its life. */
const marginMilliseconds = 60_000;

export class KeyRotation implements Disposable {
  readonly #request: () => Promise<CertifiedKey>;
  readonly #clock: () => Date;
  #current: Promise<Held> | undefined;
  readonly #held = new Set<Held>();
  #disposed = false;

  constructor(request: () => Promise<CertifiedKey>, clock: () => Date) {
    this.#request = request;
    this.#clock = clock;
  }

  /** Lends the credential that is good now. It is not overwritten before the loan is given back. */
  async lend(): Promise<CertifiedKey> {
    const held = await this.#usable();
    return held.lend();
  }

  /** Whether a credential is too near to its end to be signed with. */
  ends(certifiedKey: Pick<CertifiedKey, 'notAfter'>): boolean {
    return certifiedKey.notAfter.getTime() - this.#clock().getTime() <= marginMilliseconds;
  }

  /** Overwrites every key at once, lent or not. */
  [Symbol.dispose](): void {
    this.#disposed = true;
    for (const held of this.#held) held.destroy();
  }

  async #usable(): Promise<Held> {
    for (;;) {
      if (this.#disposed) fail('KEY_DISPOSED', 'the signing session is over; open a new one to sign');
      const before = this.#current;
      // A request that failed has been retried as long as the run allows: it fails for everyone, and is not made again.
      const held = await before;
      if (held !== undefined && !this.ends(held.certifiedKey)) return held;
      // Of all who find that the credential ends, the first replaces it.
      if (this.#current === before) {
        held?.retire();
        this.#current = this.#renew();
        return this.#current;
      }
    }
  }

  async #renew(): Promise<Held> {
    const held = new Held(await this.#request());
    this.#held.add(held);
    if (this.#disposed) held.destroy();
    return held;
  }
}

/** Counts the loans of a credential. */
class Held {
  readonly certifiedKey: CertifiedKey;
  #loans = 0;
  #retired = false;

  constructor(certifiedKey: CertifiedKey) {
    this.certifiedKey = certifiedKey;
  }

  lend(): CertifiedKey {
    this.#loans++;
    return { ...this.certifiedKey, [Symbol.dispose]: () => this.#giveBack() };
  }

  /** Overwrites the key as soon as the last loan is given back. */
  retire(): void {
    this.#retired = true;
    if (this.#loans === 0) this.destroy();
  }

  destroy(): void {
    this.certifiedKey[Symbol.dispose]();
  }

  #giveBack(): void {
    this.#loans--;
    if (this.#retired && this.#loans === 0) this.destroy();
  }
}
