/** Finds files in the folders of patterns that no pattern covers. */
import type { FileSystem } from './file-system.ts';
import { type EntryKind } from './workspace.ts';
export interface LeftOut {
    /** Relative to the workspace, with `/` between its parts. */
    readonly name: string;
    readonly why: 'hidden' | 'unnamed' | 'unreadable' | Exclude<EntryKind, 'file' | 'folder'>;
}
/**
 * Returns what is beside files and not among them: everything in their folders except other folders, and folders that cannot be read.
 *
 * @param paths of the files
 */
export declare function filesBeside(paths: readonly string[], files: FileSystem): Promise<readonly LeftOut[]>;
