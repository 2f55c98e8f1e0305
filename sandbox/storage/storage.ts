/** Where the sandbox keeps what must outlive it: its keys, its logs, its repository. */

/** Bytes that are appended to, read at any place, and, when a store is opened or an append failed, cut. */
export interface AppendFile {
  readonly length: number;
  append(bytes: Uint8Array): void;
  /** @throws RangeError beyond the end */
  read(offset: number, length: number): Uint8Array;
  /** @throws RangeError if the file is shorter */
  truncate(length: number): void;
}

/** @throws RangeError unless so many bytes, from this one on, are in the file */
export function demandBytes(file: AppendFile, offset: number, length: number): void {
  const within = offset >= 0 && length >= 0 && offset + length <= file.length;
  if (!within) throw new RangeError(`no bytes ${offset} to ${offset + length} in a file of ${file.length}`);
}

/** A folder. Every operation is done when it returns; what is put or made is there whole or not at all. */
export interface Storage {
  folder(name: string): Storage;
  /** The file of this name, made if it is not there. */
  appendFile(name: string): AppendFile;
  read(name: string): Uint8Array | undefined;
  /** Puts a file in place of the one of this name. */
  write(name: string, bytes: Uint8Array): void;
  /** Puts a file, unless there is one of this name: then nothing is done, and the answer is false. */
  create(name: string, bytes: Uint8Array): boolean;
  /** The names of the files in the folder, sorted. */
  names(): readonly string[];
}

/** What is kept under a name; made, and kept, if nothing is. */
export function keep(storage: Storage, name: string, make: () => Uint8Array): Uint8Array {
  const kept = storage.read(name);
  if (kept !== undefined) return kept;
  const made = make();
  storage.write(name, made);
  return made;
}
