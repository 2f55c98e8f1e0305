/** Time that passes when a test says so, or when somebody waits. */

import type { RandomBytes } from '../../src/core/crypto/index.ts';
import type { Sleep } from '../../src/services/http/index.ts';

export const start = new Date('2026-11-23T12:00:00Z');

/** Time in which every wait is over at once, and was as long as it was meant to be. */
export class SkippedTime {
  now = start.getTime();
  readonly waits: number[] = [];
  readonly clock = (): Date => new Date(this.now);
  readonly sleep: Sleep = async (milliseconds) => {
    this.waits.push(milliseconds);
    this.now += milliseconds;
  };
}

/** Time that stands still until it is moved on. */
export class StandingTime {
  now = start.getTime();
  readonly clock = (): Date => new Date(this.now);
  #sleepers: { readonly until: number; readonly wake: () => void }[] = [];
  #wanted: { readonly count: number; readonly there: () => void } | undefined;

  readonly sleep: Sleep = (milliseconds, cancellation) =>
    new Promise((resolve, reject) => {
      cancellation?.addEventListener('abort', () => reject(cancellation.reason), { once: true });
      this.#sleepers.push({ until: this.now + milliseconds, wake: resolve });
      if (this.#wanted !== undefined && this.#sleepers.length >= this.#wanted.count) this.#wanted.there();
    });

  /** Resolves once so many wait at the same time. */
  async sleepers(count: number): Promise<void> {
    if (this.#sleepers.length >= count) return;
    await new Promise<void>((there) => {
      this.#wanted = { count, there };
    });
  }

  advance(milliseconds: number): void {
    this.now += milliseconds;
    const due = this.#sleepers.filter(({ until }) => until <= this.now);
    this.#sleepers = this.#sleepers.filter(({ until }) => until > this.now);
    for (const { wake } of due) wake();
  }
}

/** Random bytes that as a fraction are exactly one half. */
export const half: RandomBytes = (length) => Uint8Array.from({ length }, (_, index) => (index === 0 ? 0x80 : 0));
/** As near to one as they get. */
export const most: RandomBytes = (length) => new Uint8Array(length).fill(0xff);
export const none: RandomBytes = (length) => new Uint8Array(length);
