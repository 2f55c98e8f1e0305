/** Storage in a folder that its owner alone can read. */

import * as fs from 'node:fs';
import { join } from 'node:path';
import { systemCode } from '../../src/core/errors/index.ts';
import { type AppendFile, demandBytes, type Storage } from './storage.ts';

/** The suffix of files that are being written. If a kill leaves one, it is overwritten or ignored. */
const unfinished = '.unfinished';

export class DiskStorage implements Storage, Disposable {
  readonly #path: string;
  readonly #folders = new Map<string, DiskStorage>();
  readonly #appendFiles = new Map<string, DiskFile>();

  /** Creates the folder if it does not exist. Only one process at a time may have it open. */
  constructor(path: string) {
    fs.mkdirSync(path, { recursive: true, mode: 0o700 });
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
      return new Uint8Array(fs.readFileSync(join(this.#path, name)));
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  write(name: string, bytes: Uint8Array): void {
    const path = join(this.#path, name);
    fs.writeFileSync(path + unfinished, bytes, { mode: 0o600 });
    fs.renameSync(path + unfinished, path);
  }

  create(name: string, bytes: Uint8Array): boolean {
    const path = join(this.#path, name);
    // If two processes race, each writes a file of its own, and only one of them gets the name.
    const own = `${path}.${process.pid}${unfinished}`;
    fs.writeFileSync(own, bytes, { mode: 0o600 });
    try {
      fs.linkSync(own, path);
      return true;
    } catch (error) {
      if (systemCode(error) === 'EEXIST') return false;
      throw error;
    } finally {
      fs.rmSync(own);
    }
  }

  names(): readonly string[] {
    return fs
      .readdirSync(this.#path, { withFileTypes: true })
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

/** An append-only file on disk. It survives the end of the process, but not a crash of the machine: nothing is synced. */
class DiskFile implements AppendFile {
  #descriptor: number;
  length: number;

  constructor(path: string) {
    this.#descriptor = fs.openSync(path, fs.constants.O_RDWR | fs.constants.O_CREAT, 0o600);
    this.length = fs.fstatSync(this.#descriptor).size;
  }

  append(bytes: Uint8Array): void {
    // The length grows only once all is written, so the next append overwrites what a failure leaves.
    let written = 0;
    while (written < bytes.length) {
      written += fs.writeSync(this.#descriptor, bytes, written, bytes.length - written, this.length + written);
    }
    this.length += bytes.length;
  }

  read(offset: number, length: number): Uint8Array {
    demandBytes(this, offset, length);
    const bytes = new Uint8Array(length);
    let done = 0;
    while (done < length) {
      const count = fs.readSync(this.#descriptor, bytes, done, length - done, offset + done);
      if (count === 0) throw new RangeError('the file was cut by another');
      done += count;
    }
    return bytes;
  }

  truncate(length: number): void {
    demandBytes(this, 0, length);
    // Set first: the next append overwrites what cannot be cut off.
    this.length = length;
    fs.ftruncateSync(this.#descriptor, length);
  }

  close(): void {
    const descriptor = this.#descriptor;
    // A later write must not go to another file that gets the same descriptor.
    this.#descriptor = -1;
    fs.closeSync(descriptor);
  }
}
