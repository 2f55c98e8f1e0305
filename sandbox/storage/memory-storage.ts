/** Storage that ends with the process: for tests and dry runs, whose keys never touch a disk. */

import { MemoryFile } from './memory-file.ts';
import type { AppendFile, Storage } from './storage.ts';

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
    this.#files.set(name, bytes.slice());
    return true;
  }

  names(): readonly string[] {
    return [...this.#files.keys()].sort();
  }
}
