/** Storage that fails, or ends for good, at a place of one's choice: it stands before the real one. */

import type { AppendFile, Storage } from '../../storage/index.ts';

/**
 * Returns the number of bytes that are written before an operation fails; `undefined` if it does not fail. Whole files and truncations
 * count as one byte.
 */
export type Plan = (length: number) => number | undefined;

/** An error that a killed process would never see. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** After so many bytes nothing is done any more. */
export function stopAfter(bytes: number): Plan {
  let left = bytes;
  return (length) => {
    if (left >= length) {
      left -= length;
      return undefined;
    }
    const done = left;
    left = 0;
    return done;
  };
}

export class TroubledStorage implements Storage {
  readonly #storage: Storage;
  readonly #plan: Plan;
  readonly #files = new Map<string, TroubledFile>();

  constructor(storage: Storage, plan: Plan) {
    this.#storage = storage;
    this.#plan = plan;
  }

  folder(name: string): Storage {
    return new TroubledStorage(this.#storage.folder(name), this.#plan);
  }

  appendFile(name: string): AppendFile {
    const file = this.#files.get(name) ?? new TroubledFile(this.#storage.appendFile(name), this.#plan);
    this.#files.set(name, file);
    return file;
  }

  read(name: string): Uint8Array | undefined {
    return this.#storage.read(name);
  }

  write(name: string, bytes: Uint8Array): void {
    if (this.#plan(1) !== undefined) throw new Stopped(`write ${name}`);
    this.#storage.write(name, bytes);
  }

  create(name: string, bytes: Uint8Array): boolean {
    if (this.#plan(1) !== undefined) throw new Stopped(`create ${name}`);
    return this.#storage.create(name, bytes);
  }

  names(): readonly string[] {
    return this.#storage.names();
  }
}

/** A file on which a failure leaves bytes beyond the length that the process knows. */
class TroubledFile implements AppendFile {
  readonly #disk: AppendFile;
  readonly #plan: Plan;
  #length: number;

  constructor(disk: AppendFile, plan: Plan) {
    this.#disk = disk;
    this.#plan = plan;
    this.#length = disk.length;
  }

  get length(): number {
    return this.#length;
  }

  append(bytes: Uint8Array): void {
    const done = this.#plan(bytes.length);
    if (done !== 0) {
      this.#disk.truncate(this.#length);
      this.#disk.append(bytes.subarray(0, done));
    }
    if (done !== undefined) throw new Stopped(`append ${bytes.length}`);
    this.#length += bytes.length;
  }

  read(offset: number, length: number): Uint8Array {
    return this.#disk.read(offset, length);
  }

  truncate(length: number): void {
    if (length < 0 || length > this.#length) throw new RangeError(`cut to ${length}`);
    this.#length = length;
    if (this.#disk.length === length) return;
    if (this.#plan(1) !== undefined) throw new Stopped('truncate');
    this.#disk.truncate(length);
  }
}
