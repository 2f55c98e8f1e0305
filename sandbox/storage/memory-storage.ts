/** Storage that ends with the process: for tests and dry runs, whose keys never touch a disk. */

import { type AppendFile, demandBytes, type Storage } from './storage.ts';

export class MemoryStorage implements Storage {
  readonly #folders = new Map<string, MemoryStorage>();
  readonly #appendFiles = new Map<string, MemoryFile>();
  readonly #files = new Map<string, Uint8Array>();

  folder(name: string): Storage {
    const folder = this.#folders.get(name) ?? new MemoryStorage();
    this.#folders.set(name, folder);
    return folder;
  }

  appendFile(name: string): AppendFile {
    const file = this.#appendFiles.get(name) ?? new MemoryFile();
    this.#appendFiles.set(name, file);
    return file;
  }

  read(name: string): Uint8Array | undefined {
    return this.#files.get(name)?.slice();
  }

  write(name: string, bytes: Uint8Array): void {
    this.#files.set(name, bytes.slice());
  }

  create(name: string, bytes: Uint8Array): boolean {
    if (this.#files.has(name)) return false;
    this.write(name, bytes);
    return true;
  }

  names(): readonly string[] {
    return [...this.#files.keys()].sort();
  }
}

class MemoryFile implements AppendFile {
  #bytes = new Uint8Array(1024);
  length = 0;

  append(bytes: Uint8Array): void {
    const length = this.length + bytes.length;
    if (length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(length, 2 * this.#bytes.length));
      larger.set(this.#bytes.subarray(0, this.length));
      this.#bytes = larger;
    }
    this.#bytes.set(bytes, this.length);
    this.length = length;
  }

  read(offset: number, length: number): Uint8Array {
    demandBytes(this, offset, length);
    return this.#bytes.slice(offset, offset + length);
  }

  truncate(length: number): void {
    demandBytes(this, 0, length);
    this.length = length;
  }
}
