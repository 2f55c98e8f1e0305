import { encodeHex } from '../../core/encoding/index.ts';
import { leafHash } from '../../core/log/index.ts';
import { type EntryProblem, entryLimits } from './claims.ts';

const none: readonly EntryProblem[] = [];

/** Collects the problems of one entry. */
export class Problems {
  #list: Omit<EntryProblem, 'leafHash'>[] | undefined;

  add(code: EntryProblem['code'], part: string, reason: string): void {
    this.#list ??= [];
    if (this.#list.length < entryLimits.problems) this.#list.push({ code, part, reason });
  }

  /** Returns the problems. Only an entry that has any is hashed. */
  of(entry: Uint8Array): readonly EntryProblem[] {
    if (this.#list === undefined) return none;
    const hash = encodeHex(leafHash(entry));
    return this.#list.map((problem) => ({ ...problem, leafHash: hash }));
  }
}
