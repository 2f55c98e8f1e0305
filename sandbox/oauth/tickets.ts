/** One-time tickets with unguessable names and an end, for login forms and codes. */

import { type Sources, secondsAfter } from '../sources.ts';

interface Held<T> {
  readonly value: T;
  readonly expires: Date;
}

/** A limit against running out of memory: beyond it, the oldest go. */
const maxHeld = 1000;

export class Tickets<T> {
  readonly #sources: Sources;
  readonly #lifetimeSeconds: number;
  readonly #held = new Map<string, Held<T>>();

  constructor(sources: Sources, lifetimeSeconds: number) {
    this.#sources = sources;
    this.#lifetimeSeconds = lifetimeSeconds;
  }

  issue(value: T): string {
    const name = Buffer.from(this.#sources.random(32)).toString('base64url');
    this.#held.set(name, { value, expires: secondsAfter(this.#sources.clock(), this.#lifetimeSeconds) });
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= maxHeld) break;
      this.#held.delete(oldest);
    }
    return name;
  }

  /** Returns the value of a ticket that is valid, and spends the ticket. */
  take(name: string): T | undefined {
    const held = this.#held.get(name);
    this.#held.delete(name);
    return held !== undefined && this.#sources.clock() < held.expires ? held.value : undefined;
  }
}
