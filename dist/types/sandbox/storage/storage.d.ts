/** The storage of the sandbox's state: its keys, its logs, its TUF repository. */
/** An append-only file, which is truncated only when a store is opened or an append has failed. */
export interface AppendFile {
    readonly length: number;
    append(bytes: Uint8Array): void;
    /** @throws RangeError beyond the end */
    read(offset: number, length: number): Uint8Array;
    /** @throws RangeError if the file is shorter */
    truncate(length: number): void;
}
/** @throws RangeError unless the file has `length` bytes from `offset` on */
export declare function demandBytes(file: AppendFile, offset: number, length: number): void;
/** A folder. Each operation is done when it returns, and a file is written completely or not at all. */
export interface Storage {
    folder(name: string): Storage;
    /** Opens the file of this name, which is created if it does not exist. */
    appendFile(name: string): AppendFile;
    read(name: string): Uint8Array | undefined;
    /** Writes a file, and replaces one of the same name. */
    write(name: string, bytes: Uint8Array): void;
    /** Writes a file, unless there is one of this name. Returns whether it was written. */
    create(name: string, bytes: Uint8Array): boolean;
    /** Returns the names of the files in the folder, sorted. */
    names(): readonly string[];
}
/** Returns the file of this name, which is made and written if there is none. */
export declare function keep(storage: Storage, name: string, make: () => Uint8Array): Uint8Array;
