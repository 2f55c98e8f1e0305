/** An append-only file on disk. It survives the end of the process, but not a crash of the machine: nothing is synced. */

import { closeSync, constants, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { type AppendFile, demandBytes } from './storage.ts';

export class DiskFile implements AppendFile {
  #descriptor: number;
  length: number;

  constructor(path: string) {
    this.#descriptor = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
    this.length = fstatSync(this.#descriptor).size;
  }

  append(bytes: Uint8Array): void {
    // The length grows only once all is written, so the next append overwrites what a failure leaves.
    let written = 0;
    while (written < bytes.length) {
      written += writeSync(this.#descriptor, bytes, written, bytes.length - written, this.length + written);
    }
    this.length += bytes.length;
  }

  read(offset: number, length: number): Uint8Array {
    demandBytes(this, offset, length);
    const bytes = new Uint8Array(length);
    let done = 0;
    while (done < length) {
      const count = readSync(this.#descriptor, bytes, done, length - done, offset + done);
      if (count === 0) throw new RangeError('the file was cut by another');
      done += count;
    }
    return bytes;
  }

  truncate(length: number): void {
    demandBytes(this, 0, length);
    // Set first: the next append overwrites what cannot be cut off.
    this.length = length;
    ftruncateSync(this.#descriptor, length);
  }

  close(): void {
    const descriptor = this.#descriptor;
    // A later write must not go to another file that gets the same descriptor.
    this.#descriptor = -1;
    closeSync(descriptor);
  }
}
