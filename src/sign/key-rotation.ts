/** Holds the certified key of a session, replaces it before its certificate expires, and overwrites it after its last use. */

import { fail } from '../core/errors/index.ts';
import type { CertifiedKey } from './certified-key.ts';

/** A key is not used in its certificate's last minute: the timestamp must still be within its validity. */
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

  /** Lends the current key. It is not overwritten before it is returned. */
  async lend(): Promise<CertifiedKey> {
    const held = await this.#usable();
    return held.lend();
  }

  /** Reports whether a certificate expires too soon to sign with its key. */
  ends(certifiedKey: Pick<CertifiedKey, 'notAfter'>): boolean {
    return certifiedKey.notAfter.getTime() - this.#clock().getTime() <= marginMilliseconds;
  }

  /** Overwrites every key immediately, lent or not. */
  [Symbol.dispose](): void {
    this.#disposed = true;
    for (const held of this.#held) held.destroy();
  }

  async #usable(): Promise<Held> {
    for (;;) {
      if (this.#disposed) fail('KEY_DISPOSED', 'the signing session is closed; open a new one to sign');
      const before = this.#current;
      // A failed request has been retried for as long as the run allows: it fails for every caller, and is not repeated.
      const held = await before;
      if (held !== undefined && !this.ends(held.certifiedKey)) return held;
      // Of all callers that find the key expiring, the first replaces it.
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

/** Counts the loans of a key. */
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

  /** Overwrites the key when the last loan is returned. */
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
