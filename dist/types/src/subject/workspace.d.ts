/** The workspace as a tree of names: what each name is, where links lead, and what is not for us to go into. */
import { CountersignError } from '../core/errors/index.ts';
import { type FileSystem } from './file-system.ts';
import type { FileSubject } from './subject.ts';
/**
 * The kind of a name, with links followed. `nowhere` is a link to a name that does not exist; `git` is Git's own folder; `loop` is a
 * link to a folder that contains it.
 */
export type EntryKind = 'file' | 'folder' | 'loop' | 'special' | 'nowhere' | 'git';
export interface Folder {
    readonly entries: ReadonlyMap<string, EntryKind>;
    /** The real paths of this folder and of those that one came through. */
    readonly way: readonly string[];
    /** The reason why its files are unknown: it is outside of the workspace, or unreadable. */
    readonly problem?: CountersignError;
}
/** Reads each folder once, however many patterns go through it. */
export declare class Workspace {
    #private;
    readonly path: string;
    /** The path without links. */
    readonly realPath: string;
    private constructor();
    static open(path: string, files: FileSystem): Promise<Workspace>;
    /** Returns the folder of this name; `undefined` if it does not exist. The empty name is the workspace. */
    folder(name: string): Promise<Folder | undefined>;
    /** Returns the kind of a name; `undefined` if nothing has exactly this name, even if the file system ignores case. */
    kind(name: string): Promise<EntryKind | undefined>;
    /**
     * A file of the workspace as a subject.
     *
     * @throws CountersignError `USAGE` if a link leads it out of the workspace, or to what is Git's
     */
    subject(name: string): Promise<FileSubject>;
}
