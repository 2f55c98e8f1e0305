/** Creates folders, also below read-only ones. */
import type * as fs from 'node:fs/promises';
/** The functions of a file system that making folders uses. */
export type FolderMaking = Pick<typeof fs, 'mkdir' | 'stat'>;
/**
 * Creates a folder and its missing parents. Node's own `recursive` never ends below `/proc`, where a parent exists and a folder in it
 * cannot be made for want of a parent.
 *
 * @throws the system's error
 */
export declare function makeFolder(files: FolderMaking, path: string): Promise<void>;
