/** The changes that deliveries have still to tell of. */

import type { StoredChange } from './finding-store.ts';

const day = 24 * 60 * 60 * 1000;
/** A delivery that took nothing for so long is forgotten. If it returns, it is told of everything that is open then. */
const forgottenAfter = 30 * day;
/** The number of changes that are kept. A delivery that is further behind is forgotten too. */
const maxChanges = 20_000;
/** The number of deliveries that are known. */
export const maxDeliveries = 100;

export interface NumberedChange extends StoredChange {
  /** In the order of the changes. */
  readonly number: number;
}

/** The last change that a delivery has told of. */
export interface DeliveryMark {
  readonly number: number;
  readonly at: Date;
}

export class Outbox {
  #changes: readonly NumberedChange[];
  #last: number;
  readonly #marks: Map<string, DeliveryMark>;

  /** @param last the number of the last change that was added */
  constructor(changes: readonly NumberedChange[], last: number, marks: ReadonlyMap<string, DeliveryMark>) {
    this.#changes = changes;
    this.#last = last;
    this.#marks = new Map(marks);
  }

  get changes(): readonly NumberedChange[] {
    return this.#changes;
  }

  /** The number of the last change that was added. */
  get last(): number {
    return this.#last;
  }

  get marks(): ReadonlyMap<string, DeliveryMark> {
    return this.#marks;
  }

  add(changes: readonly StoredChange[]): void {
    const numbered = changes.map((change) => {
      this.#last += 1;
      return { ...change, number: this.#last };
    });
    this.#changes = [...this.#changes, ...numbered];
  }

  /** Returns the changes that a delivery has not taken; `undefined` for one that is not known, which is told of everything that is open. */
  untaken(delivery: string): readonly StoredChange[] | undefined {
    const mark = this.#marks.get(delivery);
    return mark && this.#changes.filter(({ number }) => number > mark.number);
  }

  /** Records that a delivery has told of all changes so far. */
  take(delivery: string, at: Date): void {
    this.#marks.delete(delivery);
    this.#marks.set(delivery, { number: this.#last, at });
  }

  /** Removes the deliveries that are no longer used, and the changes of which all others have told. */
  prune(now: Date): void {
    const oldest = this.#last - maxChanges;
    for (const [name, { number, at }] of this.#marks)
      if (now.getTime() - at.getTime() > forgottenAfter || number < oldest) this.#marks.delete(name);
    // The marks are in the order in which they were set.
    for (const name of [...this.#marks.keys()].slice(0, -maxDeliveries)) this.#marks.delete(name);
    const taken = Math.min(this.#last, ...[...this.#marks.values()].map(({ number }) => number));
    this.#changes = this.#changes.filter(({ number }) => number > taken);
  }
}
