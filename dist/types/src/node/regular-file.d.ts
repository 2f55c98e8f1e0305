/** Opens and reads files from untrusted sources: a pipe, a device or an endless file neither blocks nor fills the memory. */
import type * as fs from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
/** The function of a file system that reading one file uses. */
export type FileReading = Pick<typeof fs, 'open'>;
/** The identity of a file in the file system, independent of its names. */
export interface FileIdentity {
    readonly device: bigint;
    readonly inode: bigint;
}
export interface OpenFile extends AsyncDisposable {
    readonly handle: FileHandle;
    /** In bytes. */
    readonly size: bigint;
    /** In nanoseconds since 1970. */
    readonly modified: bigint;
    /** The number of hard links. */
    readonly links: bigint;
    readonly identity: FileIdentity;
}
/** Says that a path leads to a folder, pipe, socket or device. */
export declare class NotRegularFile extends Error {
    readonly name = "NotRegularFile";
    readonly code = "NOT_REGULAR";
    readonly path: string;
    readonly isFolder: boolean;
    constructor(path: string, isFolder: boolean);
}
/**
 * Opens a regular file for reading. The type is that of the open file, as the path may lead elsewhere by now.
 *
 * @throws {@link NotRegularFile}; the system's error
 */
export declare function openRegularFile(files: FileReading, path: string): Promise<OpenFile>;
/**
 * Returns the present state of an open file.
 *
 * @throws {@link NotRegularFile}
 */
export declare function describeFile(handle: FileHandle, path: string): Promise<Pick<OpenFile, 'size' | 'modified' | 'links' | 'identity'>>;
/**
 * Reads a whole regular file.
 *
 * @param maxLength in bytes
 * @throws {@link NotRegularFile}; `LIMIT_EXCEEDED` for a longer file; the system's error
 */
export declare function readRegularFile(files: FileReading, path: string, maxLength: number): Promise<Buffer>;
/** Returns the bytes of an open file; `undefined` if it has more than `maxLength`, whatever size the system reports. */
export declare function readUpTo({ handle, size }: OpenFile, maxLength: number): Promise<Buffer | undefined>;
/**
 * Reads a file or a pipe to its end, such as `<(command)` of a shell. Waits while nothing is written.
 *
 * @param maxLength in bytes
 * @returns `undefined` if there is more
 * @throws the system's error
 */
export declare function readToEnd(files: FileReading, path: string, maxLength: number): Promise<Buffer | undefined>;
/**
 * Reads exactly this many bytes at an offset.
 *
 * @param failAtEnd throws the error for a file that ends before
 */
export declare function readExactly(handle: FileHandle, offset: number, length: number, failAtEnd: () => never): Promise<Buffer>;
/** Reports whether two identities are of one file. */
export declare function sameFile(a: FileIdentity, b: FileIdentity): boolean;
