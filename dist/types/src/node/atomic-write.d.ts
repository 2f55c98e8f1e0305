/** Writes files so that each is there as a whole, or not at all. */
import type * as fs from 'node:fs/promises';
import type { RandomBytes } from '../core/crypto/index.ts';
import type { FolderMaking } from './make-folder.ts';
/** The functions of a file system that writing uses. */
export type FileWriting = FolderMaking & Pick<typeof fs, 'open' | 'rename' | 'rm'>;
/**
 * Writes a file, and creates its folder if it does not exist. At any moment, either the old file or the complete new one is there.
 *
 * @param content the whole content, or its pieces, which are written as they come
 * @throws the system's error, or an error of the pieces; the unfinished file is removed
 */
export declare function writeAtomically(files: FileWriting, random: RandomBytes, path: string, content: string | Uint8Array | AsyncIterable<string>): Promise<void>;
/** Removes the files that killed writers left in a folder, which need not exist. Nobody else may be writing there. */
export declare function removeUnfinished(files: Pick<typeof fs, 'readdir' | 'rm'>, folder: string): Promise<void>;
/**
 * Stores the names of a folder's files on disk, so that a file that was renamed into it is still there after a power failure. Windows has no
 * such operation, and some file systems refuse it.
 */
export declare function syncFolder(files: Pick<typeof fs, 'open'>, folder: string): Promise<void>;
/**
 * Demands that files can be written into a folder, which is created if it does not exist.
 *
 * @throws the system's error
 */
export declare function demandWritable(files: FolderMaking & Pick<typeof fs, 'access'>, folder: string): Promise<void>;
