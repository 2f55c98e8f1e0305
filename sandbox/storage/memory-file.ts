/** A file that only grows, in memory. What was read of it once never changes. */

import { type AppendFile, demandBytes } from './storage.ts';

export class MemoryFile implements AppendFile {
  #bytes = new Uint8Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  append(bytes: Uint8Array): void {
    const length = this.#length + bytes.length;
    if (length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(length, 2 * this.#bytes.length));
      larger.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = larger;
    }
    this.#bytes.set(bytes, this.#length);
    this.#length = length;
  }

  read(offset: number, length: number): Uint8Array {
    demandBytes(this, offset, length);
    return this.#bytes.slice(offset, offset + length);
  }

  truncate(length: number): void {
    demandBytes(this, 0, length);
    this.#length = length;
  }
}
