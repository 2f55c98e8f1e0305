/** Storage in a folder that its owner alone can read. */

import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemCode } from '../../src/core/errors/index.ts';
import { DiskFile } from './disk-file.ts';
import type { AppendFile, Storage } from './storage.ts';

/** The suffix of files that are being written. If a kill leaves one, it is overwritten or ignored. */
const unfinished = '.unfinished';

export class DiskStorage implements Storage, Disposable {
  readonly #path: string;
  readonly #folders = new Map<string, DiskStorage>();
  readonly #appendFiles = new Map<string, DiskFile>();

  /** Creates the folder if it does not exist. Only one process at a time may have it open. */
  constructor(path: string) {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    this.#path = path;
  }

  folder(name: string): Storage {
    const folder = this.#folders.get(name) ?? new DiskStorage(join(this.#path, name));
    this.#folders.set(name, folder);
    return folder;
  }

  appendFile(name: string): AppendFile {
    const file = this.#appendFiles.get(name) ?? new DiskFile(join(this.#path, name));
    this.#appendFiles.set(name, file);
    return file;
  }

  read(name: string): Uint8Array | undefined {
    try {
      return new Uint8Array(readFileSync(join(this.#path, name)));
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  write(name: string, bytes: Uint8Array): void {
    const path = join(this.#path, name);
    writeFileSync(path + unfinished, bytes, { mode: 0o600 });
    renameSync(path + unfinished, path);
  }

  create(name: string, bytes: Uint8Array): boolean {
    const path = join(this.#path, name);
    // If two processes race, each writes a file of its own, and only one of them gets the name.
    const own = `${path}.${process.pid}${unfinished}`;
    writeFileSync(own, bytes, { mode: 0o600 });
    try {
      linkSync(own, path);
      return true;
    } catch (error) {
      if (systemCode(error) === 'EEXIST') return false;
      throw error;
    } finally {
      rmSync(own);
    }
  }

  names(): readonly string[] {
    return readdirSync(this.#path, { withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith(unfinished) && !this.#appendFiles.has(entry.name))
      .map((entry) => entry.name)
      .sort();
  }

  /** Closes all files that were opened in the folder and below it. */
  [Symbol.dispose](): void {
    for (const file of this.#appendFiles.values()) file.close();
    this.#appendFiles.clear();
    for (const folder of this.#folders.values()) folder[Symbol.dispose]();
    this.#folders.clear();
  }
}
